/** "I'm here" reaches the office once, with the moment of the tap, also when the visit's page was left too early. */

import { submitLeftCheckIns } from '/service-worker/check-in.js';
import { holdDraft, loadDraft } from '/service-worker/drafts.js';
import { readJws } from '/service-worker/jws.js';
import { positionOfArrival } from '/static/js/visit/arrival.js';
import { APP, Phone, POSITION } from '/tests/js/harness/phone.js';

const ARRIVED = '2026-11-19T18:50:00.000Z';

function begun(phone, values = {}) {
  return phone.draft({ body: { arrived_at: ARRIVED, check_in: crypto.randomUUID(), position: null }, ...values });
}

function left(phone) {
  return submitLeftCheckIns(phone.stores, phone.officer, APP, phone.tools);
}

async function payloads(phone) {
  return (await phone.rows('outbox')).map(({ jws }) => readJws(jws).payload);
}

/** Runs the work in a browser that finds this position at once. */
async function withGeolocation(coords, work) {
  const real = Object.getOwnPropertyDescriptor(Navigator.prototype, 'geolocation');
  const found = { getCurrentPosition: (take) => take({ coords }) };
  Object.defineProperty(Navigator.prototype, 'geolocation', { configurable: true, get: () => found });
  try {
    return await work();
  } finally {
    Object.defineProperty(Navigator.prototype, 'geolocation', real);
  }
}

export const tests = {
  'an arrival whose page was left is told by the next page: as of the tap, and without a position': async (t) => {
    const phone = await Phone.open(t);
    const draft = await begun(phone);
    phone.pass(3600);
    t.equal(await left(phone), 1);
    const [{ id, kind, made_at, body }] = await payloads(phone);
    t.equal([id, kind, made_at], [draft.body.check_in, 'check_in', '2026-11-19T19:52:31.412Z']);
    const { supervisee, stop, address } = draft;
    const position = { state: 'unavailable', lat: null, lon: null, accuracy_m: null, taken_at: made_at };
    t.equal(body, { supervisee, stop, address, arrived_at: ARRIVED, position });
    t.equal((await loadDraft(phone.stores, draft.id, phone.officer)).body, { ...draft.body, checked_in: true }, 'its own position is still to come');
  },

  'an arrival whose position had been found is told with it': async (t) => {
    const phone = await Phone.open(t);
    await begun(phone, { body: { arrived_at: ARRIVED, check_in: crypto.randomUUID(), position: POSITION } });
    await left(phone);
    t.equal((await payloads(phone))[0].body.position, POSITION);
  },

  'a visit that is open in a tab tells its arrival itself': async (t) => {
    const phone = await Phone.open(t);
    const { supervisee, place } = await begun(phone);
    const release = await holdDraft(`${supervisee}-${place}`, phone.tools);
    t.equal([await left(phone), await phone.rows('outbox')], [0, []]);
    release();
    t.equal(await left(phone), 1);
  },

  'an arrival is told once, whichever pages open': async (t) => {
    const phone = await Phone.open(t);
    await begun(phone);
    t.equal((await Promise.all([left(phone), left(phone)])).sort(), [0, 1]);
    t.equal(await left(phone), 0);
    await phone.drainAll();
    t.equal([await left(phone), await phone.rows('outbox')], [0, []]);
  },

  'an arrival that the office has is not signed again, though its draft does not know': async (t) => {
    const phone = await Phone.open(t);
    const draft = await begun(phone);
    await left(phone);
    await phone.drainAll();
    await phone.stores.write(['drafts'], (transaction) => transaction.objectStore('drafts').put(draft));
    await left(phone);
    t.equal(await phone.rows('outbox'), []);
    t.equal((await loadDraft(phone.stores, draft.id, phone.officer)).body.checked_in, true);
  },

  'what another officer began on this phone stays theirs': async (t) => {
    const phone = await Phone.open(t);
    await begun(phone, { officer: crypto.randomUUID() });
    t.equal([await left(phone), await phone.rows('outbox')], [0, []]);
  },

  'when the disk refuses the row, the draft does not say that it was told': async (t) => {
    const phone = await Phone.open(t);
    const draft = await begun(phone);
    const { stores } = phone;
    const write = stores.write.bind(stores);
    stores.write = (names, work) =>
      write(names, async (transaction) => {
        const answer = await work(transaction);
        if (names.includes('outbox')) throw new DOMException('The disk is full.', 'QuotaExceededError');
        return answer;
      });
    await t.rejects(left(phone), 'QuotaExceededError');
    t.equal([(await loadDraft(stores, draft.id, phone.officer)).body, await phone.rows('outbox')], [draft.body, []]);
    stores.write = write;
    t.equal(await left(phone), 1);
  },

  'a position that comes hours after it was asked for is not taken': async (t) => {
    const times = ['2026-11-19T18:50:01.000Z', '2026-11-19T21:50:00.000Z', '2026-11-19T21:50:00.000Z'];
    const answers = await withGeolocation({ latitude: 1, longitude: 2, accuracy: 8 }, () =>
      positionOfArrival({ body: { arrived_at: ARRIVED }, page: { poor_beyond_m: 100 }, tools: { now: () => new Date(times.shift()) } }),
    );
    t.equal([answers.state, answers.lat, times], ['unavailable', null, []]);
  },

  'a position is sought for half an hour after the arrival, and not later, when it may be that of a home': async (t) => {
    const states = [];
    for (const minutes of [0, 29, 31]) {
      const tools = { now: () => new Date(Date.parse(ARRIVED) + minutes * 60_000) };
      const { state } = await withGeolocation({ latitude: 1, longitude: 2, accuracy: 8 }, () =>
        positionOfArrival({ body: { arrived_at: ARRIVED }, page: { poor_beyond_m: 100 }, tools }),
      );
      states.push(state);
    }
    t.equal(states, ['fix', 'fix', 'unavailable']);
  },
};
