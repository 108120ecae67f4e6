/** Page module of the outbox: what is on this phone, from the phone's own stores, as it changes. */

import { outboxItems, receivedToday } from './outbox/items.js';
import { draftLine, receivedLine, rowLine, since } from './outbox/lines.js';
import { showList } from './outbox/list.js';
import { readPhone } from './outbox/phone.js';
import { offerRescue } from './outbox/rescue.js';
import { showSpace } from './outbox/space.js';
import { offerWifi, showWifi } from './outbox/wifi.js';
import { find } from './element.js';
import { mayBeCleared } from './keeping.js';
import { clockTime, count, sizeWords } from './words.js';
import { tryAgain } from '../../service-worker/outbox.js';
import { signAgain } from '../../service-worker/sign-again.js';
import { forgetReceived } from '../../service-worker/received.js';
import { Stores } from '../../service-worker/stores.js';
import { browserTools } from '../../service-worker/tools.js';

/** @typedef {import('./outbox/items.js').Item} Item */
/** @typedef {import('./outbox/phone.js').OnPhone} OnPhone */
/** @typedef {import('./words.js').Manner} Manner */

const AGES_MS = 30_000;
const { officer, app = '' } = document.body.dataset;
if (officer) start(officer);

/** @param {string} officer */
function start(officer) {
  const root = find(document, '[data-outbox]');
  const [stores, tools] = [new Stores(), browserTools()];
  /** @type {{state: string, at: Date} | null} */
  let last = null;
  const show = inTurn(async () => showAll(root, await readPhone(stores, officer, tools), last));
  const send = (/** @type {boolean} */ eager) => document.dispatchEvent(new CustomEvent('submitted', { detail: { eager } }));
  document.addEventListener('outbox', show);
  document.addEventListener('drained', (event) => {
    last = { state: /** @type {CustomEvent} */ (event).detail.state, at: new Date() };
    show();
  });
  find(root, '[data-send-now]').addEventListener('click', () => send(true));
  root.addEventListener('click', async (event) => {
    const ids = /** @type {Element} */ (event.target).closest('[data-retry]')?.getAttribute('data-retry');
    if (!ids) return;
    await signAgain(stores, officer);
    await tryAgain(stores, officer, ids.split(' '));
    send(false);
    show();
  });
  offerRescue(find(root, '[data-rescue]'), stores, { officer, app });
  offerWifi(root, stores, officer, () => {
    send(true);
    show();
  });
  setInterval(show, AGES_MS);
  show();
  void forgetReceived(stores, { now: new Date() });
}

/**
 * One run at a time; what is asked for during a run is done once after it.
 * @param {() => Promise<void>} work
 * @returns {() => void}
 */
function inTurn(work) {
  let [running, again] = [false, false];
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await work();
    } finally {
      running = false;
    }
    if (again) {
      again = false;
      void run();
    }
  };
  return () => void run();
}

/**
 * @param {HTMLElement} root
 * @param {OnPhone} phone
 * @param {{state: string, at: Date} | null} last drain
 */
async function showAll(root, phone, last) {
  /** @type {Manner} */
  const manner = JSON.parse(root.dataset.manner ?? '{}');
  const now = new Date();
  const items = outboxItems(phone, phone.busy);
  const attention = items.filter(({ state }) => state === 'needs_attention');
  const waiting = items.filter(({ state }) => state !== 'needs_attention');
  const lines = (/** @type {Item[]} */ some) => some.map((item) => rowLine(item, manner, now));
  const bytes = waiting.reduce((sum, item) => sum + item.bytes, 0);
  showList(root, 'attention', lines(attention), String(attention.length));
  showList(root, 'waiting', lines(waiting), `${count(waiting.length, 'item')}, ${sizeWords(bytes)}`);
  const drafts = phone.drafts.map((draft) => draftLine(draft, phone.draftBytes.get(draft.id) ?? 0, manner, now));
  showList(root, 'drafts', drafts, count(drafts.length, 'visit'));
  showReceived(root, phone, manner, now);
  showWifi(root, phone, waiting.reduce((sum, { held }) => sum + held, 0));
  const empty = items.length + drafts.length === 0;
  find(root, '[data-none]').hidden = !empty;
  find(root, '[data-rescue]').hidden = empty;
  find(root, '[data-others]').hidden = !phone.others;
  find(root, '[data-sign-in]').hidden = last?.state !== 'sign_in' || waiting.length === 0;
  const lead = items.length ? `${items.length} on this phone, not yet with the office` : 'Nothing waits to be sent';
  find(root, '[data-lead]').textContent = lead;
  showLast(root, phone.reached, last, manner, now);
  find(root, '[data-may-clear]').hidden = !(await mayBeCleared(navigator.storage, localStorage));
  await showSpace(root);
}

/**
 * @param {HTMLElement} root
 * @param {OnPhone} phone
 * @param {Manner} manner
 * @param {Date} now
 */
function showReceived(root, { received }, manner, now) {
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: manner.zone });
  const isToday = (/** @type {string} */ at) => day.format(new Date(at)) === day.format(now);
  const entries = receivedToday(received, isToday);
  showList(root, 'received', entries.map((entry) => receivedLine(entry, manner)), `Received today: ${entries.length}`);
}

/**
 * @param {HTMLElement} root
 * @param {string | undefined} reached when the office last took something
 * @param {{state: string, at: Date} | null} last drain
 * @param {Manner} manner
 * @param {Date} now
 */
function showLast(root, reached, last, manner, now) {
  const words = [reached ? `Last reached the office ${since(reached, manner, now)}.` : ''];
  if (last && FAILED[last.state]) words.push(`${FAILED[last.state]} at ${clockTime(last.at, manner)}.`);
  const line = find(root, '[data-last]');
  line.textContent = words.join(' ').trim();
  line.hidden = line.textContent === '';
}

const FAILED = /** @type {Record<string, string>} */ ({
  sign_in: 'The office asked to sign in',
  hold: 'The office asked to wait',
  trouble: 'The office answered with an error',
  offline: 'The office could not be reached',
});
