/** Asks the browser for Background Sync after each submission, where there is such a thing, and hears what was sent. */

import { readSyncState } from '../../service-worker/sync-state.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */
/** @typedef {{register(tag: string): Promise<void>}} SyncManager */

/** No page lies there: the worker that sends answers none. */
const SCOPE = '/background/';

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} build whose modules the worker is to run
 */
export async function useBackgroundSync(stores, officer, build) {
  if (!('SyncManager' in window)) return;
  const registration = await register(build);
  if (!registration) return;
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data?.outbox) document.dispatchEvent(new CustomEvent(data.outbox, { detail: data.detail }));
  });
  const ask = () => void askForSync(registration, () => crypto.randomUUID());
  document.addEventListener('submitted', ask);
  if ((await readSyncState(stores, officer)).waiting > 0) ask();
}

/**
 * A tag of its own each time: after a failure, a tag that is known already stays silent for minutes.
 * @param {ServiceWorkerRegistration & {sync?: SyncManager}} registration
 * @param {() => string} uuid
 */
export async function askForSync(registration, uuid) {
  try {
    await registration.sync?.register(`outbox-${uuid()}`);
  } catch {
    // not allowed, or no worker yet: it would only have been one more chance
  }
}

/**
 * The build is part of the address: nobody ever opens a page there, so the browser would not look for a new one.
 * @param {string} build
 * @returns {Promise<ServiceWorkerRegistration | undefined>} undefined when there is neither a network nor a worker
 */
async function register(build) {
  try {
    return await navigator.serviceWorker.register(`/sender.js?build=${build}`, { type: 'module', scope: SCOPE });
  } catch {
    // while it is not there the browser names the worker that answers pages, which hears no sync
    const found = await navigator.serviceWorker.getRegistration(SCOPE);
    return found && new URL(found.scope).pathname === SCOPE ? found : undefined;
  }
}
