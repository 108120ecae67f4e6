/** Page module of the outbox: what is on this phone, from the phone's own stores, as it changes. */

import { draftLine, rowLine } from './outbox/lines.js';
import { find } from './element.js';
import { mayBeCleared } from './keeping.js';
import { clockTime, count, sizeWords } from './words.js';
import { listDrafts } from '/service-worker/drafts.js';
import { listOutbox, tryAgain } from '/service-worker/outbox.js';
import { listSubmittedPhotos } from '/service-worker/photos.js';
import { Stores } from '/service-worker/stores.js';

/** @typedef {import('./outbox/lines.js').Item} Item */

const { officer } = document.body.dataset;
if (officer) start(officer);

/** @param {string} officer */
function start(officer) {
  const root = find(document, '[data-outbox]');
  const stores = new Stores();
  const show = () => void showAll(root, stores, officer);
  for (const type of ['outbox', 'drained']) document.addEventListener(type, show);
  document.addEventListener('drained', (event) => showLast(root, /** @type {CustomEvent} */ (event).detail.state));
  find(root, '[data-send-now]').addEventListener('click', () => document.dispatchEvent(new Event('submitted')));
  find(root, '[data-try-again]').addEventListener('click', async () => {
    await tryAgain(stores, officer);
    document.dispatchEvent(new Event('submitted'));
    show();
  });
  show();
}

/**
 * @param {HTMLElement} root
 * @param {Stores} stores
 * @param {string} officer
 */
async function showAll(root, stores, officer) {
  const manner = JSON.parse(root.dataset.manner ?? '{}');
  const items = itemsOf(await listOutbox(stores, officer), await listSubmittedPhotos(stores, officer));
  const drafts = await listDrafts(stores, officer);
  const attention = items.filter(({ state }) => state === 'needs_attention');
  const waiting = items.filter(({ state }) => state !== 'needs_attention');
  showList(root, 'attention', attention.map((item) => rowLine(item, manner)), count(attention.length, 'item'));
  const bytes = waiting.reduce((sum, item) => sum + item.bytes, 0);
  showList(root, 'waiting', waiting.map((item) => rowLine(item, manner)), `${count(waiting.length, 'item')}, ${sizeWords(bytes)}`);
  showList(root, 'drafts', drafts.map((draft) => draftLine(draft, manner)), count(drafts.length, 'visit'));
  find(root, '[data-none]').toggleAttribute('hidden', items.length + drafts.length > 0);
  const lead = items.length ? `${items.length} on this phone, not yet with the office` : 'Nothing waits to be sent';
  find(root, '[data-lead]').textContent = lead;
  find(root, '[data-may-clear]').hidden = !(await mayBeCleared(navigator.storage, localStorage));
  await showSpace(root);
}

/**
 * Submissions, each with its photos; the photos of a visit whose facts are with the office stand for themselves.
 * @param {import('/service-worker/outbox.js').OutboxRow[]} rows
 * @param {import('/service-worker/photos.js').Photo[]} photos
 * @returns {Item[]}
 */
function itemsOf(rows, photos) {
  const named = new Set(rows.map(({ id }) => id));
  const visits = rows.map((row) => ({ ...row, photos: photos.filter(({ visit }) => visit === row.id).length }));
  const alone = photos.filter(({ visit }) => !named.has(visit));
  const pictures = alone.map((photo) => ({ ...photo, kind: 'photo', title: photo.caption || 'Photo', made_at: photo.taken_at, photos: 0 }));
  return [...visits, ...pictures];
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {HTMLElement[]} lines
 * @param {string} sum
 */
function showList(root, name, lines, sum) {
  const block = find(root, `[data-list="${name}"]`);
  block.toggleAttribute('hidden', lines.length === 0);
  find(block, '[data-sum]').textContent = sum;
  find(block, 'ul').replaceChildren(...lines);
}

/**
 * @param {HTMLElement} root
 * @param {string} state of the drain that ended now
 */
function showLast(root, state) {
  const manner = JSON.parse(root.dataset.manner ?? '{}');
  const line = find(root, '[data-last]');
  line.hidden = false;
  line.textContent = `${LAST[state] ?? LAST.done} ${clockTime(new Date(), manner)}`;
}

const LAST = /** @type {Record<string, string>} */ ({
  done: 'Last reached the office',
  sign_in: 'The office asks you to sign in,',
  hold: 'The office asked to wait,',
  trouble: 'The office answered with an error,',
  offline: 'The office could not be reached,',
});

/** @param {HTMLElement} root */
async function showSpace(root) {
  /** @type {StorageEstimate} */
  const estimate = (await navigator.storage?.estimate().catch(() => null)) ?? {};
  const { quota = 0, usage = 0 } = estimate;
  const block = find(root, '[data-space]');
  block.toggleAttribute('hidden', quota === 0);
  const meter = /** @type {HTMLMeterElement} */ (find(block, 'meter'));
  meter.max = quota || 1;
  meter.value = usage;
  find(block, '[data-free]').textContent = `${sizeWords(Math.max(0, quota - usage))} free`;
  find(block, '[data-used]').textContent = `fieldapp uses ${sizeWords(usage)}.`;
}
