/**
 * A second worker that only hears `sync` and answers no page: what sends is heavy, and the worker that answers pages has to
 * start fast. What it sends comes from the phone's stores, never from a page's request.
 */

import { sendInBackground } from './background.js';
import { Stores } from './stores.js';
import { browserTools } from './tools.js';

/** @typedef {{matchAll(of: {type: string, includeUncontrolled: boolean}): Promise<{postMessage(message: unknown): void}[]>}} Pages */

/** @param {EventTarget & {clients: Pages, skipWaiting(): Promise<void>}} scope the worker's own */
export function start(scope) {
  const tools = browserTools(/** @type {any} */ (scope));
  // it has no pages that a new version could surprise
  scope.addEventListener('install', () => void scope.skipWaiting());
  scope.addEventListener('sync', (event) => {
    /** @type {any} */ (event).waitUntil(sendInBackground(new Stores(), tools, tell)); // TypeScript does not know it
  });

  /**
   * Says on every open page what happens here, as a drain of the page itself would.
   * @param {string} type
   * @param {unknown} detail
   */
  async function tell(type, detail) {
    const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const page of pages) page.postMessage({ outbox: type, detail });
  }
}
