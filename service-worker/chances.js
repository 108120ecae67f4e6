/** The moments at which a page tries to send: at its start, when the network changes or the screen comes back, after a wait. */

import { connectionOf } from './photo-network.js';

/** @typedef {import('./drain.js').Summary} Summary */

/**
 * Drains now and at every chance from now on. Background Sync is no more than one more chance: it exists in few
 * browsers, and after a failure it may stay silent for minutes.
 * @param {(options: {eager: boolean, unattended: boolean}) => Promise<Summary>} drain
 * @param {{window?: EventTarget, document?: EventTarget & {visibilityState: string},
 *   connection?: EventTarget, after?: (work: () => void, ms: number) => unknown, cancel?: (timer: any) => void, now?: () => Date}} [scope]
 * @returns {(eager?: boolean) => Promise<Summary>} sends now, such as right after a submission
 */
export function sendAtEveryChance(drain, scope = {}) {
  const { window = globalThis.window, document = globalThis.document, now = () => new Date() } = scope;
  const { connection = connectionOf() } = scope;
  const { after = (work, ms) => setTimeout(work, ms), cancel = (timer) => clearTimeout(timer) } = scope;
  /** @type {unknown} */
  let timer;
  const attempt = async (/** @type {boolean} */ eager, /** @type {boolean} */ unattended) => {
    const summary = await drain({ eager, unattended });
    cancel(timer);
    if (summary.retry_at) timer = after(() => void attempt(false, true), Math.max(1000, Date.parse(summary.retry_at) - now().getTime()));
    return summary;
  };
  const send = (eager = false) => attempt(eager, false);
  window.addEventListener('online', () => void attempt(true, true));
  connection?.addEventListener('change', () => void attempt(true, true)); // photos may have waited for Wi-Fi
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void send(true);
  });
  void send();
  return send;
}
