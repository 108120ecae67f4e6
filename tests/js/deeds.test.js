/** What a page cannot show yet, and which copies are older than what was sent. */

import { isChangedBy } from '/service-worker/changed-pages.js';
import { submit } from '/service-worker/outbox.js';
import { listReceived } from '/service-worker/received.js';
import { deedsOf } from '/static/js/day/deeds.js';
import { APP, Phone } from '/tests/js/harness/phone.js';

async function done(phone, kind, body) {
  phone.pass(60);
  return submit(phone.stores, { officer: phone.officer, kind, body, app: APP }, 'Ann Sample', phone.tools);
}

export const tests = {
  'what waits is told in whole; of what was sent later than the page only ids and the reason': async (t) => {
    const phone = await Phone.open(t);
    const skip = { stop: 's', supervisee: 'p', reason: 'unsafe', note: 'Shots were heard.' };
    await done(phone, 'skip', skip);
    await done(phone, 'note', { supervisee: 'p', text: 'Moved out.' });
    const waiting = await deedsOf(phone.stores, phone.officer, undefined);
    t.equal(waiting.map(({ kind, sent }) => [kind, sent]), [['skip', false], ['note', false]]);
    t.equal(waiting[0].body, skip);
    await phone.drainAll();

    const before = await deedsOf(phone.stores, phone.officer, '2026-11-19T18:50:00.000Z');
    t.equal(before.map(({ kind, sent }) => [kind, sent]), [['skip', true], ['note', true]]);
    t.equal([before[0].body.reason, before[0].body.stop, before[0].body.note, before[1].body.text], ['unsafe', 's', undefined, undefined]);
    t.equal(JSON.stringify(await listReceived(phone.stores, phone.officer)).includes('Moved out'), false);
    // the office received at 18:53; a page made well after that shows it itself
    t.equal(await deedsOf(phone.stores, phone.officer, '2026-11-19T18:54:30.000Z'), []);
  },

  'what another officer did on this phone is nobody else’s business': async (t) => {
    const phone = await Phone.open(t);
    await done(phone, 'skip', { stop: 's', supervisee: 'p', reason: 'unsafe', note: '' });
    t.equal(await deedsOf(phone.stores, crypto.randomUUID(), undefined), []);
  },

  'pages that a submission changed are the day, the plan, the briefing and the person, and no others': (t) => {
    const pages = ['/today', '/plan', '/plan/x', '/people/p', '/people/q', '/stops/s/briefing', '/stops/s/visit', '/stops/r/briefing', '/outbox'];
    const changed = (about) => pages.filter((path) => isChangedBy(path, about));
    t.equal(changed({ stop: 's', supervisee: 'p' }), ['/today', '/plan/x', '/people/p', '/stops/s/briefing']);
    t.equal(changed({ supervisee: 'p' }), ['/people/p']);
    t.equal(changed({ plan: 'x', stops: ['s'] }), ['/today', '/plan/x', '/stops/s/briefing']);
  },
};
