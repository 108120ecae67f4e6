/** The phone's database: the one place that opens it; every other module goes through read() and write(). */

import { openDB } from '/service-worker/vendor/idb.js';

/** @typedef {import('/service-worker/vendor/idb.js').Database} Database */
/** @typedef {import('/service-worker/vendor/idb.js').Transaction} Transaction */
/** @typedef {(database: Database, transaction: Transaction) => void} UpgradeStep */

export const DATABASE = 'fieldapp';

/**
 * Step n brings a database from version n to n + 1. Steps are only ever added at the end, and none may delete a store
 * or a row: what waits in it may be the only copy of a visit.
 * @type {UpgradeStep[]}
 */
export const UPGRADES = [
  (database) => {
    database.createObjectStore('drafts', { keyPath: 'id' }).createIndex('officer', 'officer');
    const photos = database.createObjectStore('photos', { keyPath: 'id' });
    photos.createIndex('visit', 'visit');
    photos.createIndex('officer', 'officer');
    database.createObjectStore('outbox', { keyPath: 'id' }).createIndex('officer', 'officer');
    database.createObjectStore('keys', { keyPath: 'officer' });
  },
];

/**
 * Runs the steps that a database of `oldVersion` still lacks.
 * @param {Database} database
 * @param {number} oldVersion 0 for a new database
 * @param {Transaction} transaction
 * @param {UpgradeStep[]} [upgrades]
 */
export function upgrade(database, oldVersion, transaction, upgrades = UPGRADES) {
  for (const step of upgrades.slice(oldVersion)) step(database, transaction);
}

export class Stores {
  /** @type {Promise<Database> | null} */
  #opening = null;

  /**
   * Opens nothing until the first read or write.
   * @param {{name?: string, upgrades?: UpgradeStep[], open?: typeof openDB}} [options]
   */
  constructor({ name = DATABASE, upgrades = UPGRADES, open = openDB } = {}) {
    this.name = name;
    this.upgrades = upgrades;
    this.open = open;
  }

  /**
   * Runs `work` in a read-only transaction and answers what it answers.
   * @template T
   * @param {string[]} names stores that the work reads
   * @param {(transaction: Transaction) => Promise<T>} work awaits nothing but the transaction's own requests
   * @returns {Promise<T>}
   */
  read(names, work) {
    return this.#run(names, 'readonly', work);
  }

  /**
   * Runs `work` in a transaction that is all or nothing, and resolves once it is on the disk. The work may run twice
   * (the browser can close the database in the middle), so it uses put, never add.
   * @template T
   * @param {string[]} names
   * @param {(transaction: Transaction) => Promise<T>} work
   * @returns {Promise<T>}
   */
  write(names, work) {
    return this.#run(names, 'readwrite', work);
  }

  /** Closes the connection; the next read or write opens it again. */
  async close() {
    const opening = this.#opening;
    this.#opening = null;
    if (opening) (await opening).close();
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {'readonly' | 'readwrite'} mode
   * @param {(transaction: Transaction) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #run(names, mode, work) {
    const opening = this.#connection();
    try {
      return await attempt(await opening, names, mode, work);
    } catch (error) {
      // iOS closes the database of a page in the background and only says so when it is used (WebKit bug 197050).
      if (!isLostConnection(error) && this.#opening === opening) throw error;
      if (this.#opening === opening) this.#opening = null;
      return attempt(await this.#connection(), names, mode, work);
    }
  }

  #connection() {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  /** @returns {Promise<Database>} */
  #connect() {
    const forget = () => {
      if (this.#opening === opening) this.#opening = null;
    };
    const opening = this.open(this.name, this.upgrades.length, {
      upgrade: (database, oldVersion, _newVersion, transaction) =>
        upgrade(database, oldVersion, transaction, this.upgrades),
      // A newer version of the app waits in another tab: make room for it.
      blocking: () => {
        forget();
        opening.then((database) => database.close());
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  }
}

/**
 * @template T
 * @param {Database} database
 * @param {string[]} names
 * @param {'readonly' | 'readwrite'} mode
 * @param {(transaction: Transaction) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function attempt(database, names, mode, work) {
  const transaction = database.transaction(names, mode, { durability: 'strict' });
  const done = transaction.done;
  done.catch(() => {}); // The error is reported below; without this it would be reported as unhandled too.
  try {
    const answer = await work(transaction);
    await done;
    return answer;
  } catch (error) {
    const cause = transaction.error ?? error;
    try {
      transaction.abort();
    } catch {
      // It was over already.
    }
    throw cause;
  }
}

/** @param {unknown} error */
function isLostConnection(error) {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'UnknownError');
}
