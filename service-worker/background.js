/**
 * Background Sync: one more chance to send, also after the last page was closed. Chrome and Edge on Android have it, and
 * they may keep it waiting for minutes, so nothing relies on it.
 */

import { drain } from './drain.js';
import { officerToSendFor } from './send-for.js';
import * as uploads from './uploads.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./drain.js').Summary} Summary */

/** What another try of the browser's own may mend. */
const PASSING = ['offline', 'trouble', 'hold'];

/**
 * The worker's drain, by the same modules as a page's and never beside one. Nobody is there, and it says so.
 * @param {Stores} stores
 * @param {Tools} tools
 * @param {(type: string, detail: unknown) => void} tell for pages that are open
 * @returns {Promise<Summary | null>} null when nobody is to be sent for
 * @throws {Error} when something still waits that time may mend: the browser then tries again by its own clock
 */
export async function sendInBackground(stores, tools, tell) {
  const officer = await officerToSendFor(stores);
  if (!officer) return null;
  const events = new EventTarget();
  for (const type of ['outbox', 'drained']) {
    events.addEventListener(type, (event) => tell(type, /** @type {CustomEvent} */ (event).detail));
  }
  // a worker may not import while it runs
  const summary = await drain(stores, officer, tools, { events, eager: true, unattended: true, load: async () => uploads });
  if (PASSING.includes(summary.state)) throw new Error(`Not all was sent: ${summary.state}.`);
  return summary;
}
