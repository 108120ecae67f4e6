/** Photos on Wi-Fi only: facts and previews go, originals wait for a network that the phone names, or for the officer. */

import { sendAtEveryChance } from '/service-worker/chances.js';
import { WIFI_ONLY, photoWay, sendOverAnyNetwork } from '/service-worker/photo-network.js';
import { writeSetting } from '/service-worker/settings.js';
import { readSyncState, syncState } from '/service-worker/sync-state.js';
import { outboxItems } from '/static/js/outbox/items.js';
import { readPhone } from '/static/js/outbox/phone.js';
import { Phone, randomBytes } from '/tests/js/harness/phone.js';

async function choosyPhone(t, connection) {
  const phone = await Phone.open(t, { connection });
  await writeSetting(phone.stores, WIFI_ONLY, true);
  return phone;
}

const chip = async (phone) => (await readSyncState(phone.stores, phone.officer, { connection: phone.tools.connection })).text;

export const tests = {
  'what a phone says of its network decides, and what it does not say is not guessed': async (t) => {
    const way = (type) => photoWay(true, type && { type });
    t.equal(['wifi', 'ethernet'].map(way), ['go', 'go']);
    t.equal(['cellular', 'bluetooth', 'wimax', 'none'].map(way), Array(4).fill('not_wifi'));
    t.equal(['other', 'unknown', 'mixed', '', undefined].map(way), Array(5).fill('unknown'));
    t.equal(photoWay(true, {}), 'unknown', 'Chrome on a computer');
    t.equal([undefined, { type: 'cellular' }].map((connection) => photoWay(false, connection)), ['go', 'go']);
  },

  'without Wi-Fi the facts go at once and the photo waits, without asking the office again and again': async (t) => {
    for (const connection of [{ type: 'cellular' }, undefined]) {
      const phone = await choosyPhone(t, connection);
      const row = await phone.visit({ photos: [randomBytes(100)] });
      const summary = await phone.drain({ eager: true });
      t.equal([summary.state, summary.received, summary.photos, summary.retry_at], ['done', 1, 0, null]);
      t.equal(await phone.left(), { outbox: [], photos: row.photos });
      t.equal(phone.office.sent('/evidence/uploads'), []);
      const asked = phone.office.requests.length;
      await phone.drain({ eager: true });
      t.equal(phone.office.requests.length, asked);
    }
  },

  'on Wi-Fi it goes by itself': async (t) => {
    const connection = { type: 'cellular' };
    const phone = await choosyPhone(t, connection);
    await phone.visit({ photos: [randomBytes(100)] });
    await phone.drain();
    connection.type = 'wifi';
    t.equal((await phone.drain()).photos, 1);
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'a phone that leaves the Wi-Fi between two photos keeps the second': async (t) => {
    const connection = { type: 'wifi' };
    const phone = await choosyPhone(t, connection);
    const row = await phone.visit({ photos: [randomBytes(10), randomBytes(20)] });
    const { fetch } = phone.tools;
    phone.tools.fetch = (path, init) => {
      if (String(path).startsWith('/receipts')) connection.type = 'cellular';
      return fetch(path, init);
    };
    const summary = await phone.drain();
    t.equal([summary.photos, summary.retry_at], [1, null]);
    t.equal((await phone.left()).photos, [row.photos[1]]);
  },

  'sent now by the officer, what is there goes over any network, after an interruption too; what comes later waits': async (t) => {
    const phone = await choosyPhone(t, { type: 'cellular' });
    await phone.visit({ photos: [randomBytes(600_000)] });
    await phone.drain();
    await sendOverAnyNetwork(phone.stores, phone.officer);
    phone.office.fail('/evidence/uploads', null, null, 'no_network');
    const broken = await phone.drain({ eager: true });
    t.equal(broken.state, 'offline');
    t.ok(broken.retry_at, 'it is tried again');
    const later = await phone.visit({ photos: [randomBytes(10)] });
    phone.clock = Date.parse(broken.retry_at);
    const summary = await phone.drain();
    t.equal([summary.photos, summary.retry_at], [1, null]);
    t.equal((await phone.left()).photos, later.photos);
  },

  'nobody sends another officer’s photos over any network': async (t) => {
    const phone = await choosyPhone(t, { type: 'cellular' });
    await phone.visit({ photos: [randomBytes(10)] });
    await sendOverAnyNetwork(phone.stores, 'other');
    t.equal((await phone.drain()).photos, 0);
  },

  'a preview goes where its original waits': async (t) => {
    const phone = await Phone.open(t, { connection: { type: 'cellular' }, shrink: async () => new Blob([new Uint8Array([255, 216])]) });
    await writeSetting(phone.stores, WIFI_ONLY, true);
    await phone.visit({ photos: [randomBytes(100_000)] });
    await phone.drain();
    t.equal(phone.office.sent('/evidence/previews').length, 1);
    t.equal(phone.office.sent('/evidence/uploads'), []);
  },

  'a failed preview is tried again though its original waits': async (t) => {
    const phone = await Phone.open(t, { connection: { type: 'cellular' }, shrink: async () => new Blob([new Uint8Array([255, 216])]) });
    await writeSetting(phone.stores, WIFI_ONLY, true);
    await phone.visit({ photos: [randomBytes(100_000)] });
    phone.office.fail('/evidence/previews', 'no_network');
    const { retry_at } = await phone.drain();
    t.ok(retry_at, 'the preview waits for the network');
    phone.clock = Date.parse(retry_at);
    t.equal((await phone.drain()).retry_at, null);
    t.equal(phone.office.sent('/evidence/previews').length, 2);
  },

  'taking the choice back sends them': async (t) => {
    const phone = await choosyPhone(t, undefined);
    await phone.visit({ photos: [randomBytes(10)] });
    await phone.drain();
    await writeSetting(phone.stores, WIFI_ONLY, undefined);
    t.equal((await phone.drain()).photos, 1);
  },

  'the chip says when all that is left waits for Wi-Fi': async (t) => {
    const phone = await choosyPhone(t, { type: 'cellular' });
    await phone.visit({ photos: [randomBytes(10), randomBytes(20)] });
    t.equal(await chip(phone), '1 waiting', 'its facts can go');
    await phone.drain();
    t.equal(await chip(phone), '1 for Wi-Fi');
    await phone.submit('note');
    t.equal(await chip(phone), '2 waiting');
    await phone.drain();
    await sendOverAnyNetwork(phone.stores, phone.officer);
    t.equal(await chip(phone), '1 waiting');
    await phone.drain();
    t.equal(await chip(phone), 'All sent');
    t.equal(syncState({ waiting: 2, held: 2, attention: 1, signIn: false }).text, '1 needs you');
    t.equal(syncState({ waiting: 2, held: 2, attention: 0, signIn: true }).text, 'Sign in to send');
  },

  'the outbox says what they wait for, and offers no try that would not help': async (t) => {
    for (const [connection, words] of [[{ type: 'cellular' }, 'Waits for Wi-Fi.'], [undefined, 'Waits until you tap Send photos now.']]) {
      const phone = await choosyPhone(t, connection);
      await phone.visit({ photos: [randomBytes(10), randomBytes(20)] });
      await phone.drain();
      const item = async () => outboxItems(await readPhone(phone.stores, phone.officer, phone.tools), false)[0];
      const { reason, held, failed, next_try_at } = await item();
      t.equal([reason, held, failed, next_try_at], [words, 30, false, null]);
      await sendOverAnyNetwork(phone.stores, phone.officer);
      t.equal([(await item()).reason, (await item()).held], [null, 0]);
    }
  },

  'a change of the network is a chance to send that nobody caused': async (t) => {
    const connection = new EventTarget();
    const drains = [];
    const drain = async (options) => drains.push(options) && { retry_at: null };
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    sendAtEveryChance(drain, { window: new EventTarget(), document, connection });
    connection.dispatchEvent(new Event('change'));
    t.equal(drains[1], { eager: true, unattended: true });
  },
};
