/** One line of the outbox: what it is, where it is, why it still waits, how large and how old it is, and what to do. */

import { icon, make, state } from '../element.js';
import { goOnAddress } from '../go-on.js';
import { ageWords, clockTime, count, exactTime, sizeWords } from '../words.js';

/** @typedef {import('../words.js').Manner} Manner */
/** @typedef {import('./items.js').Item} Item */

const KINDS = /** @type {Record<string, string>} */ ({ visit: 'visit', check_in: 'arrival', note: 'note', photos: '', skip: 'stop skipped', unskip: 'stop brought back', order: '' });
const REFUSED = /** @type {Record<string, string>} */ ({ check_in: 'arrival', photos: 'photo' });

/**
 * @param {Item} item
 * @param {Manner} manner
 * @param {Date} now
 * @returns {HTMLElement}
 */
export function rowLine(item, manner, now) {
  const { kind, title, photos, reason, ids } = item;
  const pictures = photos ? count(photos + item.received, 'photo') : '';
  const what = [title, kindWords(kind), pictures].filter(Boolean).join(', ');
  const words = make('div', {}, stateOf(item), make('h3', {}, what));
  const why = [reason, ...nextTry(item, manner, now)].filter(Boolean).join(' ');
  if (why) words.append(make('p', {}, why));
  words.append(make('p', { class: 'muted' }, facts(item, manner, now)));
  if (item.sent > 0 && item.state !== 'needs_attention') words.append(make('progress', { value: String(item.sent), max: String(item.bytes), 'aria-label': 'Sending' }));
  if (!canRetry(item, now)) return make('li', {}, words);
  const label = item.state === 'needs_attention' ? 'Try again' : 'Try now';
  const button = make('button', { class: 'btn small', type: 'button', 'data-retry': ids.join(' ') }, icon('rotate-ccw'), label);
  return make('li', { class: 'stack' }, words, make('div', { class: 'row' }, button));
}

/**
 * @param {import('../../../service-worker/drafts.js').Draft} draft
 * @param {number} bytes of its photos
 * @param {Manner} manner
 * @param {Date} now
 * @returns {HTMLElement}
 */
export function draftLine(draft, bytes, manner, now) {
  const size = sizeWords(JSON.stringify(draft).length + bytes);
  const words = make('div', {}, state('wait', 's-phone', 'On this phone'), make('h3', {}, `${draft.title ?? 'Visit'}, draft of the visit`));
  words.append(make('p', { class: 'muted' }, `${size}, saved ${since(draft.updated_at, manner, now)}. Sent after you sign.`));
  return make('li', { class: 'split' }, words, make('a', { class: 'btn small', href: goOnAddress(draft) }, 'Go on'));
}

/**
 * @param {{title: string, kind: string, photos: number, received_at: string, sha256: string}} entry
 * @param {Manner} manner
 * @returns {HTMLElement}
 */
export function receivedLine({ title, kind, photos, received_at, sha256 }, manner) {
  const what = [title, photos ? count(photos, 'photo') : kindWords(kind)].filter(Boolean).join(', ');
  const words = make('div', {}, make('h3', {}, what), make('p', { class: 'muted' }, `Receipt ${exactTime(received_at, manner)}`));
  const hash = photos > 1 ? [] : [make('code', {}, `${sha256.slice(0, 4)} ${sha256.slice(4, 8)}`)];
  return make('li', { class: 'split' }, words, ...hash);
}

/**
 * @param {string} at
 * @param {Manner} manner
 * @param {Date} now
 * @returns {string} `14:05, 7 min ago`
 */
export function since(at, manner, now) {
  const age = ageWords(now.getTime() - Date.parse(at));
  return `${clockTime(at, manner)}, ${age === 'now' ? 'now' : `${age} ago`}`;
}

/** @param {string} kind */
function kindWords(kind) {
  return KINDS[kind] ?? kind.replaceAll('_', ' ');
}

/** @param {Item} item */
function stateOf({ state: now, kind, sent, bytes }) {
  const percent = Math.floor((100 * sent) / bytes);
  if (now === 'needs_attention') return state('stop', 's-stop', `The office did not accept this ${REFUSED[kind] ?? kindWords(kind)}`);
  if (now === 'sending') return state('live', 's-send', sent ? `Sending, ${percent} %` : 'Sending');
  return state('wait', 's-phone', sent ? `On this phone, paused at ${percent} %` : 'On this phone');
}

/**
 * @param {Item} item
 * @param {Manner} manner
 * @param {Date} now
 */
function facts({ kind, state: standing, bytes, sent, received, made_at }, manner, now) {
  const size = sent ? `${sizeWords(sent)} of ${sizeWords(bytes)}` : sizeWords(bytes);
  const made = `${kind === 'photos' ? 'taken' : 'made'} ${since(made_at, manner, now)}`;
  const words = [received ? `${received} received` : '', size, made].filter(Boolean).join(', ');
  return standing === 'needs_attention' ? `${words}. The other items go on without it.` : words;
}

/**
 * @param {Item} item
 * @param {Manner} manner
 * @param {Date} now
 * @returns {string[]}
 */
function nextTry({ state: standing, next_try_at, hold_until }, manner, now) {
  if (standing !== 'waiting') return [];
  if (isAhead(hold_until, now)) return [`The office asked to wait until ${clockTime(hold_until ?? '', manner)}.`];
  return isAhead(next_try_at, now) ? [`Next try ${clockTime(next_try_at ?? '', manner)}.`] : [];
}

/**
 * @param {Item} item
 * @param {Date} now
 */
function canRetry({ state: standing, failed, hold_until }, now) {
  return standing === 'needs_attention' || (standing === 'waiting' && failed && !isAhead(hold_until, now));
}

/**
 * @param {string | null} at
 * @param {Date} now
 */
function isAhead(at, now) {
  return at !== null && Date.parse(at) > now.getTime();
}
