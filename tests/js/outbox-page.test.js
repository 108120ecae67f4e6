/** What the outbox page makes of the phone's rows: items, their words, and lists that keep the focus. */

import { outboxItems, receivedToday } from '/static/js/outbox/items.js';
import { draftLine, rowLine } from '/static/js/outbox/lines.js';
import { showList } from '/static/js/outbox/list.js';
import { readPhone } from '/static/js/outbox/phone.js';
import { tryAgain } from '/service-worker/outbox.js';
import { Phone, randomBytes } from '/tests/js/harness/phone.js';

const MANNER = { zone: 'UTC', clock: 24, unit: 'mi' };

document.body.dataset.icons = ''; // no file of shapes here
const items = async (phone, busy = false) => outboxItems(await readPhone(phone.stores, phone.officer, phone.tools), busy);
const words = (item, phone) => rowLine(item, MANNER, new Date(phone.clock)).textContent;

export const tests = {
  'a visit and its photos are one item until the facts are there, then the photos are one': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [randomBytes(300_000), randomBytes(600_000), randomBytes(900_000)] });
    const [before] = await items(phone);
    t.equal([before.kind, before.photos], ['visit', 3]);
    t.ok(before.bytes > 1_800_000, 'its photos count');
    phone.office.fail('/evidence/uploads', ...Array(4).fill(null), 'no_network'); // the second photo stops after a part
    await phone.drain();
    const [after, ...others] = await items(phone);
    t.equal(others, []);
    t.equal([after.kind, after.title, after.photos, after.received, after.sent], ['photos', 'Marcus Bell', 2, 1, 300_000]);
    phone.office.fail('/evidence/uploads', null, null, 'no_network');
    await phone.drain({ eager: true });
    const [half] = await items(phone);
    t.equal(half.sent, 300_000 + 262_144);
    const said = words(half, phone);
    t.ok(said.startsWith('On this phone, paused at 31 %Marcus Bell, 3 photos'), said);
    t.ok(said.includes('1 received, 562 KB of 1.8 MB, taken 18:52, now'), said);
  },

  'nothing is called sending when no drain runs': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    await phone.stores.write(['outbox'], (transaction) => transaction.objectStore('outbox').put({ ...row, state: 'sending' }));
    t.equal((await items(phone, true)).map(({ state }) => state), ['sending']);
    t.equal((await items(phone, false)).map(({ state }) => state), ['waiting']);
  },

  'each item says why it waits, until when, how large and how old it is': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    t.ok(/^On this phoneMarcus Bell, visit\d+ B, made 18:52, now$/.test(words((await items(phone))[0], phone)));
    phone.office.fail('/sync', 'error_502');
    await phone.drain();
    phone.pass(7 * 60);
    const failed = words((await items(phone))[0], phone);
    t.ok(failed.includes('The office answered with error 502.'), failed);
    t.ok(failed.includes('made 18:52, 7 min ago'), failed);
    t.ok(failed.endsWith('Try now'), failed);
    phone.office.fail('/sync', 'hold');
    await phone.drain();
    const held = words((await items(phone))[0], phone);
    t.ok(held.includes('The office asked to wait until 19:01.'), held);
    t.ok(!held.includes('Try now'), 'the office asked to be left alone');
  },

  'tried again alone, one refused item goes and the other stays': async (t) => {
    const phone = await Phone.open(t);
    const [one, other] = [await phone.visit(), await phone.visit()];
    for (const { id } of [one, other]) phone.office.verdicts.set(id, { state: 'refused', reason: 'This phone is not known.' });
    await phone.drain();
    phone.office.verdicts.clear();
    t.ok(words((await items(phone))[0], phone).endsWith('The other items go on without it.Try again'));
    await tryAgain(phone.stores, phone.officer, [one.id]);
    await phone.drain();
    t.equal((await phone.left()).outbox, [other.id]);
  },

  'tried again alone, a waiting item goes before its back-off is over, as it was signed': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    phone.office.fail('/sync', 'no_network');
    await phone.drain();
    t.equal((await phone.drain()).received, 0);
    await tryAgain(phone.stores, phone.officer, [row.id]);
    t.equal((await phone.drain()).received, 1);
    t.equal(phone.office.submissions.get(row.id).sha256, row.sha256);
  },

  'nobody can have another officer’s item tried again': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.submit('note', { officer: 'other' });
    await phone.stores.write(['outbox'], (transaction) => transaction.objectStore('outbox').put({ ...row, state: 'needs_attention' }));
    await tryAgain(phone.stores, phone.officer, [row.id]);
    t.equal((await phone.rows('outbox'))[0].state, 'needs_attention');
    const { rows, others } = await readPhone(phone.stores, phone.officer, phone.tools);
    t.equal([rows, others], [[], true]);
    t.equal((await readPhone(phone.stores, 'other', phone.tools)).others, false);
  },

  'photos that need attention stand for themselves and name their person': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [randomBytes(10), randomBytes(20)] });
    phone.office.verdicts.set(row.photos[0], { state: 'refused', reason: 'This photo is too large.' });
    phone.office.fail('/evidence/uploads', null, 'no_network');
    await phone.drain();
    const listed = (await items(phone)).map(({ state, title, photos, reason }) => [state, title, photos, reason]);
    t.equal(listed[0], ['needs_attention', 'Marcus Bell', 1, 'This photo is too large.']);
    t.equal(listed[1].slice(0, 3), ['waiting', 'Marcus Bell', 1]);
  },

  'drafts say their size with their photos': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await phone.photo(draft, randomBytes(40_000));
    const { drafts, draftBytes, photos } = await readPhone(phone.stores, phone.officer, phone.tools);
    t.equal(photos, []);
    const said = draftLine(drafts[0], draftBytes.get(draft.id), MANNER, new Date(phone.clock)).textContent;
    t.ok(said.includes('Marcus Bell, draft of the visit40 KB, saved 18:52, now. Sent after you sign.'), said);
  },

  'received today: photos of a visit together, yesterday’s left out': async (t) => {
    const row = (id, visit, kind, received_at, title = '') => ({ id, visit, kind, title, received_at, sha256: id });
    const rows = [row('p', 'v', 'photo', '2'), row('q', 'v', 'photo', '2'), row('v', 'v', 'visit', '2', 'Bell'), row('n', 'n', 'note', '1', 'Roe')];
    const entries = receivedToday(rows, (at) => at === '2');
    t.equal(entries.map(({ title, kind, photos }) => [title, kind, photos]), [['Bell', 'photo', 2], ['Bell', 'visit', 0]]);
  },

  'a list changes only the lines that changed, and the focus stays on its button': async (t) => {
    const root = document.createElement('div');
    root.innerHTML = '<section data-list="a"><p data-sum></p><ul></ul></section>';
    document.body.append(root);
    t.after(() => root.remove());
    const line = (text) => Object.assign(document.createElement('li'), { innerHTML: `${text} <button>Try</button>` });
    showList(root, 'a', [line('one'), line('two')], '2');
    const [first, second] = root.querySelectorAll('li');
    second.querySelector('button').focus();
    showList(root, 'a', [line('one'), line('changed')], '2');
    t.ok(root.querySelector('li') === first, 'the first line is the same element');
    t.equal(document.activeElement.parentElement.textContent, 'changed Try');
    showList(root, 'a', [], '');
    t.equal([root.querySelectorAll('li').length, root.querySelector('section').hidden], [0, true]);
  },
};
