/** One line of the outbox: what it is, where it is, why it still waits, how large and how old it is. */

import { make, state } from '../element.js';
import { ageWords, clockTime, count, sizeWords } from '../words.js';

/** @typedef {import('../words.js').Manner} Manner */

/**
 * @typedef {object} Item
 * @property {string} kind visit, check_in, note, photo …
 * @property {string} title
 * @property {string} state waiting, sending, frozen or needs_attention
 * @property {string | null} reason
 * @property {number} bytes
 * @property {number} [sent] bytes that the office has confirmed
 * @property {string} made_at UTC, ISO 8601
 * @property {number} photos how many go with it
 */

const KINDS = /** @type {Record<string, string>} */ ({ visit: 'visit', check_in: '', note: 'note', photo: '' });

/**
 * @param {Item} item
 * @param {Manner} manner
 * @returns {HTMLElement}
 */
export function rowLine(item, manner) {
  const { kind, title, photos, reason, bytes, made_at } = item;
  const what = [title, KINDS[kind] ?? kind, photos ? count(photos, 'photo') : ''].filter(Boolean).join(', ');
  const facts = `${sizeWords(bytes)}, made ${clockTime(made_at, manner)}, ${ageWords(Date.now() - Date.parse(made_at))} ago`.replace('now ago', 'now');
  const lines = [stateOf(item), make('h3', {}, what)];
  if (reason) lines.push(make('p', {}, reason));
  lines.push(make('p', { class: 'muted' }, item.state === 'needs_attention' ? `${facts}. The other items go on without it.` : facts));
  const progress = item.sent && item.state === 'sending' ? [make('progress', { value: String(item.sent), max: String(bytes), 'aria-label': 'Sending' })] : [];
  return make('li', {}, ...lines, ...progress);
}

/**
 * @param {import('/service-worker/drafts.js').Draft} draft
 * @param {Manner} manner
 * @returns {HTMLElement}
 */
export function draftLine(draft, manner) {
  // never by the stop, which may be gone from the plan; the draft's id stays on the phone
  const href = `/people/${draft.supervisee}/visit/${draft.place}#draft-${draft.id}`;
  const words = make('div', {}, state('wait', 's-phone', 'On this phone'), make('h3', {}, `${draft.title ?? 'Visit'}, draft of the visit`));
  words.append(make('p', { class: 'muted' }, `Saved ${clockTime(draft.updated_at, manner)}. Sent after you sign.`));
  return make('li', { class: 'split' }, words, make('a', { class: 'btn small', href }, 'Go on'));
}

/** @param {Item} item */
function stateOf({ state: now, kind, sent, bytes }) {
  if (now === 'needs_attention') return state('stop', 's-stop', `The office did not accept this ${kind.replace('_', '-')}`);
  if (now !== 'sending') return state('wait', 's-phone', 'On this phone');
  return state('live', 's-send', sent ? `Sending, ${Math.round((100 * sent) / bytes)} %` : 'Sending');
}
