/** One person before an unplanned visit: cautions first, then conditions, then where one may go. */

import { icon, make, state } from '../element.js';

/** @typedef {import('./facts.js').Facts} Facts */
/** @typedef {import('./facts.js').Place} Place */

/**
 * @param {string} id of the person, UUID
 * @param {Facts} facts
 * @param {(place: Place) => void} begin
 * @returns {HTMLElement[]}
 */
export function sheet(id, facts, begin) {
  const head = make('header', {}, make('h1', { tabindex: '-1' }, facts.name));
  const more = make('p', { class: 'row' }, make('a', { class: 'btn small quiet', href: `/people/${id}` }, 'The whole file'));
  return [head, cautions(facts), ...conditions(facts), ...facts.places.map((place) => door(place, begin)), ...nowhere(facts), more];
}

/** @param {Facts} facts */
function cautions({ cautions: all }) {
  if (!all.length) {
    const words = 'Nobody has written one down. That is not the same as safe.';
    return make('section', { class: 'block' }, make('h2', {}, 'No cautions on file'), make('p', { class: 'muted' }, words));
  }
  const lines = all.map(([text, source, review]) => {
    const words = make('div', {}, make('h3', {}, text), make('p', { class: 'muted' }, source));
    if (review) words.append(state('warn', 'clock-alert', review));
    return make('li', {}, icon('s-warn'), words);
  });
  const heading = make('h2', {}, all.length === 1 ? '1 caution' : `${all.length} cautions`);
  return make('section', { class: 'block' }, heading, make('ul', { class: 'rows marked' }, ...lines));
}

/**
 * @param {Place} place
 * @param {(place: Place) => void} begin
 */
function door(place, begin) {
  const [kind, , text, notes, , , daysLate, discreet] = place;
  const block = make('section', { class: 'block stack' }, make('h2', {}, kind === 'home' ? 'At home' : 'At work'), make('p', {}, text));
  if (notes) block.append(make('p', { class: 'muted' }, notes));
  if (daysLate) block.append(state('stop', 's-stop', daysLate === 1 ? '1 day overdue' : `${daysLate} days overdue`));
  if (discreet) block.append(make('div', {}, state('warn', 's-warn', `Be discreet. ${discreet}`)));
  const here = make('button', { class: 'btn primary wide', type: 'button', 'data-begin': kind }, icon('map-pin-check-inside'), 'I’m here');
  here.addEventListener('click', () => begin(place));
  block.append(here, make('p', { class: 'muted' }, 'Saves the time and your position'));
  return block;
}

/** @param {Facts} facts */
function nowhere({ places }) {
  return places.length ? [] : [make('p', { class: 'muted' }, 'No address is on file. The administrator can add one.')];
}

/** @param {Facts} facts */
function conditions({ conditions: all }) {
  if (!all.length) return [];
  const lines = all.map(([number, , text]) => make('li', { value: String(number) }, make('b', {}, String(number)), ' ', make('span', {}, text)));
  return [make('section', { class: 'block' }, make('h2', {}, 'Conditions'), make('ol', { class: 'numbered' }, ...lines))];
}
