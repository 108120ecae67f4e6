/** What the modules need of the browser, in one typed bundle, so that each can be handed something else in a test. */

import { connectionOf } from './photo-network.js';

/**
 * @typedef {object} Tools
 * @property {typeof fetch} fetch
 * @property {SubtleCrypto} subtle
 * @property {() => string} uuid
 * @property {LockManager} locks
 * @property {Pick<StorageManager, 'estimate'>} storage
 * @property {() => Date} now
 * @property {() => number} random from 0 up to, not including, 1
 * @property {{type?: string}} [connection] what the phone says of its network, where it does
 * @property {string} origin such as https://field.example.org
 * @property {string} [app] version of the app
 * @property {(picture: Blob) => Promise<Blob | null>} [shrink] how previews are made, where it is not as usual
 */

/**
 * The real ones; works in a page and in a worker.
 * @param {typeof globalThis} [scope]
 * @returns {Tools}
 */
export function browserTools(scope = globalThis) {
  return {
    fetch: (input, init) => scope.fetch(input, init),
    subtle: scope.crypto.subtle,
    uuid: () => scope.crypto.randomUUID(),
    locks: scope.navigator.locks,
    storage: scope.navigator.storage,
    now: () => new Date(),
    random: () => Math.random(),
    connection: connectionOf(scope),
    origin: scope.location.origin,
    app: scope.document?.body.dataset.app,
  };
}
