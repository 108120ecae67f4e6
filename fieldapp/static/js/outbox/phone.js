/** Reads what the outbox page shows of this phone: the officer's own rows, and of others' only that there are some. */

import { LOCK } from '../../../service-worker/drain-lock.js';
import { listDrafts } from '../../../service-worker/drafts.js';
import { listOutbox } from '../../../service-worker/outbox.js';
import { WIFI_ONLY, readWay } from '../../../service-worker/photo-network.js';
import { listOwnPhotos } from '../../../service-worker/photos.js';
import { listReceived } from '../../../service-worker/received.js';
import { reachedAt, readSetting } from '../../../service-worker/settings.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */

/**
 * @typedef {object} OnPhone
 * @property {import('../../../service-worker/outbox.js').OutboxRow[]} rows
 * @property {import('../../../service-worker/photos.js').Photo[]} photos submitted ones
 * @property {import('../../../service-worker/drafts.js').Draft[]} drafts
 * @property {Map<string, number>} draftBytes size of a draft's photos by its id
 * @property {import('../../../service-worker/received.js').Received[]} received
 * @property {string | undefined} reached when the office last took something, UTC, ISO 8601
 * @property {boolean} busy whether a drain runs
 * @property {boolean} wifiOnly the officer's choice
 * @property {import('../../../service-worker/photo-network.js').Way} way what it means on the network of this moment
 * @property {boolean} others whether another officer's unsent work is on this phone
 */

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {Pick<import('../../../service-worker/tools.js').Tools, 'locks' | 'connection'>} tools
 * @returns {Promise<OnPhone>}
 */
export async function readPhone(stores, officer, { locks, connection }) {
  const all = await listOwnPhotos(stores, officer);
  /** @type {Map<string, number>} */
  const draftBytes = new Map();
  for (const { visit, bytes, state } of all) if (state === 'draft') draftBytes.set(visit, (draftBytes.get(visit) ?? 0) + bytes);
  const { held = [] } = await locks.query();
  return {
    rows: await listOutbox(stores, officer),
    photos: all.filter(({ state }) => state !== 'draft'),
    drafts: await listDrafts(stores, officer),
    draftBytes,
    received: await listReceived(stores, officer),
    reached: await readSetting(stores, reachedAt(officer)),
    busy: held.some(({ name }) => name === LOCK),
    wifiOnly: (await readSetting(stores, WIFI_ONLY)) === true,
    way: await readWay(stores, connection),
    others: await hasOthers(stores, officer),
  };
}

/**
 * @param {Stores} stores
 * @param {string} officer
 */
async function hasOthers(stores, officer) {
  const names = ['outbox', 'photos', 'drafts'];
  return stores.read(names, async (transaction) => {
    for (const name of names) {
      const own = transaction.objectStore(name).index('officer'); // rows of bytes have no officer
      if ((await own.count()) > (await own.count(officer))) return true;
    }
    return false;
  });
}
