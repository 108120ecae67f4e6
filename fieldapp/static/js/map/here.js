/** Where the officer is: shown only when asked for, watched only while the map is looked at, kept and sent nowhere. */

import { Circle, DivIcon, Marker } from '../../vendor/leaflet.js';
import { make } from '../element.js';
import { distanceWords } from '../words.js';

/** @typedef {import('../../vendor/leaflet.js').LatLngPair} LatLngPair */

const CLOSE = 16;
const REFUSED = 1; // GeolocationPositionError.PERMISSION_DENIED
const WORDS = {
  asking: 'Asking this phone where it is',
  refused: 'This phone does not tell where it is. Allow location for this site in the settings of the browser, then tap again.',
  unavailable: 'No position yet. Go to a window or outside: the dot comes by itself.',
};

export class Here {
  #watch = 0;
  #on = false;
  #found = false;
  /** @type {{dot: Marker, around: Circle} | undefined} */
  #shown;

  /**
   * @param {import('../../vendor/leaflet.js').Map} map
   * @param {object} tools
   * @param {Geolocation} tools.geolocation
   * @param {string} tools.unit
   * @param {(words: string) => void} tools.tell
   */
  constructor(map, { geolocation, unit, tell }) {
    this.map = map;
    this.geolocation = geolocation;
    this.unit = unit;
    this.tell = tell;
  }

  /** @returns {boolean} whether the position is shown from now on */
  toggle() {
    this.#on = !this.#on;
    this.#found = false;
    if (this.#on) this.tell(WORDS.asking);
    else this.#hide();
    this.look(true);
    return this.#on;
  }

  /** @param {boolean} open whether anybody looks at the map */
  look(open) {
    if (this.#watch) this.geolocation.clearWatch(this.#watch);
    this.#watch = 0;
    if (!this.#on || !open) return;
    const options = { enableHighAccuracy: true, maximumAge: 5000 };
    this.#watch = this.geolocation.watchPosition(({ coords }) => this.#show(coords), ({ code }) => this.#fail(code), options);
  }

  /** @param {GeolocationCoordinates} coords */
  #show({ latitude, longitude, accuracy }) {
    if (!this.#on) return;
    const at = /** @type {LatLngPair} */ ([latitude, longitude]);
    this.#shown ??= draw(this.map, at, accuracy);
    this.#shown.dot.setLatLng(at);
    this.#shown.around.setLatLng(at).setRadius(accuracy);
    if (!this.#found) this.map.setView(at, Math.max(this.map.getZoom(), CLOSE));
    this.#found = true;
    this.tell(`You are within ${distanceWords(accuracy, { unit: this.unit, zone: 'UTC', clock: 24 })} of the dot.`);
  }

  /** @param {number} code */
  #fail(code) {
    this.tell(code === REFUSED ? WORDS.refused : WORDS.unavailable);
  }

  #hide() {
    this.#shown?.dot.remove();
    this.#shown?.around.remove();
    this.#shown = undefined;
    this.tell('');
  }
}

/**
 * @param {import('../../vendor/leaflet.js').Map} map
 * @param {LatLngPair} at
 * @param {number} radius meters
 */
function draw(map, at, radius) {
  const around = new Circle(at, { radius, className: 'around', interactive: false }).addTo(map);
  const face = make('span', { class: 'here' });
  const dot = new Marker(at, { icon: new DivIcon({ html: face, className: 'pin-at', iconSize: [0, 0] }), interactive: false, keyboard: false });
  return { dot: dot.addTo(map), around };
}
