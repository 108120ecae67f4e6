/**
 * What every page of an officer runs: the sync chip, and sending what waits on this phone.
 * Other page modules say `submitted` on the document when they have put something in the outbox; from here come
 * `outbox` (something changed) and `drained`.
 */

import { showChip } from './chip.js';
import { lazyDrain } from './sending.js';
import { sendAtEveryChance } from '/service-worker/chances.js';
import { Stores } from '/service-worker/stores.js';
import { readSyncState } from '/service-worker/sync-state.js';
import { browserTools } from '/service-worker/tools.js';

const { officer } = document.body.dataset;
if (officer) start(officer);

/** @param {string} officer */
function start(officer) {
  const stores = new Stores();
  let signIn = false;
  const waiting = () => readSyncState(stores, officer, { signIn });
  const show = async () => showChip(document, await waiting(), navigator.onLine);
  document.addEventListener('drained', (event) => {
    signIn = /** @type {CustomEvent} */ (event).detail.state === 'sign_in';
    void show();
  });
  document.addEventListener('outbox', () => void show());
  for (const type of ['online', 'offline']) window.addEventListener(type, () => void show());
  const send = sendAtEveryChance(lazyDrain(stores, officer, browserTools(), { events: document, waiting }));
  document.addEventListener('submitted', () => {
    void show();
    void send(true);
  });
  void show();
}
