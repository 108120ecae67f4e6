/** Sends what waits on this phone at every chance, and loads what sending needs only when something waits. */

/** @typedef {import('/service-worker/stores.js').Stores} Stores */
/** @typedef {import('/service-worker/tools.js').Tools} Tools */
/** @typedef {import('/service-worker/drain.js').Summary} Summary */
/** @typedef {import('/service-worker/sync-state.js').SyncState} SyncState */

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
  return async (options) => {
    if ((await waiting()).waiting === 0) return { ...NOTHING, state: 'done' };
    try {
      const { drain } = await import('/service-worker/drain.js');
      return await drain(stores, officer, tools, { ...options, events });
    } catch (error) {
      console.error(error); // no network for the module, or the phone's database failed: what waits is kept
      const retry_at = new Date(tools.now().getTime() + LOAD_AGAIN_MS).toISOString();
      return { ...NOTHING, state: 'offline', retry_at };
    }
  };
}

const NOTHING = { received: 0, refused: 0, photos: 0, retry_at: null };
