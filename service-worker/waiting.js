/** What an officer still has on this phone: told to the office with each sync. */

import { readLost } from './lost.js';
import { listOutbox } from './outbox.js';
import { listSubmittedPhotos } from './photos.js';

/** @typedef {import('./stores.js').Stores} Stores */

/**
 * @typedef {object} WaitingReport
 * @property {number} count submissions and photos that no receipt names yet
 * @property {string | null} oldest when the oldest of them was made, UTC, ISO 8601
 * @property {number} bytes their size
 * @property {number | null} free bytes that this phone has left for the app; null where the browser does not say
 * @property {string} [app] version of the app that says so
 * @property {{at: string, count: number | null}} [lost] the browser has cleared this phone's stores, found then
 */

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {{storage?: Pick<StorageManager, 'estimate'>, app?: string}} [tools]
 * @param {string[]} [going] ids of submissions that the same request brings to the office: they are not left behind
 * @returns {Promise<WaitingReport>}
 */
export async function waitingReport(stores, officer, { storage = globalThis.navigator.storage, app } = {}, going = []) {
  const rows = (await listOutbox(stores, officer)).filter(({ id }) => !going.includes(id));
  const photos = await listSubmittedPhotos(stores, officer);
  const times = [...rows.map((row) => row.made_at), ...photos.map((photo) => photo.taken_at)].sort();
  const bytes = [...rows, ...photos].reduce((sum, item) => sum + item.bytes, 0);
  const lost = await readLost(stores);
  const version = { ...(app ? { app } : {}), ...(lost && !lost.told ? { lost: { at: lost.at, count: lost.count } } : {}) };
  return { count: times.length, oldest: times[0] ?? null, bytes, free: await freeBytes(storage), ...version };
}

/**
 * @param {Pick<StorageManager, 'estimate'> | undefined} storage
 * @returns {Promise<number | null>}
 */
async function freeBytes(storage) {
  const estimate = await storage?.estimate().catch(() => null);
  if (estimate?.quota === undefined || estimate.usage === undefined) return null;
  return Math.max(0, estimate.quota - estimate.usage);
}
