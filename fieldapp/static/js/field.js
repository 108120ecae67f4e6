/**
 * What every page of an officer runs: the sync chip, and sending what waits on this phone.
 * Other page modules say `submitted` on the document when they have put something in the outbox (with `eager: false` where
 * only what is due shall go); from here come
 * `outbox` (something changed) and `drained`.
 */

import { lookAtCanary, markWaiting } from './canary.js';
import { showChip } from './chip.js';
import { InstallQuestion } from './install.js';
import { lazyDrain } from './sending.js';
import { showKept } from './kept.js';
import { rememberOfficer } from './who.js';
import { sendAtEveryChance } from '../../service-worker/chances.js';
import { Stores } from '../../service-worker/stores.js';
import { readSyncState } from '../../service-worker/sync-state.js';
import { browserTools } from '../../service-worker/tools.js';

const { officer } = document.body.dataset;
showKept(document.body);
if (officer) start(officer);

/** @param {string} officer */
function start(officer) {
  rememberOfficer(localStorage, officer);
  const stores = new Stores();
  const question = new InstallQuestion(window);
  let signIn = false;
  const waiting = () => readSyncState(stores, officer, { signIn });
  const show = async () => {
    const now = await waiting();
    markWaiting(localStorage, officer, now.waiting + now.attention);
    showChip(document, now, navigator.onLine);
  };
  document.addEventListener('drained', (event) => {
    const { state } = /** @type {CustomEvent} */ (event).detail;
    const before = signIn;
    signIn = state === 'sign_in';
    document.body.toggleAttribute('data-shut', signIn);
    void show();
    if (signIn !== before) void atTheDoor(stores, officer, signIn, waiting);
  });
  // the worker has asked already: this page is a copy because the session has ended
  if (document.body.dataset.signedOut !== undefined) void atTheDoor(stores, officer, true, waiting, 'signed_out');
  document.addEventListener('outbox', () => void show());
  for (const type of ['online', 'offline']) window.addEventListener(type, () => void show());
  const send = sendAtEveryChance(lazyDrain(stores, officer, browserTools(), { events: document, waiting }));
  document.addEventListener('submitted', (event) => {
    void show();
    void send(/** @type {CustomEvent} */ (event).detail?.eager ?? true);
  });
  void show();
  whenLoaded(async () => {
    const lost = await lookAtCanary(stores, officer, { memory: localStorage, cookies: document.cookie, now: () => new Date() });
    if (lost) await tellLoss(stores, lost);
    await showSpace();
    await tellLeftArrivals(stores, officer).catch((error) => console.error(error)); // the next page tries again
    const { prepareOffline } = await import('./offline.js');
    await prepareOffline(stores, officer, question);
  });
}

/**
 * To the officer here, and at once to the office.
 * @param {Stores} stores
 * @param {import('../../service-worker/lost.js').Lost} lost
 */
async function tellLoss(stores, lost) {
  const place = document.querySelector('[data-phone]');
  const { showLost } = await import('./lost.js');
  if (place && !lost.seen) showLost(place, stores, lost);
  if (!lost.told) document.dispatchEvent(new Event('submitted'));
}

/**
 * Arrivals whose page was left before it had told the office.
 * @param {Stores} stores
 * @param {string} officer
 */
async function tellLeftArrivals(stores, officer) {
  if (document.querySelector('form.steps')) return; // it has enough to load, and tells its own
  const { listDrafts, owesArrival } = await import('../../service-worker/drafts.js');
  if (!(await listDrafts(stores, officer)).some(owesArrival)) return;
  const { submitLeftCheckIns } = await import('../../service-worker/check-in.js');
  const count = await submitLeftCheckIns(stores, officer, document.body.dataset.app ?? '', browserTools());
  if (count) document.dispatchEvent(new Event('submitted'));
}

/** Today and the outbox say so when the phone is almost full. */
async function showSpace() {
  const place = document.querySelector('[data-phone]');
  const { readSpace, showSpaceNotice } = await import('./space.js');
  if (place) showSpaceNotice(place, await readSpace(navigator.storage));
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {boolean} shut whether the office asked to sign in
 * @param {() => Promise<import('../../service-worker/sync-state.js').SyncState>} counts
 * @param {import('./door.js').Door | null} [known]
 */
async function atTheDoor(stores, officer, shut, counts, known) {
  const { checkDoor, hideDoor, showDoor } = await import('./door.js');
  const door = shut ? (known ?? (await checkDoor(stores, officer))) : null;
  const { waiting, attention } = await counts();
  if (door) showDoor(document.body, door, waiting + attention);
  else if (!shut) hideDoor(document.body);
}

/**
 * What makes the phone ready for places without signal waits until the page itself is there.
 * @param {() => Promise<void>} work
 */
function whenLoaded(work) {
  const begin = () => void work().catch((error) => console.error(error));
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
}
