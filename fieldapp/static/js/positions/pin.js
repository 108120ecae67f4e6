/** A pin on a map and the two fields that say where it is: whichever is moved, the other follows. */

import { DivIcon, Marker } from '../../vendor/leaflet.js';

/** @typedef {import('../../vendor/leaflet.js').LatLngPair} LatLngPair */
/** @typedef {import('../../vendor/leaflet.js').LatLng} LatLng */
/** @typedef {{lat: HTMLInputElement, lon: HTMLInputElement}} Fields */

const DECIMALS = 6; // a tenth of a meter

/**
 * @param {string} lat
 * @param {string} lon
 * @returns {LatLngPair | null} the place that two texts name, or a pair in the first one; null where they name none
 */
export function placeIn(lat, lon) {
  const texts = lon.trim() === '' ? lat.split(',') : [lat, lon];
  if (texts.length !== 2 || texts.some((text) => text.trim() === '')) return null;
  const [north, east] = texts.map(Number);
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? [north, east] : null;
}

/** The pin. It is on the map only where the fields name a place. */
export class Pin {
  /**
   * @param {import('../../vendor/leaflet.js').Map} map
   * @param {Fields} fields
   * @param {HTMLElement} shape that is drawn
   */
  constructor(map, fields, shape) {
    this.map = map;
    this.fields = fields;
    this.icon = new DivIcon({ html: shape, className: 'pin-tip', iconSize: [0, 0] });
    /** @type {Marker | null} */
    this.marker = null;
    map.on('click', (/** @type {{latlng: LatLng}} */ { latlng }) => this.put(latlng));
    for (const field of [fields.lat, fields.lon]) field.addEventListener('input', () => this.follow());
    this.follow();
  }

  /**
   * Puts the pin where a finger pointed, and writes it into the fields.
   * @param {LatLng} at
   */
  put({ lat, lng }) {
    this.fields.lat.value = lat.toFixed(DECIMALS);
    this.fields.lon.value = lng.toFixed(DECIMALS);
    this.show([lat, lng]);
  }

  /** Puts the pin where the fields say, and brings it into sight. */
  follow() {
    const place = placeIn(this.fields.lat.value, this.fields.lon.value);
    if (!place) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    this.show(place);
    if (!this.map.getBounds().contains(place)) this.map.panTo(place);
  }

  /** @param {LatLngPair} place */
  show(place) {
    if (this.marker) {
      this.marker.setLatLng(place);
      return;
    }
    // the fields do by keyboard what the pin does by finger
    const marker = new Marker(place, { icon: this.icon, draggable: true, autoPan: true, keyboard: false });
    marker.on('dragend', () => this.put(marker.getLatLng()));
    this.marker = marker.addTo(this.map);
  }
}
