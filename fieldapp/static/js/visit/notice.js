/** One thing to know above the steps of a visit. */

import { find, icon, make } from '../element.js';

/**
 * @param {string} shape
 * @param {string} heading
 * @param {string} text
 */
export function notice(shape, heading, text) {
  const box = make('div', { class: 'notice', 'data-tone': 'warn', role: 'alert' }, icon(shape), make('h2', { class: 'h3' }, heading), make('p', {}, text));
  find(document, '[data-notices]').replaceChildren(box);
}
