/** A phone whose browser has cleared its database knows it, says it, and tells the office. */

import { lookAtCanary, markWaiting } from '/static/js/canary.js';
import { lazyDrain } from '/static/js/sending.js';
import { noteLost, readLost } from '/service-worker/lost.js';
import { readSyncState } from '/service-worker/sync-state.js';
import { Phone, randomBytes } from '/tests/js/harness/phone.js';

function memoryOf(entries = []) {
  const kept = new Map(entries);
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const look = (phone, memory, cookies = '') => lookAtCanary(phone.stores, phone.officer, { memory, cookies, now: phone.tools.now });

async function emptied(t, count, officer) {
  const phone = await Phone.open(t);
  if (officer) phone.officer = officer;
  const memory = memoryOf();
  await look(phone, memory);
  markWaiting(memory, phone.officer, count);
  phone.stores = t.stores(); // the browser has cleared it: a new and empty one
  return { phone, memory };
}

export const tests = {
  'a new phone, and one in order, have lost nothing': async (t) => {
    const phone = await Phone.open(t);
    const memory = memoryOf();
    t.equal([await look(phone, memory), await look(phone, memory), memory.kept.size], [undefined, undefined, 1]);
  },

  'a phone from before there was a canary has lost nothing, whatever its cookie says': async (t) => {
    const phone = await Phone.open(t);
    await phone.submit('note');
    t.equal(await look(phone, memoryOf(), 'fieldapp-phone=1'), undefined);
  },

  'an emptied database beside a mark is a loss, with what had waited': async (t) => {
    const { phone, memory } = await emptied(t, 3);
    const lost = await look(phone, memory);
    t.equal(lost, { at: new Date(phone.clock).toISOString(), count: 3, told: false, seen: false });
    t.equal(await look(phone, memory), lost, 'it is found once');
  },

  'where localStorage is gone too, the cookie of the office tells, without numbers': async (t) => {
    const phone = await Phone.open(t);
    t.equal((await look(phone, memoryOf(), 'a=b; fieldapp-phone=1')).count, null);
  },

  'what waited for another officer is not this one’s': async (t) => {
    const { phone, memory } = await emptied(t, 3);
    phone.officer = crypto.randomUUID();
    t.equal((await look(phone, memory)).count, null);
  },

  'cleared localStorage alone is no loss': async (t) => {
    const phone = await Phone.open(t);
    await look(phone, memoryOf());
    t.equal(await look(phone, memoryOf(), 'fieldapp-phone=1'), undefined);
  },

  'localStorage that takes nothing stops nobody': async (t) => {
    const phone = await Phone.open(t);
    const full = { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    t.equal(await look(phone, full), undefined);
  },

  'the office is told once, at the next chance, although nothing waits': async (t) => {
    const { phone, memory } = await emptied(t, 3);
    const lost = await look(phone, memory);
    const send = lazyDrain(phone.stores, phone.officer, phone.tools, {
      events: new EventTarget(), waiting: () => readSyncState(phone.stores, phone.officer),
    });
    phone.office.fail('/sync', 'no_network');
    for (let round = 0; round < 3; round += 1) await send({ eager: false, unattended: false });
    const told = phone.office.reports().map(({ waiting }) => waiting.lost);
    t.equal(told, [{ at: lost.at, count: 3 }, { at: lost.at, count: 3 }]);
    t.equal((await readLost(phone.stores)).told, true);
    await noteLost(phone.stores, { seen: true });
    t.equal(await readLost(phone.stores), undefined);
  },

  'it goes with the next visit, and stays on the screen until the officer has seen it': async (t) => {
    const { phone, memory } = await emptied(t, 0);
    await look(phone, memory);
    await phone.visit({ photos: [randomBytes(50)] });
    await phone.drain();
    t.equal(JSON.parse(phone.office.sent('/sync')[0].body).waiting.lost.count, 0);
    t.equal(phone.office.reports().map(({ waiting }) => waiting.lost), [undefined]);
    t.equal((await look(phone, memory)).seen, false);
  },
};
