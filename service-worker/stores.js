/** The phone's database: the one place that opens it; every other module goes through read() and write(). */

import { openDB } from './vendor/idb.js';

/** @typedef {import('./vendor/idb.js').Database} Database */
/** @typedef {import('./vendor/idb.js').Transaction} Transaction */
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
  (database) => {
    database.createObjectStore('received', { keyPath: 'id' }).createIndex('officer', 'officer');
    database.createObjectStore('settings', { keyPath: 'name' });
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
  /** What #opening came to. @type {Database | null} */
  #database = null;

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
   * (the browser can close the database in the middle), so it uses put, never add. Where the database is open, the work
   * begins before this returns: a tap's answer is on its way to the disk before the page shows what it means.
   * @template T
   * @param {string[]} names
   * @param {(transaction: Transaction) => Promise<T>} work
   * @returns {Promise<T>}
   */
  write(names, work) {
    return this.#run(names, 'readwrite', work);
  }

  /** Opens the database ahead of the first read, beside other work; an error is that read's to tell. */
  prepare() {
    this.#connection().catch(() => {});
  }

  /** Closes the connection; the next read or write opens it again. */
  async close() {
    const opening = this.#opening;
    this.#forget(opening);
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
      return await attempt(this.#database ?? (await opening), names, mode, work);
    } catch (error) {
      // iOS closes the database of a page in the background and only says so when it is used (WebKit bug 197050).
      if (!isLostConnection(error) && this.#opening === opening) throw error;
      this.#forget(opening);
      return attempt(await this.#connection(), names, mode, work);
    }
  }

  /** @param {Promise<Database> | null} opening */
  #forget(opening) {
    if (this.#opening !== opening) return;
    this.#opening = null;
    this.#database = null;
  }

  #connection() {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  /** @returns {Promise<Database>} */
  #connect() {
    const forget = () => this.#forget(opening);
    /** @param {number} [version] */
    const open = (version) =>
      this.open(this.name, version, {
        upgrade: (database, oldVersion, _newVersion, transaction) =>
          upgrade(database, oldVersion, transaction, this.upgrades),
        // A newer version of the app waits in another tab: make room for it.
        blocking: () => {
          forget();
          opening.then((database) => database.close());
        },
        terminated: forget,
      });
    const opening = open(this.upgrades.length).catch((error) => {
      // A newer version of the app was here, in another tab or before the office went back to this one. Steps only add,
      // so all that this version knows is there.
      if (error?.name === 'VersionError') return open();
      throw error;
    });
    opening.then((database) => {
      if (this.#opening === opening) this.#database = database;
    }, forget);
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
    throw isFull(cause) ? new PhoneFullError() : cause;
  }
}

/** There is no room to write; what is on the disk stays as it was. */
export class PhoneFullError extends Error {
  name = 'QuotaExceededError';

  constructor() {
    super('This phone has no room left. What it holds is safe. Delete pictures or apps that you do not need, or send what waits.');
  }
}

/**
 * @param {unknown} error
 * @returns {boolean} whether it says that the disk or the app's share of it is full
 */
export function isFull(error) {
  return /** @type {Error | null} */ (error)?.name === 'QuotaExceededError';
}

/**
 * For notes that may be missing: a full disk keeps nobody from sending, which is what makes room.
 * @template T
 * @param {Promise<T>} write
 * @returns {Promise<T | undefined>} undefined when there was no room
 */
export async function ifRoom(write) {
  try {
    return await write;
  } catch (error) {
    if (isFull(error)) return undefined;
    throw error;
  }
}

/** @param {unknown} error */
function isLostConnection(error) {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'UnknownError');
}
