/** Photos on their way: resumed at the byte, let go one by one, only when the receipt lists their hash as stored. */

import { readJws, signJws } from '/service-worker/jws.js';
import { tryAgain } from '/service-worker/outbox.js';
import { Phone, randomBytes, sameBytes } from '/tests/js/harness/phone.js';

const PART = 256 * 1024;
const patches = (office) => office.sent('/evidence/uploads').filter(({ method }) => method === 'PATCH');
const offsets = (office) => patches(office).map(({ headers }) => Number(headers.get('Upload-Offset')) / PART);
const lightRows = async (phone) => (await phone.rows('photos')).filter(({ visit }) => visit);

async function phoneWithPhoto(t, bytes) {
  const phone = await Phone.open(t);
  const row = await phone.visit({ photos: [bytes] });
  return { phone, office: phone.office, photo: row.photos[0] };
}

export const tests = {
  'a photo arrives byte for byte, in parts with a checksum each, and leaves the phone': async (t) => {
    const bytes = randomBytes(3 * PART + 17);
    const { phone, office, photo } = await phoneWithPhoto(t, bytes);
    t.equal((await phone.drain()).photos, 1);
    t.ok(sameBytes(office.photos.get(photo).bytes, bytes), 'the office should have the same bytes');
    t.equal(offsets(office), [0, 1, 2, 3]);
    t.ok(patches(office).every(({ headers }) => headers.get('Upload-Checksum').startsWith('sha256 ')), 'a checksum each');
    t.equal(await phone.rows('photos'), []);
  },

  'the upload names photo, submission, hash and type': async (t) => {
    const { phone, office, photo } = await phoneWithPhoto(t, randomBytes(10));
    const [row] = await lightRows(phone);
    await phone.drain();
    const [{ metadata, length }] = office.uploads.values();
    t.equal(metadata, { photo, submission: row.visit, sha256: row.sha256, type: 'image/jpeg' });
    t.equal(length, 10);
  },

  'enketo#942 cht-core#6143: an interrupted upload goes on at the byte where it ended': async (t) => {
    const bytes = randomBytes(5 * PART);
    const { phone, office, photo } = await phoneWithPhoto(t, bytes);
    office.fail('/evidence/uploads', ...[null, null, null], 'no_network');
    const first = await phone.drain();
    t.equal([first.state, first.photos], ['offline', 0]);
    t.equal(offsets(office), [0, 1, 2]);
    const [row] = await lightRows(phone);
    t.equal([row.state, row.sent], ['waiting', 2 * PART]);
    await phone.stores.close(); // the app is closed and opened again
    await phone.drain({ eager: true });
    t.equal(offsets(office), [0, 1, 2, 2, 3, 4]);
    t.ok(sameBytes(office.photos.get(photo).bytes, bytes), 'the office should have the same bytes');
    t.equal(await phone.rows('photos'), []);
  },

  'a part whose answer was lost is not sent twice': async (t) => {
    const bytes = randomBytes(3 * PART);
    const { phone, office, photo } = await phoneWithPhoto(t, bytes);
    office.fail('/evidence/uploads', null, null, 'drop_answer');
    await phone.drain();
    await phone.drain({ eager: true });
    t.equal(offsets(office), [0, 1, 2]);
    t.ok(sameBytes(office.photos.get(photo).bytes, bytes), 'the office should have the same bytes');
  },

  'when only the last answer was lost, the receipt is asked and nothing is sent again': async (t) => {
    const { phone, office } = await phoneWithPhoto(t, randomBytes(2 * PART));
    office.fail('/evidence/uploads', null, null, 'drop_answer');
    await phone.drain();
    t.equal((await lightRows(phone)).length, 1);
    office.uploads.clear(); // the office forgets finished uploads
    await phone.drain({ eager: true });
    t.equal(offsets(office), [0, 1]);
    t.equal(await phone.rows('photos'), []);
  },

  'an upload that the office forgot starts again from the first byte': async (t) => {
    const bytes = randomBytes(3 * PART);
    const { phone, office, photo } = await phoneWithPhoto(t, bytes);
    office.fail('/evidence/uploads', null, null, 'no_network');
    await phone.drain();
    office.uploads.clear();
    await phone.drain({ eager: true });
    t.equal(offsets(office), [0, 1, 0, 1, 2]);
    t.ok(sameBytes(office.photos.get(photo).bytes, bytes), 'the office should have the same bytes');
  },

  'a full upload without a receipt that lists it lets nothing go': async (t) => {
    for (const fault of ['no_network', 'portal', 'forged', 'other_submission', 'cut', 'error_502']) {
      const { phone, office } = await phoneWithPhoto(t, randomBytes(100));
      office.fail('/receipts', fault);
      await phone.drain();
      t.equal((await lightRows(phone)).length, 1, fault);
      await phone.drain({ eager: true });
      t.equal(await phone.rows('photos'), [], fault);
      t.equal(patches(office).length, 1, `${fault}: the bytes were there already`);
    }
  },

  'photos leave one by one: the stored one goes, the awaited one stays': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [randomBytes(50), randomBytes(60)] });
    phone.office.fail('/evidence/uploads', null, null, 'no_network');
    await phone.drain();
    t.equal((await lightRows(phone)).map(({ id }) => id), [row.photos[1]]);
    t.equal((await phone.left()).outbox, [], 'the facts are there already');
    await phone.drain({ eager: true });
    t.equal(await phone.rows('photos'), []);
  },

  'KoBoToolbox enketo-express#776: facts stored while photos are missing keep the photos': async (t) => {
    const { phone, office } = await phoneWithPhoto(t, randomBytes(50));
    office.fail('/evidence/uploads', 'error_502');
    t.equal((await phone.drain()).received, 1);
    t.equal((await lightRows(phone)).map(({ state }) => state), ['waiting']);
    t.equal((await phone.rows('photos')).length, 2, 'its bytes too');
  },

  'bytes that changed on the way are set aside for a person, and the photo stays': async (t) => {
    const { phone, office, photo } = await phoneWithPhoto(t, randomBytes(50));
    const finish = office.finish.bind(office);
    office.finish = async (upload) => finish({ ...upload, parts: [new Uint8Array([6, 6, 6])] });
    await phone.drain();
    const [row] = await lightRows(phone);
    t.equal([row.id, row.state], [photo, 'needs_attention']);
    t.ok(row.reason.includes('set it aside'), row.reason);
    t.equal((await phone.rows('photos')).length, 2);
    office.finish = finish;
    await tryAgain(phone.stores, phone.officer);
    await phone.drain();
    t.equal(await phone.rows('photos'), []);
  },

  'of two entries for a photo in a receipt, the one with its own hash counts': async (t) => {
    const { phone, office, photo } = await phoneWithPhoto(t, randomBytes(50));
    const { fetch } = phone.tools;
    phone.tools.fetch = async (path, init) => {
      if (!String(path).startsWith('/receipts')) return fetch(path, init);
      const { payload } = readJws(await (await fetch(path, init)).text());
      const other = { id: photo, sha256: 'f'.repeat(64), state: 'quarantined' };
      return new Response(await signJws({ ...payload, photos: [other, ...payload.photos] }, office.key));
    };
    office.fail('/evidence/uploads', null, 'no_network');
    await phone.drain();
    t.equal((await phone.drain({ eager: true })).photos, 1);
    t.equal(await phone.rows('photos'), []);
  },

  'a part damaged on the way is caught by its checksum and sent again': async (t) => {
    const bytes = randomBytes(50);
    const { phone, office, photo } = await phoneWithPhoto(t, bytes);
    const { fetch } = phone.tools;
    let damaged = false;
    phone.tools.fetch = (path, init) => {
      if (init?.method !== 'PATCH' || damaged) return fetch(path, init);
      damaged = true;
      return fetch(path, { ...init, body: new Uint8Array(50).buffer });
    };
    await phone.drain();
    t.equal((await lightRows(phone)).map(({ state }) => state), ['waiting']);
    await phone.drain({ eager: true });
    t.ok(sameBytes(office.photos.get(photo).bytes, bytes), 'the office should have the same bytes');
  },

  'a photo that the office refuses does not hold up the next, and can be tried again': async (t) => {
    const phone = await Phone.open(t);
    const row = await phone.visit({ photos: [randomBytes(50), randomBytes(60)] });
    phone.office.verdicts.set(row.photos[0], { reason: 'This file is not a picture.' });
    t.equal((await phone.drain()).state, 'done');
    const [left] = await lightRows(phone);
    t.equal([left.id, left.state, left.reason], [row.photos[0], 'needs_attention', 'This file is not a picture.']);
    phone.office.verdicts.clear();
    await tryAgain(phone.stores, phone.officer);
    await phone.drain();
    t.equal(await phone.rows('photos'), []);
  },

  'signed out in the middle of a photo, it waits and goes on after signing in': async (t) => {
    const { phone, office } = await phoneWithPhoto(t, randomBytes(3 * PART));
    office.fail('/evidence/uploads', null, null, 'sign_in');
    const summary = await phone.drain();
    t.equal([summary.state, summary.retry_at], ['sign_in', null]);
    t.equal((await lightRows(phone)).map(({ state, tries }) => [state, tries]), [['waiting', 0]]);
    await phone.drain();
    t.equal(offsets(office), [0, 1, 1, 2]);
    t.equal(await phone.rows('photos'), []);
  },

  'the photo of a draft is never sent': async (t) => {
    const phone = await Phone.open(t);
    await phone.photo(await phone.draft());
    await phone.submit('note');
    await phone.drain();
    t.equal(phone.office.sent('/evidence/uploads'), []);
    t.equal((await phone.rows('photos')).length, 2);
  },

  'progress is told in bytes that the office has': async (t) => {
    const { phone, photo } = await phoneWithPhoto(t, randomBytes(2 * PART + 5));
    await phone.drain();
    const told = phone.told.filter(({ ids, bytes }) => ids?.[0] === photo && bytes).map(({ sent }) => sent);
    t.equal(told, [0, PART, 2 * PART, 2 * PART + 5]);
  },
};
