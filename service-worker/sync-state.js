/** What the sync chip says: where this officer's work is, in a word and a tone. */

import { listOutbox } from './outbox.js';
import { connectionOf, isHeld, readWay } from './photo-network.js';
import { listSubmittedPhotos } from './photos.js';

/** @typedef {import('./stores.js').Stores} Stores */

/**
 * @typedef {object} SyncState
 * @property {'needs_you' | 'sign_in' | 'waiting' | 'all_sent'} state
 * @property {'stop' | 'wait' | 'ok'} tone as in the style sheet
 * @property {string} text
 * @property {number} waiting items that go by themselves, those held included
 * @property {number} attention items that do not
 */

/**
 * What a drain found out lasts until the next one: pass `signIn` when the last summary's state was `sign_in`.
 * @param {{waiting: number, attention: number, signIn: boolean, held?: number}} counts `held`: those of the waiting items
 *   whose photos wait for Wi-Fi
 * @returns {SyncState}
 */
export function syncState({ waiting, attention, signIn, held = 0 }) {
  const counts = { waiting, attention };
  const need = attention === 1 ? 'needs' : 'need';
  if (attention > 0) return { state: 'needs_you', tone: 'stop', text: `${attention} ${need} you`, ...counts };
  if (waiting > 0 && signIn) return { state: 'sign_in', tone: 'wait', text: 'Sign in to send', ...counts };
  const what = held === waiting ? 'for Wi-Fi' : 'waiting';
  if (waiting > 0) return { state: 'waiting', tone: 'wait', text: `${waiting} ${what}`, ...counts };
  return { state: 'all_sent', tone: 'ok', text: 'All sent', ...counts };
}

/**
 * Counts a submission as one item; the photos of a visit are part of it, and once its facts are with the office, the
 * photos that remain are one item together.
 * @param {Stores} stores
 * @param {string} officer
 * @param {{signIn?: boolean, connection?: {type?: string}}} [now] `signIn`: what the last drain found out
 * @returns {Promise<SyncState>}
 */
export async function readSyncState(stores, officer, { signIn = false, connection = connectionOf() } = {}) {
  const rows = await listOutbox(stores, officer);
  const photos = await listSubmittedPhotos(stores, officer);
  const way = await readWay(stores, connection);
  const attention = new Set();
  const going = new Set(rows.map(({ id }) => id));
  const items = new Set(going);
  for (const { id, state } of rows) if (state === 'needs_attention') attention.add(id);
  for (const photo of photos) {
    items.add(photo.visit);
    if (!isHeld(photo, way)) going.add(photo.visit);
    if (photo.state === 'needs_attention') attention.add(photo.visit);
  }
  const held = [...items].filter((id) => !going.has(id) && !attention.has(id)).length;
  return syncState({ waiting: items.size - attention.size, attention: attention.size, signIn, held });
}
