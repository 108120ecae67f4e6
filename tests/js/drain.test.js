/** Emptying the outbox against an office and a network that fail in every known way: nothing leaves without a receipt. */

import { askOffice } from '/service-worker/ask.js';
import { readJws } from '/service-worker/jws.js';
import { listOutbox, tryAgain } from '/service-worker/outbox.js';
import { APP, Phone } from '/tests/js/harness/phone.js';

const kinds = (request) => JSON.parse(request.body).submissions.map((jws) => readJws(jws).payload.kind);
const ids = (request) => JSON.parse(request.body).submissions.map((jws) => readJws(jws).payload.id);

export const tests = {
  'a submission leaves the phone when the office’s receipt names it': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    const summary = await phone.drain();
    t.equal(summary, { state: 'done', received: 1, refused: 0, photos: 0, retry_at: null });
    t.equal(phone.office.submissions.get(row.id).jws, row.jws);
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'an empty outbox asks the office nothing': async (t) => {
    const phone = await Phone.open(t);
    t.equal((await phone.drain()).state, 'done');
    t.equal(phone.office.requests.length, 0);
  },

  'each sync says the phone’s time and what waits': async (t) => {
    const phone = await Phone.open(t);
    phone.tools.app = APP;
    await phone.visit({ photos: [new Uint8Array(500)] });
    const { photos: [photo] } = { photos: await phone.rows('photos') };
    await phone.drain();
    const { device_now, waiting } = JSON.parse(phone.office.sent('/sync')[0].body);
    t.equal(device_now, new Date(phone.clock).toISOString());
    t.equal(waiting, { count: 1, oldest: photo.taken_at, bytes: 500, free: 999_000_000, app: APP });
  },

  'duress goes first and alone, then check-ins, then visits, then notes, each by its time': async (t) => {
    const phone = await Phone.open(t);
    for (const kind of ['note', 'visit', 'check_out', 'visit', 'check_in', 'duress', 'something_new', 'extend']) await phone.submit(kind);
    await phone.drain();
    t.equal(phone.office.sent('/sync').map(kinds), [
      ['duress'],
      ['check_out', 'check_in', 'extend', 'visit', 'visit', 'note', 'something_new'],
    ]);
  },

  'facts go before photos, also those submitted while a photo is on its way': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1]), new Uint8Array([2])] });
    let late;
    phone.events.addEventListener('outbox', async ({ detail }) => {
      if (detail.bytes && !late) late = phone.submit('note');
    });
    const { fetch } = phone.tools;
    phone.tools.fetch = async (...given) => {
      await late;
      return fetch(...given);
    };
    await phone.drain();
    const order = phone.office.requests.map(({ method, path }) => `${method} ${path.split('/')[1]}`);
    const second = order.indexOf('POST sync', order.indexOf('POST sync') + 1);
    t.ok(order.indexOf('POST evidence') < second && second < order.lastIndexOf('POST evidence'), order.join(', '));
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'KoBoToolbox kobocat#432: a success without a receipt lets nothing go': async (t) => {
    for (const fault of ['no_receipt', 'other_submission', 'other_hash', 'forged', 'portal', 'cut']) {
      const phone = await Phone.open(t);
      const row = await phone.visit({ photos: [new Uint8Array([7])] });
      phone.office.fail('/sync', fault);
      const summary = await phone.drain();
      t.equal(summary.received, 0, fault);
      t.equal((await phone.left()).outbox, [row.id], fault);
      t.equal((await phone.rows('outbox'))[0].state, 'waiting', fault);
      t.ok(summary.retry_at, `${fault}: it should be tried again`);
      await phone.drainAll();
      t.equal(await phone.left(), { outbox: [], photos: [] }, fault);
      t.equal(phone.office.submissions.size, 1, fault);
    }
  },

  'an answer that is lost after the office stored it leads to the same submission, once': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    phone.office.fail('/sync', 'drop_answer', 'drop_answer');
    t.equal((await phone.drain()).state, 'offline');
    t.equal((await phone.left()).outbox, [row.id]);
    await phone.drainAll();
    t.equal((await phone.left()).outbox, []);
    t.equal([...phone.office.submissions.values()].map(({ jws }) => jws), [row.jws]);
    t.equal(phone.office.sent('/sync').map(ids), [[row.id], [row.id], [row.id]]);
  },

  'KoBoToolbox kpi#5047: drains from many tabs at once send each submission once': async (t) => {
    const phone = await Phone.open(t);
    for (let count = 0; count < 3; count += 1) await phone.visit();
    const summaries = await Promise.all(Array.from({ length: 6 }, () => phone.drain()));
    t.equal(summaries.reduce((sum, { received }) => sum + received, 0), 3);
    t.equal(phone.office.sent('/sync').length, 1);
  },

  'every request says in whose name it is made': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    await phone.drain();
    t.equal(await phone.left(), { outbox: [], photos: [] });
    const named = new Set(phone.office.requests.map(({ headers }) => headers.get('Fieldapp-Officer')));
    t.equal([...named], [phone.officer]);
  },

  'hercycle-ai#308: signed out, the queue is untouched and waits for signing in': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    await phone.submit('note');
    const before = await phone.rows('outbox');
    for (const path of ['/devices', '/sync']) {
      phone.office.fail(path, 'sign_in');
      const summary = await phone.drain();
      t.equal([summary.state, summary.retry_at], ['sign_in', null], path);
      t.equal(await phone.rows('outbox'), before, path);
    }
    await phone.drain();
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'Eventra#2478: another officer’s items on the same phone are neither sent nor changed': async (t) => {
    const phone = await Phone.open(t);
    const mine = await phone.visit();
    const theirs = await phone.submit('note', { officer: 'other' });
    await phone.drain();
    t.equal(phone.office.sent('/sync').map(ids), [[mine.id]]);
    t.equal(await phone.rows('outbox'), [theirs]);
    await tryAgain(phone.stores, phone.officer);
    t.equal(await phone.rows('outbox'), [theirs]);
  },

  'commcare#1721: a refused item is set aside with its reason and the rest go on': async (t) => {
    const phone = await Phone.open(t);
    const rows = [await phone.visit(), await phone.visit({ photos: [new Uint8Array([1])] }), await phone.visit()];
    phone.office.verdicts.set(rows[1].id, { state: 'refused', reason: 'The attempt note is missing.' });
    const summary = await phone.drain();
    t.equal([summary.state, summary.received, summary.refused, summary.retry_at], ['done', 2, 1, null]);
    const [left] = await listOutbox(phone.stores, phone.officer);
    t.equal([left.id, left.state, left.reason], [rows[1].id, 'needs_attention', 'The attempt note is missing.']);
    t.equal((await phone.left()).photos, rows[1].photos, 'its photos stay with it');
    await phone.drain({ eager: true });
    t.equal(phone.office.sent('/sync').length, 1, 'it is not sent again by itself');
    t.equal(phone.office.sent('/evidence/uploads').length, 0, 'nor are its photos');
  },

  'tried again by the officer, a refused item goes as it was signed': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [new Uint8Array([1])] });
    phone.office.verdicts.set(row.id, { state: 'refused', reason: 'This phone is not known.' });
    await phone.drain();
    phone.office.verdicts.clear();
    await tryAgain(phone.stores, phone.officer);
    await phone.drain();
    t.equal(phone.office.submissions.get(row.id).sha256, row.sha256);
    t.equal(phone.office.sent('/devices').length, 2, 'the key is offered again');
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'conflict and set_aside let go too: the office keeps the bytes and says so in its receipt': async (t) => {
    const phone = await Phone.open(t);
    const [conflict, aside] = [await phone.visit(), await phone.submit('something_new')];
    phone.office.submissions.set(conflict.id, { sha256: 'f'.repeat(64), payload: {}, jws: 'earlier' });
    phone.office.verdicts.set(aside.id, { state: 'set_aside', reason: 'Unknown kind.' });
    t.equal((await phone.drain()).received, 2);
    t.equal(await phone.left(), { outbox: [], photos: [] });
    t.equal(phone.office.conflicts, [conflict.jws]);
  },

  'a state that this version does not know lets nothing go': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    phone.office.verdicts.set(row.id, { state: 'postponed' });
    t.equal((await phone.drain()).received, 0);
    t.equal((await phone.left()).outbox, [row.id]);
  },

  'an answer that leaves out a submission lets none of the batch go': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    await phone.visit();
    const { fetch } = phone.tools;
    phone.tools.fetch = async (path, init) => {
      const response = await fetch(path, init);
      if (path !== '/sync') return response;
      const { results, ...rest } = await response.json();
      return Response.json({ ...rest, results: results.slice(1) });
    };
    t.equal((await phone.drain()).state, 'trouble');
    t.equal((await phone.left()).outbox.length, 2);
  },

  'receipts in the wrong order let go what they name and nothing else': async (t) => {
    const phone = await Phone.open(t);
    await phone.visit();
    await phone.visit();
    const { fetch } = phone.tools;
    phone.tools.fetch = async (path, init) => {
      const response = await fetch(path, init);
      if (path !== '/sync') return response;
      const { results, ...rest } = await response.json();
      return Response.json({ ...rest, results: results.reverse() });
    };
    t.equal((await phone.drain()).received, 0);
    t.equal((await phone.left()).outbox.length, 2);
  },

  'a drain that was killed while sending is taken up by the next one': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [new Uint8Array([1])] });
    await phone.stores.write(['outbox'], (transaction) => transaction.objectStore('outbox').put({ ...row, state: 'sending' }));
    t.equal((await phone.drain()).received, 1);
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'a captive portal’s page is nobody’s answer, whatever was asked': async (t) => {
    const phone = await Phone.open(t);
    phone.office.fail('/receipts', 'portal');
    phone.office.fail('/sync', 'portal');
    t.equal((await askOffice('/receipts/a', { read: 'text' }, phone.tools)).state, 'offline');
    t.equal((await askOffice('/sync', { json: {} }, phone.tools)).state, 'offline');
  },

  'in any order of faults every submission arrives exactly once and unaltered': async (t) => {
    const names = ['no_network', 'drop_answer', 'portal', 'cut', 'error_502', 'error_400', 'hold', 'forged', 'no_receipt', 'sign_in'];
    const paths = ['/sync', '/devices', '/evidence/uploads', '/receipts', '/.well-known/jwks.json'];
    let seed = 20261119;
    const next = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
    for (let run = 0; run < 6; run += 1) {
      const phone = await Phone.open(t);
      const rows = [];
      for (let count = 0; count < 4; count += 1) rows.push(await phone.visit({ photos: [new Uint8Array([run, count])] }));
      for (let count = 0; count < 12; count += 1) phone.office.fail(paths[next(paths.length)], names[next(names.length)]);
      for (let round = 0; round < 60 && ((await phone.left()).outbox.length || (await phone.left()).photos.length); round += 1) {
        if (phone.office.faults.length && round > 40) phone.office.faults.length = 0;
        if ((await phone.drain()).state === 'done') await tryAgain(phone.stores, phone.officer);
        phone.pass(3600);
      }
      t.equal(await phone.left(), { outbox: [], photos: [] }, `run ${run}`);
      t.equal([...phone.office.submissions.values()].map(({ jws }) => jws).sort(), rows.map(({ jws }) => jws).sort());
      t.ok([...phone.office.photos.values()].every(({ state }) => state === 'stored'), `run ${run}: all photos stored`);
    }
  },

  'pages hear what happens: sending, the answer, and the summary at the end': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit();
    const summary = await phone.drain();
    t.equal(phone.told, [{ ids: [row.id], state: 'sending' }, { ids: [row.id], state: 'ok' }, summary]);
  },
};
