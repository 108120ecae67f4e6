/** Says that a page is a copy from this phone, and of when. */

import { make, state } from './element.js';
import { whenWords } from './words.js';

/**
 * @param {HTMLElement} body the worker marks a copy's body with the moment at which it was kept, and one that was shown
 *   before the office could answer as such: of it nothing is said while there is a network
 * @param {boolean} [unreached] the office has not answered since
 */
export function showKept(body, unreached = false) {
  const { kept, atOnce, signedOut, zone = 'UTC', clock = '24' } = body.dataset;
  if (!kept || (atOnce !== undefined && navigator.onLine && !unreached) || body.querySelector('[data-kept-line]')) return;
  const why = signedOut === undefined ? ' The office cannot be reached.' : '';
  const words = `As of ${whenWords(kept, { zone, clock: Number(clock), unit: '' }, new Date())}.${why}`;
  body.querySelector('#main')?.prepend(make('div', { 'data-kept-line': '' }, state('wait', 'cloud-off', words)));
}
