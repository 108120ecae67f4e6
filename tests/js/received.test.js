/** What the office has received: remembered for a day, with the names that waiting photos still need. */

import { forgetReceived, listReceived } from '/service-worker/received.js';
import { reachedAt, readSetting, writeSetting } from '/service-worker/settings.js';
import { Phone } from '/tests/js/harness/phone.js';

const kinds = async (phone) => (await listReceived(phone.stores, phone.officer)).map(({ kind }) => kind);

export const tests = {
  'what was let go is remembered with its hash and the receipt’s time': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [new Uint8Array([1, 2])] });
    const [{ id: photo, sha256 }] = await phone.rows('photos');
    await phone.drain();
    const [second, first] = (await listReceived(phone.stores, phone.officer)).sort((a, b) => (a.kind < b.kind ? 1 : -1)).reverse();
    t.equal([first.id, first.title, first.sha256, first.received_at], [row.id, 'Marcus Bell', row.sha256, '2026-11-19T18:53:00.00Z']);
    t.equal([second.id, second.kind, second.visit, second.sha256], [photo, 'photo', row.id, sha256]);
  },

  'nothing is remembered of what the office refused or did not answer': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    phone.office.verdicts.set(row.id, { state: 'refused', reason: 'No.' });
    await phone.visit();
    phone.office.fail('/sync', 'no_receipt');
    await phone.drain();
    t.equal(await kinds(phone), []);
  },

  'after a day it is forgotten': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    await phone.drain();
    const at = (hours) => ({ now: new Date(phone.clock + hours * 3_600_000) });
    await forgetReceived(phone.stores, at(23));
    t.equal((await kinds(phone)).length, 2);
    await forgetReceived(phone.stores, at(24));
    t.equal(await phone.rows('received'), []);
  },

  'the name stays as long as photos of the visit wait, and leaves after them': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    phone.office.fail('/evidence/uploads', 'no_network');
    await phone.drain();
    const later = { now: new Date(phone.clock + 72 * 3_600_000), all: true };
    await forgetReceived(phone.stores, later);
    t.equal(await kinds(phone), ['visit']);
    await phone.drain({ eager: true });
    await forgetReceived(phone.stores, later);
    t.equal(await phone.rows('received'), []);
  },

  'signing out forgets all of it at once, and nothing else': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    await phone.drain();
    const draft = await phone.draft();
    const row = await phone.visit();
    await forgetReceived(phone.stores, { now: new Date(phone.clock), all: true });
    t.equal(await phone.rows('received'), []);
    t.equal((await phone.rows('drafts')).map(({ id }) => id), [draft.id]);
    t.equal((await phone.left()).outbox, [row.id]);
  },

  'another officer’s list is their own': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    await phone.drain();
    t.equal(await listReceived(phone.stores, 'other'), []);
  },

  'the phone knows when the office last took something, and not when it did not': async (t) => {
    const phone = await Phone.open(t);
    const reached = () => readSetting(phone.stores, reachedAt(phone.officer));
    await phone.visit();
    phone.office.fail('/devices', 'no_network');
    await phone.drain();
    t.equal(await reached(), undefined);
    await phone.drain({ eager: true });
    t.equal(await reached(), new Date(phone.clock).toISOString());
    await writeSetting(phone.stores, reachedAt(phone.officer), undefined);
    t.equal((await phone.rows('settings')).filter(({ name }) => name === reachedAt(phone.officer)), []);
  },
};
