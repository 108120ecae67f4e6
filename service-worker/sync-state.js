/** What the sync chip says: where this officer's work is, in a word and a tone. */

import { listOutbox } from './outbox.js';
import { listSubmittedPhotos } from './photos.js';

/** @typedef {import('./stores.js').Stores} Stores */

/**
 * @typedef {object} SyncState
 * @property {'needs_you' | 'sign_in' | 'waiting' | 'all_sent'} state
 * @property {'stop' | 'wait' | 'ok'} tone as in the style sheet
 * @property {string} text
 * @property {number} waiting items that go by themselves
 * @property {number} attention items that do not
 */

/**
 * What a drain found out lasts until the next one: pass `signIn` when the last summary's state was `sign_in`.
 * @param {{waiting: number, attention: number, signIn: boolean}} counts
 * @returns {SyncState}
 */
export function syncState({ waiting, attention, signIn }) {
  const counts = { waiting, attention };
  const need = attention === 1 ? 'needs' : 'need';
  if (attention > 0) return { state: 'needs_you', tone: 'stop', text: `${attention} ${need} you`, ...counts };
  if (waiting > 0 && signIn) return { state: 'sign_in', tone: 'wait', text: 'Sign in to send', ...counts };
  if (waiting > 0) return { state: 'waiting', tone: 'wait', text: `${waiting} waiting`, ...counts };
  return { state: 'all_sent', tone: 'ok', text: 'All sent', ...counts };
}

/**
 * Counts a submission as one item; the photos of a visit are part of it, and once its facts are with the office, the
 * photos that remain are one item together.
 * @param {Stores} stores
 * @param {string} officer
 * @param {{signIn?: boolean}} [last]
 * @returns {Promise<SyncState>}
 */
export async function readSyncState(stores, officer, { signIn = false } = {}) {
  const rows = await listOutbox(stores, officer);
  const photos = await listSubmittedPhotos(stores, officer);
  const attention = new Set();
  const items = new Set();
  for (const { id, state } of [...rows, ...photos.map(({ visit, state }) => ({ id: visit, state }))]) {
    items.add(id);
    if (state === 'needs_attention') attention.add(id);
  }
  return syncState({ waiting: items.size - attention.size, attention: attention.size, signIn });
}
