/** When the office does not let this phone in: what must leave the phone then, and a calm line that says what to do. */

import { icon, make } from './element.js';
import { shutOut } from './who.js';
import { erasePack } from '../../service-worker/day-pack.js';
import { forgetKey, kidOf } from '../../service-worker/keys.js';
import { askStanding, endsPack } from '../../service-worker/standing.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */
/** @typedef {'signed_out' | 'signed_off' | 'closed'} Door */

/**
 * Asks why, and carries out what the answer asks for. Drafts and outbox are never touched.
 * @param {Stores} stores
 * @param {string} officer
 * @param {import('../../service-worker/standing.js').Tools} [tools]
 * @returns {Promise<Door | null>} null when the office was not reached, or lets this phone in after all
 */
export async function checkDoor(stores, officer, tools = { fetch: (url, init) => fetch(url, init) }) {
  const standing = await askStanding(await kidOf(stores, officer), tools);
  if (!standing) return null;
  const { signedIn, phone } = standing;
  if (!endsPack(phone)) return signedIn ? null : 'signed_out';
  await erasePack(caches);
  shutOut(localStorage, officer, phone);
  if (phone === 'signed_off') await forgetKey(stores, officer);
  return /** @type {Door} */ (phone);
}

/**
 * Puts the line at the top of the page, once; a visit that is being made is left alone, its chip says enough.
 * @param {HTMLElement} body
 * @param {Door} door
 * @param {number} waiting items on this phone
 */
export function showDoor(body, door, waiting) {
  if (body.querySelector('form.steps')) return;
  const words = make('p', { class: 'st', 'data-tone': 'wait' }, icon('log-in'), doorWords(door, waiting));
  const line = make('div', { 'data-door': door, role: 'status' }, words);
  const before = body.querySelector('[data-door]');
  if (before) before.replaceWith(line);
  else placeOf(body)(line);
}

/**
 * @param {HTMLElement} body
 * @returns {(line: HTMLElement) => void} beside the line that says of when a copy is, else first of all
 */
function placeOf(body) {
  const kept = body.querySelector('[data-kept-line]');
  return (line) => (kept ? kept.append(line) : body.querySelector('#main')?.prepend(line));
}

/** @param {HTMLElement} body the office lets this phone in again */
export function hideDoor(body) {
  body.querySelector('[data-door]')?.remove();
}

/**
 * @param {Door} door
 * @param {number} waiting
 */
function doorWords(door, waiting) {
  const wait = waiting === 1 ? '1 waits' : `${waiting} wait`;
  const signIn = (/** @type {string} */ words) => make('a', { href: `/sign-in?next=${encodeURIComponent(location.pathname)}` }, words);
  if (door === 'closed') return make('span', {}, `This account is switched off; ask your administrator. What is on this phone stays on it (${wait}).`);
  if (door === 'signed_off') return make('span', {}, 'The office signed this phone off. ', signIn('Sign in'), ` to use it again; what is on it stays (${wait}).`);
  if (waiting === 0) return make('span', {}, 'Signed out at the office: ', signIn('sign in'), ' for what is new');
  return make('span', {}, 'Signed out at the office: ', signIn('sign in to send'), ` (${wait})`);
}
