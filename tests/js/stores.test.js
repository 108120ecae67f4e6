/** The phone's database: opening, losing the connection, upgrades. */

import { deleteDB, openDB } from '/service-worker/vendor/idb.js';
import { Stores, UPGRADES } from '/service-worker/stores.js';

const read = (stores, name, key) => stores.read([name], (transaction) => transaction.objectStore(name).get(key));
const put = (stores, name, row) => stores.write([name], (transaction) => transaction.objectStore(name).put(row));

export const tests = {
  'what is written is read again': async (t) => {
    const stores = t.stores();
    await put(stores, 'drafts', { id: 'a', officer: 'o' });
    t.equal(await read(stores, 'drafts', 'a'), { id: 'a', officer: 'o' });
  },

  'a write that fails halfway leaves nothing behind': async (t) => {
    const stores = t.stores();
    const failing = stores.write(['drafts', 'outbox'], async (transaction) => {
      await transaction.objectStore('drafts').put({ id: 'a', officer: 'o' });
      throw new RangeError('halfway');
    });
    await t.rejects(failing, 'RangeError');
    t.equal(await read(stores, 'drafts', 'a'), undefined);
  },

  'a write to an open database is handed to the browser before anything that its caller does next': async (t) => {
    const handed = [];
    const spied = (transaction) => new Proxy(transaction, { get: (of, name) => {
      const found = of[name];
      return typeof found === 'function' ? (...given) => (handed.push(name), found.apply(of, given)) : found;
    } });
    const stores = t.stores();
    const save = () => stores.write(['drafts'], async (transaction) => {
      const kept = spied(transaction);
      kept.objectStore('drafts').put({ id: 'a', officer: 'o' });
      kept.commit();
    });
    await save();
    handed.length = 0;
    const saved = save();
    t.equal(handed, ['objectStore', 'commit']);
    await saved;
  },

  'a database that the browser closed is opened again and the work is done': async (t) => {
    const opened = [];
    const stores = t.stores({ open: async (...given) => opened[opened.push(await openDB(...given)) - 1] });
    await put(stores, 'drafts', { id: 'a', officer: 'o' });
    opened[0].close(); // what iOS does to a page in the background
    await put(stores, 'drafts', { id: 'b', officer: 'o' });
    t.equal(opened.length, 2);
    t.equal((await read(stores, 'drafts', 'a')).id, 'a');
    t.equal((await read(stores, 'drafts', 'b')).id, 'b');
  },

  'a connection that iOS loses in the middle of a transaction is made anew once': async (t) => {
    let failures = 0;
    const stores = t.stores();
    await stores.write(['drafts'], async (transaction) => {
      await transaction.objectStore('drafts').put({ id: 'a', officer: 'o' });
      if (failures++ === 0) throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
    });
    t.equal(failures, 2);
    t.equal((await read(stores, 'drafts', 'a')).id, 'a');
  },

  'a failure that is not a lost connection is not tried twice': async (t) => {
    let tries = 0;
    const work = t.stores().write(['drafts'], async () => {
      tries += 1;
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    });
    await t.rejects(work, 'QuotaExceededError');
    t.equal(tries, 1);
  },

  'an open tab makes room for a newer version, and goes on writing beside it and after it': async (t) => {
    const stores = t.stores();
    await put(stores, 'outbox', { id: 'a', officer: 'o' });
    const newer = new Stores({ name: stores.name, upgrades: [...UPGRADES, (database) => database.createObjectStore('more', { keyPath: 'id' })] });
    t.after(() => newer.close());
    t.equal((await read(newer, 'outbox', 'a')).id, 'a');
    await put(stores, 'drafts', { id: 'b', officer: 'o' });
    t.equal((await read(newer, 'drafts', 'b')).id, 'b');
    t.equal((await read(stores, 'outbox', 'a')).id, 'a');
    await newer.close();
    const backAgain = new Stores({ name: stores.name }); // the office went back to the version before
    t.after(() => backAgain.close());
    t.equal((await read(backAgain, 'drafts', 'b')).id, 'b');
  },

  'an upgrade keeps queued rows, photos and keys': async (t) => {
    const stores = t.stores();
    const rows = {
      drafts: { id: 'd', officer: 'o' },
      photos: { id: 'p', visit: 'v', officer: 'o', bytes: new Uint8Array([1, 2, 3]) },
      outbox: { id: 'v', officer: 'o', jws: 'a.b.c' },
      keys: { officer: 'o', kid: 'k' },
    };
    for (const [name, row] of Object.entries(rows)) await put(stores, name, row);
    await stores.close();
    const extra = (_database, transaction) => transaction.objectStore('outbox').createIndex('kind', 'kind');
    const newer = new Stores({ name: stores.name, upgrades: [...UPGRADES, extra] });
    t.after(() => newer.close());
    for (const [name, row] of Object.entries(rows)) t.equal(await read(newer, name, row.id ?? row.officer), row, name);
  },

  'version 2 keeps every row of version 1 and adds what the office has received, and settings': async (t) => {
    const name = `test-${crypto.randomUUID()}`;
    const older = new Stores({ name, upgrades: UPGRADES.slice(0, 1) });
    const rows = {
      drafts: { id: 'd', officer: 'o', body: { narrative: 'Seen inside.' } },
      photos: { id: 'p/original', bytes: new Uint8Array([255, 216, 1]).buffer },
      outbox: { id: 'v', officer: 'o', jws: 'a.b.c' },
      keys: { officer: 'o', kid: 'k' },
    };
    for (const [store, row] of Object.entries(rows)) await put(older, store, row);
    await older.close();
    const newer = new Stores({ name });
    t.after(async () => {
      await newer.close();
      await deleteDB(name);
    });
    for (const [store, row] of Object.entries(rows)) t.equal(await read(newer, store, row.id ?? row.officer), row, store);
    await put(newer, 'received', { id: 'v', officer: 'o' });
    const mine = await newer.read(['received'], (transaction) => transaction.objectStore('received').index('officer').getAll('o'));
    t.equal(mine, [{ id: 'v', officer: 'o' }]);
    await put(newer, 'settings', { name: 'photos', value: 'wifi' });
    t.equal((await read(newer, 'settings', 'photos')).value, 'wifi');
  },

  'every upgrade path ends in the same stores': async (t) => {
    for (let version = 1; version <= UPGRADES.length; version += 1) {
      const name = `test-${crypto.randomUUID()}`;
      const older = new Stores({ name, upgrades: UPGRADES.slice(0, version) });
      await put(older, 'outbox', { id: 'a', officer: 'o' });
      await older.close();
      const newest = new Stores({ name });
      t.equal((await read(newest, 'outbox', 'a')).id, 'a', `from version ${version}`);
      await newest.close();
      await deleteDB(name);
    }
  },
};
