/** Submitting: frozen, signed, in the outbox, each item of one officer. */

import { deviceKey } from '/service-worker/keys.js';
import { sha256Hex } from '/service-worker/digest.js';
import { readJws, verifyJws } from '/service-worker/jws.js';
import { listOutbox } from '/service-worker/outbox.js';
import { listPhotos } from '/service-worker/photos.js';
import { Stores } from '/service-worker/stores.js';
import { readSyncState, syncState } from '/service-worker/sync-state.js';
import { waitingReport } from '/service-worker/waiting.js';
import { Phone, APP } from '/tests/js/harness/phone.js';

export const tests = {
  'submitting puts a signed row in the place of the draft': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const photo = await phone.photo(draft);
    const row = await phone.submitDraft(draft, { outcome: 'moved', narrative: 'Neighbor says so.' });
    t.equal(await phone.rows('drafts'), []);
    t.equal((await phone.rows('outbox'))[0], row);
    const key = await deviceKey(phone.stores, phone.officer);
    const payload = await verifyJws(row.jws, [{ ...key.public_jwk, kid: key.kid }], { typ: 'fieldapp+jws' });
    const { id, kind, made_at, officer, app, body } = payload;
    t.equal({ id, kind, officer, app }, { id: draft.id, kind: 'visit', officer: phone.officer, app: APP });
    t.equal([made_at, row.made_at], ['2026-11-19T18:52:33.412Z', '2026-11-19T18:52:33.412Z']);
    t.equal([body.outcome, body.photos.map(({ id: photoId, sha256 }) => [photoId, sha256])], ['moved', [[photo.id, photo.sha256]]]);
    t.equal([row.sha256, row.bytes, row.photos], [await sha256Hex(row.jws), row.jws.length, [photo.id]]);
  },

  'submitting twice, from two tabs at once, makes one submission': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const [one, other] = await Promise.all([phone.submitDraft(draft, { outcome: 'moved' }), phone.submitDraft(draft, { outcome: 'not_found' })]);
    t.equal(one, other);
    t.equal((await phone.rows('outbox')).length, 1);
    t.equal(await phone.submitDraft(draft), one, 'a third time too');
  },

  'what was submitted is frozen: a later submission of it changes nothing': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const first = await phone.submitDraft(draft, { outcome: 'moved' });
    await phone.submitDraft(draft, { outcome: 'not_found' });
    t.equal(readJws((await phone.rows('outbox'))[0].jws).payload.body.outcome, 'moved');
    t.equal((await phone.rows('outbox'))[0].sha256, first.sha256);
  },

  'when the disk refuses the row, the draft is still there': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await deviceKey(phone.stores, phone.officer);
    const write = phone.stores.write.bind(phone.stores);
    phone.stores.write = (names, work) =>
      write(names, async (transaction) => {
        const answer = await work(transaction);
        if (names.includes('outbox')) throw new DOMException('The disk is full.', 'QuotaExceededError');
        return answer;
      });
    await t.rejects(phone.submitDraft(draft), 'QuotaExceededError');
    t.equal((await phone.rows('drafts')).map(({ id }) => id), [draft.id]);
    t.equal(await phone.rows('outbox'), []);
  },

  'a photo that arrives while the visit is being signed is in the submission': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await deviceKey(phone.stores, phone.officer);
    let late = null;
    const { subtle } = phone.tools;
    phone.tools.subtle = bound(subtle, {
      sign: async (...given) => {
        phone.tools.subtle = subtle;
        late ??= await phone.photo(draft);
        return subtle.sign(...given);
      },
    });
    const row = await phone.submitDraft(draft);
    t.equal(row.photos, [late.id]);
    t.equal(readJws(row.jws).payload.body.photos.map(({ id }) => id), [late.id]);
    t.equal((await listPhotos(phone.stores, draft.id)).map(({ state }) => state), ['frozen']);
  },

  'a visit that is neither draft nor in the outbox cannot be submitted': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await phone.submitDraft(draft);
    await phone.drain();
    await t.rejects(phone.submitDraft(draft), 'DraftGoneError');
  },

  'a draft of another officer cannot be submitted under my name': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await t.rejects(phone.submitDraft({ ...draft, officer: 'other' }), 'DraftGoneError');
    t.equal((await phone.rows('drafts')).length, 1);
  },

  'a check-in without a draft goes into the outbox once': async (t) => {
    const phone = await Phone.open(t);
    const id = crypto.randomUUID();
    const first = await phone.submit('check_in', { id, body: { supervisee: 's' } });
    t.equal(await phone.submit('check_in', { id, body: { supervisee: 'another' } }), first);
    t.equal(readJws(first.jws).payload.body, { supervisee: 's' });
    t.ok((await phone.submit('note')).id, 'an id is made where none is given');
  },

  'an officer sees their own rows alone, oldest first': async (t) => {
    const phone = await Phone.open(t);
    const mine = [await phone.submit('note'), await phone.submit('check_in')];
    await phone.submit('note', { officer: 'other' });
    t.equal((await listOutbox(phone.stores, phone.officer)).map(({ id }) => id), mine.map(({ id }) => id));
  },

  'a queued visit is there after the database is opened anew': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [new Uint8Array([1, 2])] });
    await phone.stores.close();
    const reopened = new Stores({ name: phone.stores.name });
    t.after(() => reopened.close());
    t.equal(await listOutbox(reopened, phone.officer), [row]);
    t.equal((await listPhotos(reopened, row.id)).length, 1);
  },

  'the chip says what needs the officer first, then signing in, then what waits': async (t) => {
    const text = (waiting, attention, signIn) => syncState({ waiting, attention, signIn }).text;
    t.equal(text(0, 0, false), 'All sent');
    t.equal(text(3, 0, false), '3 waiting');
    t.equal(text(3, 0, true), 'Sign in to send');
    t.equal(text(0, 0, true), 'All sent');
    t.equal(text(3, 1, true), '1 needs you');
    t.equal(text(3, 2, false), '2 need you');
    t.equal([syncState({ waiting: 0, attention: 0, signIn: false }).tone, syncState({ waiting: 1, attention: 1, signIn: false }).tone], ['ok', 'stop']);
  },

  'the chip counts a visit with its photos as one item, and no drafts': async (t) => {
    const phone = await Phone.open(t);
    await phone.photo(await phone.draft());
    t.equal((await readSyncState(phone.stores, phone.officer)).text, 'All sent');
    await phone.visit({ photos: [new Uint8Array([1]), new Uint8Array([2])] });
    t.equal((await readSyncState(phone.stores, phone.officer)).text, '1 waiting');
    phone.office.fail('/evidence/uploads', 'no_network');
    await phone.drain();
    t.equal((await readSyncState(phone.stores, phone.officer)).text, '1 waiting', 'the photos that remain');
    t.equal((await readSyncState(phone.stores, 'other')).text, 'All sent');
    await phone.drain({ eager: true });
    t.equal((await readSyncState(phone.stores, phone.officer)).text, 'All sent');
  },

  'the waiting report counts what no receipt names, its age and its size': async (t) => {
    const phone = await Phone.open(t);
    t.equal(await waitingReport(phone.stores, phone.officer, phone.tools), { count: 0, oldest: null, bytes: 0, free: 999_000_000 });
    const row = await phone.visit({ photos: [new Uint8Array(500)] });
    await phone.submit('note', { officer: 'other' });
    const report = await waitingReport(phone.stores, phone.officer, phone.tools);
    t.equal(report, { count: 2, oldest: '2026-11-19T18:52:32.412Z', bytes: row.bytes + 500, free: 999_000_000 });
    const silent = { storage: { estimate: async () => Promise.reject(new Error('no')) } };
    t.equal((await waitingReport(phone.stores, phone.officer, silent)).free, null);
  },
};

function bound(target, changes) {
  return new Proxy(target, {
    get: (object, name) => changes[name] ?? (typeof object[name] === 'function' ? object[name].bind(object) : object[name]),
  });
}
