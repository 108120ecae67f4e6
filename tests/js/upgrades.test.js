/** A phone of any earlier version, with work in every store, becomes one of today and hands in all of it. */

import { Stores, UPGRADES } from '/service-worker/stores.js';
import { deleteDB, openDB } from '/service-worker/vendor/idb.js';
import { loadDraft } from '/service-worker/drafts.js';
import { listPhotos, photoBytes } from '/service-worker/photos.js';
import { sha256Hex } from '/service-worker/digest.js';
import { Phone } from '/tests/js/harness/phone.js';

const VERSIONS = Array.from({ length: UPGRADES.length }, (_none, index) => index + 1);

/** What a phone of that version held, as data: written down once, and never again made by the code of today. */
async function fixture(version) {
  const answer = await fetch(`/tests/js/cases/database-${version}.json`);
  if (!answer.ok) throw new Error(`tests/js/cases/database-${version}.json is missing: write down what a phone of version ${version} holds.`);
  return answer.json();
}

/** Bytes and keys, which JSON cannot hold, as the database holds them. */
async function alive(row) {
  const entries = Object.entries(row).map(async ([name, value]) => [name, await one(value)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function one(value) {
  if (value?.$bytes) return Uint8Array.from(atob(value.$bytes), (letter) => letter.charCodeAt(0)).buffer;
  if (value?.$key) return crypto.subtle.importKey('jwk', value.$key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return value;
}

/** A database of that version, made without the code of today. */
async function olderPhone(t, version) {
  const { stores, rows, officer } = await fixture(version);
  const name = `test-${crypto.randomUUID()}`;
  const upgrade = (database) => {
    for (const [store, { keyPath, indexes }] of Object.entries(stores)) {
      const made = database.createObjectStore(store, { keyPath });
      for (const index of indexes) made.createIndex(index, index);
    }
  };
  const database = await openDB(name, version, { upgrade });
  for (const [store, list] of Object.entries(rows)) {
    for (const row of list) {
      const living = await alive(row);
      const transaction = database.transaction([store], 'readwrite');
      await transaction.objectStore(store).put(living);
      await transaction.done;
    }
  }
  database.close();
  t.after(() => deleteDB(name));
  return { name, officer, rows };
}

function upgraded(t, name) {
  const stores = new Stores({ name });
  t.after(() => stores.close());
  return stores;
}

const all = (stores, name) => stores.read([name], (transaction) => transaction.objectStore(name).getAll());
const byKey = (list) => JSON.stringify(list.map((row) => [row.id ?? row.officer ?? row.name, Object.keys(row).sort()]).sort());

export const tests = {
  'every version has its phone with rows in every store': async (t) => {
    for (const version of VERSIONS) {
      const { stores, rows } = await fixture(version);
      const fresh = t.stores({ upgrades: UPGRADES.slice(0, version) });
      for (const name of Object.keys(stores)) {
        await all(fresh, name);
        t.ok(rows[name]?.length > 0, `version ${version} lacks rows in ${name}`);
      }
      const database = await openDB(fresh.name);
      t.equal([...database.objectStoreNames].sort(), Object.keys(stores).sort(), `the stores of version ${version}`);
      database.close();
    }
  },

  'every row of every earlier version is there after the upgrade': async (t) => {
    for (const version of VERSIONS) {
      const { name, rows } = await olderPhone(t, version);
      const stores = upgraded(t, name);
      for (const store of Object.keys(rows)) t.equal(byKey(await all(stores, store)), byKey(rows[store]), `${store} of version ${version}`);
    }
  },

  'drafts go on with their answers and photos': async (t) => {
    for (const version of VERSIONS) {
      const { name, officer, rows } = await olderPhone(t, version);
      const stores = upgraded(t, name);
      const [was] = rows.drafts;
      t.equal(await loadDraft(stores, was.id, officer), was, `version ${version}`);
      const [photo] = await listPhotos(stores, was.id);
      t.equal(await sha256Hex(await photoBytes(stores, photo)), photo.sha256, `the photo of version ${version}`);
    }
  },

  'everything that waited is sent to the letter and to the byte': async (t) => {
    for (const version of VERSIONS) {
      const { name, officer, rows } = await olderPhone(t, version);
      const phone = await Phone.open(t);
      Object.assign(phone, { stores: upgraded(t, name), officer });
      phone.office.devices.set(rows.keys[0].kid, { ...rows.keys[0].public_jwk, kid: rows.keys[0].kid });
      await phone.drain({ eager: true });
      for (const { id, jws } of rows.outbox) t.equal(phone.office.submissions.get(id)?.jws, jws, `version ${version}`);
      const [photo] = rows.photos.filter(({ state }) => state === 'frozen');
      t.equal(await sha256Hex(phone.office.photos.get(photo.id).bytes), photo.sha256, `the photo of version ${version}`);
      t.equal((await phone.left()).outbox, [], `version ${version}`);
      t.equal((await phone.rows('drafts')).length, 1, 'the draft stays');
    }
  },
};
