/** Tells the officer plainly that this phone has lost what it kept. */

import { icon, make } from './element.js';
import { count } from './words.js';
import { noteLost } from '../../service-worker/lost.js';

/** @typedef {import('../../service-worker/lost.js').Lost} Lost */

/**
 * @param {Element} place
 * @param {import('../../service-worker/stores.js').Stores} stores
 * @param {Lost} lost
 */
export function showLost(place, stores, { count: items }) {
  const gone = items
    ? `${count(items, 'item')} had not been sent and ${items === 1 ? 'is' : 'are'} gone from here. Visits that were not submitted are gone too.`
    : 'What had not been sent is gone from here, and so are visits that were not submitted.';
  const known = make('button', { class: 'btn small', type: 'button' }, 'I know');
  const box = make(
    'div',
    { class: 'notice', 'data-tone': 'stop', role: 'alert', 'data-lost': '' },
    icon('s-stop'),
    make('h2', { class: 'h3' }, 'This phone lost what it kept'),
    make('p', {}, `Its browser cleared the storage of fieldapp. ${gone} Look at Today for what is missing and make it again. The office is told too.`),
    make('p', { class: 'row' }, known),
  );
  known.addEventListener('click', () => void noteLost(stores, { seen: true }).then(() => box.remove()));
  place.prepend(box);
}
