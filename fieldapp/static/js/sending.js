/** Sends what waits on this phone at every chance, and loads what sending needs only when something waits. */

import { readLost } from '../../service-worker/lost.js';
import { lastTold, owesReport } from '../../service-worker/told.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('../../service-worker/tools.js').Tools} Tools */
/** @typedef {import('../../service-worker/drain.js').Summary} Summary */
/** @typedef {import('../../service-worker/sync-state.js').SyncState} SyncState */

const LOAD_AGAIN_MS = 30_000;

/**
 * A drain for sendAtEveryChance(). The modules that send are the heaviest of all; a page with an empty outbox does not
 * need them before its first answer can be tapped.
 * @param {Stores} stores
 * @param {string} officer
 * @param {Tools} tools
 * @param {{events: EventTarget, waiting: () => Promise<SyncState>}} page
 * @returns {(options: {eager: boolean, unattended: boolean}) => Promise<Summary>}
 */
export function lazyDrain(stores, officer, tools, { events, waiting }) {
  // a page that was closed after the last photo may not have said so, and what needs attention waits without being sent
  const isOwed = async (/** @type {number} */ attention) => {
    const told = await lastTold(stores, officer);
    if ((await readLost(stores))?.told === false) return true;
    return Boolean(told) && owesReport(attention && (told?.count ?? 0), told, tools.now());
  };
  return async (options) => {
    const now = await waiting();
    if (now.waiting === 0 && !(await isOwed(now.attention))) return { ...NOTHING, state: 'done' };
    try {
      const { drain } = await import('../../service-worker/drain.js');
      return await drain(stores, officer, tools, { ...options, events });
    } catch (error) {
      console.error(error); // no network for the module, or the phone's database failed: what waits is kept
      const retry_at = new Date(tools.now().getTime() + LOAD_AGAIN_MS).toISOString();
      return { ...NOTHING, state: 'offline', retry_at };
    }
  };
}

const NOTHING = { received: 0, refused: 0, photos: 0, retry_at: null };
