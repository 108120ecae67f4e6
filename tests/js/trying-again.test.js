/** When the outbox is tried again, and what goes with what: back-off, Retry-After, batches, the chances of a page. */

import { askOffice } from '/service-worker/ask.js';
import { nextTry, retryAfter } from '/service-worker/back-off.js';
import { sendAtEveryChance } from '/service-worker/chances.js';
import { readJws } from '/service-worker/jws.js';
import { deviceKey, forgetKey } from '/service-worker/keys.js';
import { nextBatch } from '/service-worker/order.js';
import { listOutbox, tryAgain } from '/service-worker/outbox.js';
import { signAgain } from '/service-worker/sign-again.js';
import { Phone } from '/tests/js/harness/phone.js';

export const tests = {
  'what a key signed that was signed off since goes with the new key, to the letter, when the officer asks for it': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [new Uint8Array([1])] });
    const other = await phone.submit('note', { officer: 'other' });
    phone.office.verdicts.set(row.id, { state: 'refused', reason: 'This phone was signed off.' });
    await phone.drain();
    await forgetKey(phone.stores, phone.officer);
    await signAgain(phone.stores, phone.officer, phone.tools);
    const [again] = await listOutbox(phone.stores, phone.officer);
    const [before, after] = [readJws(row.jws), readJws(again.jws)];
    t.equal(after.payload, { ...before.payload, again: { kid: before.header.kid, sha256: row.sha256 } });
    t.equal([again.id, again.made_at, again.photos], [row.id, row.made_at, row.photos]);
    t.ok(after.header.kid !== before.header.kid, 'it should be the new key');
    await signAgain(phone.stores, phone.officer, phone.tools);
    t.equal((await listOutbox(phone.stores, phone.officer))[0].jws, again.jws, 'once is enough');
    phone.office.verdicts.clear();
    await tryAgain(phone.stores, phone.officer);
    await phone.drain();
    t.equal(phone.office.submissions.get(row.id).sha256, again.sha256);
    t.equal(await phone.rows('outbox'), [other]);
    t.equal(await phone.rows('photos'), []);
  },

  'without a network a row waits longer after every try, and goes at once when the network is back': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    await deviceKey(phone.stores, phone.officer);
    const waits = [];
    phone.office.fail('/sync', ...Array(6).fill('no_network'));
    for (let count = 0; count < 6; count += 1) {
      const { state, retry_at } = await phone.drain();
      t.equal(state, 'offline');
      waits.push((Date.parse(retry_at) - phone.clock) / 1000);
      t.equal((await phone.drain()).state, 'done', 'before its time it is left alone');
      phone.clock = Date.parse(retry_at);
    }
    t.equal(waits, [3.75, 7.5, 15, 30, 60, 120]);
    phone.office.fail('/sync', 'no_network');
    await phone.drain();
    t.equal((await phone.drain({ eager: true })).received, 1);
    t.ok(phone.office.submissions.has(row.id), 'it should have arrived');
  },

  'after any success the rows that only waited for the network go too': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    phone.office.fail('/sync', 'no_network');
    await phone.drain();
    await phone.submit('note');
    t.equal((await phone.drain()).received, 2);
  },

  'Retry-After is honored, also by an eager drain and for what is submitted meanwhile': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    phone.office.fail('/sync', 'hold');
    const summary = await phone.drain();
    t.equal([summary.state, summary.retry_at], ['hold', new Date(phone.clock + 120_000).toISOString()]);
    phone.pass(100);
    await phone.submit('note');
    t.equal((await phone.drain({ eager: true })).state, 'hold');
    t.equal(phone.office.sent('/sync').length, 1);
    phone.pass(20);
    t.equal((await phone.drain()).received, 2);
  },

  'a submission the office chokes on does not hold up the others for long': async (t) => {
    const phone = await Phone.open(t);
    const rows = [await phone.visit(), await phone.visit(), await phone.visit()];
    const { fetch } = phone.tools;
    phone.tools.fetch = async (path, init) => {
      if (path === '/sync' && init.body.includes(rows[0].jws)) return new Response('Internal Server Error', { status: 500 });
      return fetch(path, init);
    };
    for (let round = 0; round < 5; round += 1) {
      const { retry_at } = await phone.drain();
      phone.clock = Date.parse(retry_at);
    }
    t.equal((await phone.left()).outbox, [rows[0].id]);
    t.equal(phone.office.submissions.size, 2);
    t.equal((await phone.rows('outbox'))[0].reason, 'The office answered with error 500.');
  },

  'a phone whose key the office does not take asks again only after a wait, and says why': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    phone.office.fail('/devices', 'error_400', 'error_400');
    const { state, retry_at } = await phone.drain();
    t.equal([state, Date.parse(retry_at) - phone.clock], ['trouble', 3750]);
    t.equal((await phone.rows('outbox'))[0].reason, 'This cannot be read.');
    t.equal(phone.office.sent('/sync'), []);
  },

  'after a failure nothing else is tried before the failed item’s time': async (t) => {
    const phone = await Phone.open(t);
    for (let count = 0; count < 25; count += 1) await phone.submit('note');
    await deviceKey(phone.stores, phone.officer);
    phone.office.fail('/sync', 'no_network');
    const { retry_at } = await phone.drain();
    t.equal(Date.parse(retry_at) - phone.clock, 3750, 'twenty were tried, five were not');
    phone.office.fail('/evidence/uploads', 'no_network');
    await phone.visit({ photos: [new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([3])] });
    const summary = await phone.drain();
    t.equal([summary.received, Date.parse(summary.retry_at) - phone.clock], [26, 3750]);
  },

  'an office that is down is not asked once for each of forty rows': async (t) => {
    const phone = await Phone.open(t);
    for (let count = 0; count < 40; count += 1) await phone.submit('note');
    phone.office.fail('/sync', ...Array(200).fill('error_502'));
    for (let round = 0; round < 6; round += 1) {
      const { state, retry_at } = await phone.drain();
      t.equal(state, 'trouble');
      phone.clock = Date.parse(retry_at);
    }
    t.ok(phone.office.sent('/sync').length <= 6 * 3, `${phone.office.sent('/sync').length} requests are too many`);
    t.equal((await phone.left()).outbox.length, 40);
    phone.office.faults = [];
    await phone.drainAll();
    t.equal(phone.office.submissions.size, 40);
  },

  'a batch stays small: twenty rows, a quarter of a megabyte, one at least': async (t) => {
    const row = (id, bytes) => ({ id, kind: 'note', made_at: id, bytes, tries: 0, errors: 0, state: 'waiting', next_try_at: null });
    const round = { now: new Date(), tried: new Set(), eager: false };
    const size = (rows) => nextBatch(rows, round).length;
    t.equal(size(Array.from({ length: 30 }, (_, index) => row(String(index + 10), 10))), 20);
    t.equal(size([row('a', 200_000), row('b', 62_144), row('c', 1)]), 2);
    t.equal(size([row('a', 900_000), row('b', 1)]), 1);
    t.equal(size([]), 0);
  },

  'what the office choked on goes alone and last, but duress is never made to wait': async (t) => {
    const row = (id, errors, kind = 'visit') => ({ id, kind, made_at: id, bytes: 9, errors, state: 'waiting', next_try_at: null });
    const rows = [row('a', 9), row('b', 3), row('c', 2), row('d', 0), row('e', 5, 'duress')];
    const tried = new Set();
    const batches = [];
    for (;;) {
      const batch = nextBatch(rows, { now: new Date(), tried, eager: false });
      if (batch.length === 0) break;
      batches.push(batch.map(({ id }) => id));
      batch.forEach(({ id }) => tried.add(id));
    }
    t.equal(batches, [['e'], ['c', 'd'], ['b'], ['a']]);
  },

  'a request that never ends is given up': async (t) => {
    const phone = await Phone.open(t);
    phone.office.fail('/sync', 'hang');
    t.equal((await askOffice('/sync', { json: {} }, phone.tools, 1)).state, 'offline');
  },

  'back-off doubles up to a quarter of an hour and is spread by chance': async (t) => {
    const now = () => new Date(0);
    const seconds = (tries, random) => nextTry(tries, { now, random: () => random }).getTime() / 1000;
    t.equal([seconds(1, 0), seconds(1, 1), seconds(4, 0), seconds(4, 1)], [2.5, 5, 20, 40]);
    t.equal([seconds(9, 1), seconds(500, 1), seconds(500, 0)], [900, 900, 450]);
  },

  'Retry-After is read as seconds or as a date, within an hour': async (t) => {
    const now = new Date('2026-11-19T18:00:00Z');
    const minutes = (value) => {
      const until = retryAfter(value, now);
      return until && (until - now) / 60_000;
    };
    t.equal([minutes('120'), minutes('Thu, 19 Nov 2026 18:05:00 GMT'), minutes('999999')], [2, 5, 60]);
    t.equal([minutes('Thu, 19 Nov 2026 17:00:00 GMT'), minutes('soon'), minutes(''), minutes(null)], [0, null, null, null]);
  },

  'a page sends at its start, when the network returns, when it is seen again, and when a wait is over': async (t) => {
    const [window, document] = [new EventTarget(), Object.assign(new EventTarget(), { visibilityState: 'visible' })];
    const [drains, timers, unattended] = [[], [], []];
    const drain = async (options) => {
      drains.push(options.eager);
      unattended.push(options.unattended);
      return { retry_at: drains.length === 1 ? '1970-01-01T00:00:05.000Z' : null };
    };
    const scope = { window, document, now: () => new Date(0), after: (work, ms) => timers.push([work, ms]), cancel: () => {} };
    const send = sendAtEveryChance(drain, scope);
    await send();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    t.equal(drains, [false, false, true, true]);
    t.equal(timers.map(([, ms]) => ms), [5000]);
    timers[0][0]();
    t.equal(drains.length, 5);
    t.equal(unattended, [false, false, true, false, true], 'the network and the timer are nobody’s doing');
  },

  'a drain that nobody caused says so with every request, and another does not': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    await phone.drain({ unattended: true });
    const said = () => new Set(phone.office.requests.splice(0).map(({ headers }) => headers.get('Fieldapp-Poll')));
    t.equal([...said()], ['1']);
    await phone.submit('note');
    await phone.drain();
    t.equal([...said()], [null]);
  },
};
