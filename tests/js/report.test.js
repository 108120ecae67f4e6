/** What the office knows of what is on the phone: what is left after each sync, and nothing when nothing is left. */

import { lazyDrain } from '/static/js/sending.js';
import { readSyncState } from '/service-worker/sync-state.js';
import { owesReport } from '/service-worker/told.js';
import { Phone, randomBytes } from '/tests/js/harness/phone.js';

const NOW = new Date('2026-11-19T18:52:31.412Z');
const ago = (minutes) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const counts = (office) => office.reports().map(({ waiting }) => waiting.count);

function page(phone) {
  const waiting = () => readSyncState(phone.stores, phone.officer);
  return lazyDrain(phone.stores, phone.officer, phone.tools, { events: new EventTarget(), waiting });
}

export const tests = {
  'a report is owed when the office believes something else, or has heard nothing for ten minutes': async (t) => {
    t.equal([owesReport(0, undefined, NOW), owesReport(2, undefined, NOW)], [false, true]);
    t.equal([owesReport(2, { count: 2, at: ago(9) }, NOW), owesReport(2, { count: 2, at: ago(10) }, NOW)], [false, true]);
    t.equal([owesReport(0, { count: 2, at: ago(0) }, NOW), owesReport(0, { count: 0, at: ago(99) }, NOW)], [true, false]);
  },

  'after the last photo the office hears that nothing is left': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [randomBytes(50), randomBytes(60)] });
    await phone.drain();
    const [report] = phone.office.reports();
    t.equal(JSON.parse(phone.office.sent('/sync')[0].body).waiting.count, 2);
    t.equal([counts(phone.office), report.waiting.oldest, report.waiting.bytes], [[0], null, 0]);
    t.ok(phone.office.devices.has(report.kid), 'it says which phone it is');
  },

  'a sync that leaves nothing behind needs no report after it': async (t) => {
    const phone = await Phone.open(t);
    await phone.submit('note');
    await phone.drain();
    t.equal([phone.office.sent('/sync').length, phone.office.reports()], [1, []]);
  },

  'what the office refused is told as still on the phone': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.submit('note');
    phone.office.verdicts.set(row.id, { state: 'refused', reason: 'This phone was signed off.' });
    await phone.drain();
    t.equal(counts(phone.office), [1]);
  },

  'a page that was closed before it could say so makes up for it on the next one': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [randomBytes(50)] });
    phone.office.fail('/sync', null, 'no_network');
    await phone.drain();
    t.equal([counts(phone.office), (await phone.left()).photos], [[0], []], 'it was tried');
    await page(phone)({ eager: false, unattended: false });
    t.equal(counts(phone.office), [0, 0]);
    await page(phone)({ eager: false, unattended: false });
    t.equal(counts(phone.office), [0, 0], 'once it is told, nothing more is');
  },

  'as long as something needs attention the office hears of it, at most every ten minutes': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.submit('note');
    phone.office.verdicts.set(row.id, { state: 'refused', reason: 'This phone was signed off.' });
    await phone.drain();
    await page(phone)({ eager: false, unattended: false });
    t.equal(counts(phone.office), [1]);
    phone.pass(11 * 60);
    await page(phone)({ eager: false, unattended: false });
    t.equal(counts(phone.office), [1, 1]);
  },

  'an office that cannot be told stops nothing': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [randomBytes(50)] });
    phone.office.fail('/sync', null, 'sign_in');
    const summary = await phone.drain();
    t.equal([summary.state, summary.retry_at, (await phone.left()).outbox], ['done', null, []]);
  },
};
