/** The day drawn on a map: the way, its two ends, and a pin with number and sign for each stop. */

import { DivIcon, Marker, Polyline } from '../../vendor/leaflet.js';
import { icon, make } from '../element.js';
import { pinsOf, waysOf } from './ways.js';

/** @typedef {import('./ways.js').Pin} Pin */
/** @typedef {import('../day/state.js').DayNow} DayNow */

/** States have a sign and a word each: color alone says nothing. @type {Record<string, {shape: string, word: string}>} */
export const SIGNS = {
  done: { shape: 's-ok', word: 'Seen' },
  tried: { shape: 's-tried', word: 'Attempted' },
  made: { shape: 's-phone', word: 'Made on this phone' },
  skipped: { shape: 'x', word: 'Skipped' },
  next: { shape: 'navigation', word: 'Next' },
  later: { shape: 's-later', word: 'Later' },
};
const IN_FRONT = 1000;
const CLOSE = 16;

export class DayMap {
  /** @type {Map<string, Marker>} of each stop */
  #pins = new Map();

  /**
   * @param {import('../../vendor/leaflet.js').Map} map
   * @param {import('./ways.js').MapData} page
   * @param {(id: string) => {name: string, href: string}} about a stop
   */
  constructor(map, page, about) {
    this.map = map;
    this.page = page;
    this.about = about;
    const line = (/** @type {string} */ className) => new Polyline([], { className, interactive: false }).addTo(map);
    this.lines = { casing: line('way casing'), past: line('way past'), ahead: line('way') };
    this.#showEnds();
  }

  /** @param {DayNow} day */
  show({ stops }) {
    const { past, ahead } = waysOf(this.page, stops);
    this.lines.past.setLatLngs(past);
    this.lines.ahead.setLatLngs(ahead);
    this.lines.casing.setLatLngs([...past, ...ahead]);
    for (const pin of new Set(this.#pins.values())) pin.remove();
    this.#pins.clear();
    for (const pin of pinsOf(this.page, stops)) this.#showPin(pin, stops);
  }

  /** @param {string} id of a stop: brings it into the middle and says who it is */
  open(id) {
    const pin = this.#pins.get(id);
    if (!pin) return;
    this.map.setView(pin.getLatLng(), Math.max(this.map.getZoom(), CLOSE));
    pin.openPopup();
  }

  /**
   * @param {Pin} pin
   * @param {import('../day/state.js').StopNow[]} stops
   */
  #showPin({ at, ids, numbers, state }, stops) {
    const numbered = numbers.join(', ');
    const face = make('span', { class: 'pin', 'data-state': state }, icon(SIGNS[state].shape), numbered);
    const marker = new Marker(at, { icon: new DivIcon({ html: face, className: 'pin-at', iconSize: [0, 0] }) });
    marker.setZIndexOffset(state === 'next' ? IN_FRONT : 0).addTo(this.map);
    const lines = ids.map((id) => this.#said(id, stops));
    marker.bindPopup(make('div', {}, ...lines.map(({ element }) => element)), { minWidth: 180, maxWidth: 260, offset: [0, -12] });
    marker.getElement()?.setAttribute('aria-label', lines.map(({ words }) => words).join('; '));
    for (const id of ids) this.#pins.set(id, marker);
  }

  /**
   * @param {string} id
   * @param {import('../day/state.js').StopNow[]} stops
   * @returns {{element: HTMLElement, words: string}} number, name and state
   */
  #said(id, stops) {
    const place = stops.findIndex((stop) => stop.id === id);
    const { name, href } = this.about(id);
    const { shape, word } = SIGNS[stops[place].state];
    const link = make('a', { href }, `${place + 1}. ${name}`);
    const element = make('div', {}, make('p', { class: 'h3' }, link), make('p', { class: 'st' }, icon(shape), word));
    return { element, words: `${place + 1}. ${name}, ${word}` };
  }

  #showEnds() {
    const { start, end } = this.page;
    const same = start.at.join() === end.at.join();
    const ends = same ? [{ ...start, words: `Start and end: ${start.words}` }] : [labeled(start, 'Start'), labeled(end, 'End')];
    for (const { at, words } of ends) {
      const face = make('span', { class: 'pin end' }, icon('house'));
      const marker = new Marker(at, { icon: new DivIcon({ html: face, className: 'pin-at', iconSize: [0, 0] }) }).addTo(this.map);
      marker.setZIndexOffset(-IN_FRONT).bindPopup(make('p', {}, words));
      marker.getElement()?.setAttribute('aria-label', words);
    }
  }
}

/**
 * @param {{at: import('./ways.js').Point, words: string}} end
 * @param {string} what
 */
function labeled({ at, words }, what) {
  return { at, words: `${what}: ${words}` };
}
