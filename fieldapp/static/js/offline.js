/** Makes the phone ready for places without signal: the worker, the day pack, and what Today and the outbox say of them. */

import { find, state } from './element.js';
import { useBackgroundSync } from './background-sync.js';
import { forgetOfficer } from './who.js';
import { buildLock, shellName } from '../../service-worker/cached.js';
import { renewChanged } from '../../service-worker/changed-pages.js';
import { erasePack, fillPack, packState, readPack } from '../../service-worker/day-pack.js';
import { asOfficer } from '../../service-worker/as-officer.js';
import { enrol, forgetKey, kidOf } from '../../service-worker/keys.js';
import { keepOfficeKeys } from '../../service-worker/office-keys.js';
import { forgetReceived } from '../../service-worker/received.js';
import { sendFor } from '../../service-worker/send-for.js';
import { browserTools } from '../../service-worker/tools.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */

const LONGEST_WAIT_MS = 3_600_000;
const LONGEST_UPDATE_MS = 10_000;
/** From signing out on, nothing is fetched for the day any more: it would come back onto the phone. */
const SIGNED_OUT = new AbortController();
/** @type {import('../../service-worker/day-pack.js').Tools} */
const TOOLS = { caches, fetch: (url, init) => fetch(url, { ...init, signal: SIGNED_OUT.signal }), now: () => new Date() };

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {import('./install.js').InstallQuestion} question
 */
export async function prepareOffline(stores, officer, question) {
  /** @type {Promise<unknown>} */
  let filling = Promise.resolve();
  eraseAtSignOut(stores, () => filling);
  await sendFor(stores, officer);
  await forgetReceived(stores, { now: new Date() });
  const keepKeys = () => void keepOfficeKeys(stores, browserTools()).catch((error) => console.error(error));
  keepKeys();
  window.addEventListener('online', keepKeys);
  const place = document.querySelector('[data-phone]');
  if (!document.querySelector('form.steps')) await layOver(stores, officer);
  const pack = await readPack(TOOLS);
  if (pack && pack.officer !== officer) await erasePack(caches);
  if (place) showPack(place, await packState(TOOLS));
  if (!('serviceWorker' in navigator)) return;
  const { build = '' } = document.body.dataset;
  void navigator.locks.request(buildLock(build), { mode: 'shared' }, () => new Promise(() => {}));
  const registration = await register();
  if (!registration) return;
  if (place) {
    const [{ offerUpdate }, { showInstall }] = await Promise.all([import('./update.js'), import('./install.js')]);
    offerUpdate(place, registration, stores);
    const outbox = document.querySelector('[data-outbox]');
    showInstall(find(document, '#main'), question, { always: Boolean(outbox), memory: localStorage });
  }
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('tidy');
  const show = async () => place && showPack(place, await packState(TOOLS));
  endInTime(show);
  const fill = () => {
    filling = fillAs(stores, officer, registration).then(show).catch((error) => console.error(error));
    return filling;
  };
  window.addEventListener('online', () => void fill());
  const renew = () => renewChanged(stores, officer, TOOLS).catch((error) => console.error(error));
  document.addEventListener('drained', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.received > 0) void renew();
  });
  await fill();
  await renew();
  await useBackgroundSync(stores, officer, build);
}

/**
 * What this phone knows of the stops on a page, and its forms that need the office; the page of a visit has neither.
 * @param {Stores} stores
 * @param {string} officer
 */
async function layOver(stores, officer) {
  const [{ showStopsOnPhone }, { guardForms }] = await Promise.all([import('./on-phone.js'), import('./needs-office.js')]);
  guardForms(document, browserTools());
  const show = () => showStopsOnPhone(document, stores, officer);
  for (const type of ['outbox', 'drained', 'stops']) document.addEventListener(type, () => void show());
  await show();
}

/**
 * Fills the pack as the phone that the office knows by its key, so that the office can end it.
 * @param {Stores} stores
 * @param {string} officer
 * @param {ServiceWorkerRegistration} registration
 */
async function fillAs(stores, officer, registration) {
  const tools = asOfficer(browserTools(), officer, true);
  // the browser looks for a new worker in its own time; the office's list knows that there is one
  const shellOf = async (/** @type {string} */ build) => {
    if (!(await caches.has(shellName(build)))) await fetchUpdate(registration);
  };
  await enrol(stores, officer, tools);
  const fill = async () => fillPack(officer, { ...TOOLS, shellOf }, (await kidOf(stores, officer)) ?? undefined);
  const { word } = await fill();
  if (word === 'signed_out') document.dispatchEvent(new CustomEvent('drained', { detail: { state: 'sign_in' } }));
  if (word !== 'signed_off') return;
  // the officer has signed in since: the phone goes on with a new key
  await forgetKey(stores, officer);
  await enrol(stores, officer, tools);
  await fill();
}

/**
 * The pack ends in its time also while a page is open: by the clock, and whenever the phone wakes up.
 * @param {() => Promise<unknown>} show
 */
function endInTime(show) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const look = async () => {
    const pack = await readPack(TOOLS); // erases it when its time is over
    clearTimeout(timer);
    if (pack) timer = setTimeout(() => void look(), Math.min(pack.until.getTime() - Date.now() + 1000, LONGEST_WAIT_MS));
    else await show();
  };
  document.addEventListener('visibilitychange', () => void look());
  void look();
}

/**
 * Resolves when the new worker has its shell, or has given up: pages of its build are kept only beside their shell. Chromium
 * at times never answers a page of the build before; the next page, which is of the new one, finds it then.
 * @param {ServiceWorkerRegistration} registration
 */
async function fetchUpdate(registration) {
  await Promise.race([registration.update().catch(() => {}), new Promise((resolve) => setTimeout(resolve, LONGEST_UPDATE_MS))]);
  const { installing } = registration;
  if (installing) await new Promise((resolve) => installing.addEventListener('statechange', resolve, { once: true }));
}

/** @returns {Promise<ServiceWorkerRegistration | undefined>} undefined when there is neither a network nor a worker */
async function register() {
  try {
    return await navigator.serviceWorker.register('/worker.js', { type: 'module', scope: '/', updateViaCache: 'none' });
  } catch {
    return navigator.serviceWorker.getRegistration();
  }
}

/**
 * Signing out takes the day's pages and the names of what was received off this phone, with a signal or without. Drafts
 * and outbox stay.
 * @param {Stores} stores
 * @param {() => Promise<unknown>} filling what is at work on the pack
 */
function eraseAtSignOut(stores, filling) {
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => {
    SIGNED_OUT.abort();
    forgetOfficer(localStorage);
    void erasePack(caches);
    void filling().then(() => erasePack(caches)); // what it had fetched already
    void forgetReceived(stores, { now: new Date(), all: true });
    void sendFor(stores, undefined);
  });
}

/**
 * @param {Element} place
 * @param {import('../../service-worker/day-pack.js').PackState} pack
 */
function showPack(place, { kept, total }) {
  const whole = total > 0 && kept === total;
  const words = total ? `Ready for no signal: ${kept} of ${total}` : 'Not ready for no signal yet';
  const line = state(whole ? 'ok' : 'wait', whole ? 's-ok' : 's-phone', words);
  line.setAttribute('data-pack', '');
  const before = place.querySelector('[data-pack]');
  if (before) before.replaceWith(line);
  else place.append(line);
}
