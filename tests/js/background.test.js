/** Background Sync: the worker sends for the officer who has not signed out, as nobody's doing, and never beside a page. */

import { sendInBackground } from '/service-worker/background.js';
import { officerToSendFor, sendFor } from '/service-worker/send-for.js';
import { askForSync } from '/static/js/background-sync.js';
import { Phone, randomBytes } from '/tests/js/harness/phone.js';

async function phoneOfOfficer(t) {
  const phone = await Phone.open(t);
  await sendFor(phone.stores, phone.officer);
  return phone;
}

const inBackground = (phone, tell = () => {}) => sendInBackground(phone.stores, phone.tools, tell);

export const tests = {
  'with no page open, submissions and photos go, and every request says that nobody is there': async (t) => {
    const phone = await phoneOfOfficer(t);
    await phone.visit({ photos: [randomBytes(300_000)] });
    const told = [];
    const summary = await inBackground(phone, (type, detail) => told.push([type, detail.state]));
    t.equal([summary.received, summary.photos], [1, 1]);
    t.equal(await phone.left(), { outbox: [], photos: [] });
    const said = new Set(phone.office.requests.map(({ headers }) => `${headers.get('Fieldapp-Officer')} ${headers.get('Fieldapp-Poll')}`));
    t.equal([...said], [`${phone.officer} 1`]);
    t.equal([told[0], told.at(-1)], [['outbox', 'sending'], ['drained', 'done']]);
  },

  'after signing out nothing is sent, and another officer’s items never': async (t) => {
    const phone = await phoneOfOfficer(t);
    const mine = await phone.submit('note');
    const theirs = await phone.submit('note', { officer: 'other' });
    await sendFor(phone.stores, undefined);
    t.equal(await inBackground(phone), null);
    t.equal(phone.office.requests, []);
    t.equal(await officerToSendFor(phone.stores), undefined);
    await sendFor(phone.stores, phone.officer);
    await inBackground(phone);
    t.equal([...phone.office.submissions.keys()], [mine.id]);
    t.equal((await phone.left()).outbox, [theirs.id]);
  },

  'a session that is over keeps everything and asks for no further try': async (t) => {
    const phone = await phoneOfOfficer(t);
    const row = await phone.submit('note');
    phone.office.fail('/devices', 'sign_in');
    t.equal((await inBackground(phone)).state, 'sign_in');
    t.equal((await phone.left()).outbox, [row.id]);
  },

  'what time may mend asks the browser for another try': async (t) => {
    for (const fault of ['no_network', 'error_502', 'hold', 'portal']) {
      const phone = await phoneOfOfficer(t);
      const row = await phone.submit('note');
      phone.office.fail('/devices', fault);
      await t.rejects(inBackground(phone), 'Error');
      t.equal((await phone.left()).outbox, [row.id], fault);
    }
  },

  'beside a page that sends, each item goes once': async (t) => {
    const phone = await phoneOfOfficer(t);
    for (let count = 0; count < 3; count += 1) await phone.visit();
    await Promise.all([phone.drain(), inBackground(phone), inBackground(phone)]);
    t.equal(phone.office.sent('/sync').length, 1);
    t.equal(phone.office.submissions.size, 3);
  },

  'each submission asks under a tag of its own, and a browser without it or without leave is no error': async (t) => {
    const tags = [];
    let count = 0;
    const sync = { register: async (tag) => tags.push(tag) };
    await askForSync({ sync }, () => String((count += 1)));
    await askForSync({ sync }, () => String((count += 1)));
    t.equal(tags, ['outbox-1', 'outbox-2']);
    await askForSync({}, () => '3');
    await askForSync({ sync: { register: async () => Promise.reject(new DOMException('', 'NotAllowedError')) } }, () => '4');
  },
};
