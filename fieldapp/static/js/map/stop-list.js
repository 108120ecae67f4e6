/** The list beside the map, as this phone knows the day: its order, numbers, signs and words. */

import { find } from '../element.js';
import { SIGNS } from './day-map.js';

/** @typedef {import('../day/state.js').DayNow} DayNow */

export class StopList {
  /** @param {HTMLElement} list an ol whose lines carry data-stop */
  constructor(list) {
    this.list = list;
    const lines = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-stop]'));
    this.lines = new Map([...lines].map((line) => [line.dataset.stop ?? '', line]));
  }

  /** @param {DayNow} day */
  show({ stops, arranged, skipping }) {
    const ordered = stops.flatMap(({ id }) => this.lines.get(id) ?? []);
    if (ordered.some((line, place) => line !== this.list.children[place])) this.list.append(...ordered);
    stops.forEach(({ id, state, deed }, place) => {
      const line = this.lines.get(id);
      if (!line) return;
      find(line, '[data-number]').textContent = String(place + 1);
      find(line, '[data-word]').textContent = SIGNS[state].word;
      line.querySelector('use')?.setAttribute('href', `${document.body.dataset.icons}#${SIGNS[state].shape}`);
      // a time of another order, or of a stop that is over, would look like a promise
      line.querySelector('time')?.toggleAttribute('hidden', Boolean(deed) || ((arranged || skipping) && !line.dataset.state));
    });
  }

  /**
   * @param {string} id
   * @returns {{name: string, href: string}}
   */
  about(id) {
    const link = this.lines.get(id)?.querySelector('h3 a');
    return { name: link?.textContent ?? '', href: link?.getAttribute('href') ?? '' };
  }
}
