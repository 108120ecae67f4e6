/** The chip in the top bar and the number on the outbox's tab: where this officer's work is. */

import { setState } from './element.js';

/** @typedef {import('../../service-worker/sync-state.js').SyncState} SyncState */

const SHAPES = { needs_you: 's-stop', sign_in: 'log-in', waiting: 's-phone', all_sent: 's-ok' };

/**
 * @param {ParentNode} root
 * @param {SyncState} now
 * @param {boolean} online whether the browser believes that there is a network
 */
export function showChip(root, { state, tone, text, waiting, attention }, online) {
  const offline = !online && state !== 'needs_you';
  const words = offline ? (waiting ? `Offline, ${waiting} waiting` : 'Offline') : text;
  for (const chip of root.querySelectorAll('[data-sync-chip]')) {
    setState(chip, offline ? { tone: 'wait', shape: 'cloud-off', text: words } : { tone, shape: SHAPES[state], text });
  }
  for (const badge of root.querySelectorAll('[data-outbox-count]')) {
    const left = waiting + attention;
    badge.toggleAttribute('hidden', left === 0);
    badge.textContent = left ? String(left) : '';
    badge.setAttribute('aria-label', `${left} waiting`);
  }
}
