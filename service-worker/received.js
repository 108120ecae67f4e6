/**
 * What the office has lately proved that it holds: for the officer's eyes, for a day and no longer. The row of a visit
 * stays while photos of it wait here, because it says whose photos they are.
 */

import { readJws } from './jws.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {import('./vendor/idb.js').Transaction} Transaction */

/**
 * @typedef {object} Received
 * @property {string} id of the submission or the photo
 * @property {string} officer user UUID
 * @property {string} kind visit, check_in, note … or photo
 * @property {string} title how the outbox called it; empty for a photo
 * @property {string} visit the photo's visit; else the id itself
 * @property {string} sha256 of what the office holds
 * @property {number} bytes its size
 * @property {string} made_at UTC, ISO 8601
 * @property {string} received_at UTC, ISO 8601: of a submission by the office's clock, of a photo by the phone's
 * @property {string} kept_at UTC, ISO 8601, by the phone's clock
 * @property {About} [about] of a submission
 */

/**
 * What a submission changed in the day's pages, so that a page older than it can be shown as it is now: ids and a reason,
 * nothing that anybody wrote about a person.
 * @typedef {{supervisee?: string, stop?: string | null, plan?: string, stops?: string[], reason?: string}} About
 */

const KEPT_MS = 24 * 60 * 60_000;

/**
 * Remembers a submission, inside a transaction that covers `received`.
 * @param {Transaction} transaction
 * @param {OutboxRow} row
 * @param {{received_at: string}} receipt
 * @param {Date} now
 */
export async function rememberSubmission(transaction, row, { received_at }, now) {
  const { id, officer, kind, title, sha256, bytes, made_at } = row;
  const entry = { id, officer, kind, title, visit: id, sha256, bytes, made_at, received_at, kept_at: now.toISOString() };
  await transaction.objectStore('received').put({ ...entry, about: aboutOf(row.jws) });
}

/**
 * @param {string} jws
 * @returns {About}
 */
function aboutOf(jws) {
  const { supervisee, stop, plan, stops, reason } = readJws(jws).payload.body ?? {};
  return { supervisee, stop, plan, stops, reason };
}

/**
 * Remembers a photo, inside a transaction that covers `received`.
 * @param {Transaction} transaction
 * @param {Photo} photo
 * @param {Date} now
 */
export async function rememberPhoto(transaction, photo, now) {
  const { id, officer, visit, sha256, bytes, taken_at } = photo;
  const at = now.toISOString();
  const about = { kind: 'photo', title: '', visit, made_at: taken_at, received_at: at, kept_at: at };
  await transaction.objectStore('received').put({ id, officer, sha256, bytes, ...about });
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Received[]>} the latest first
 */
export async function listReceived(stores, officer) {
  /** @type {Received[]} */
  const rows = await stores.read(['received'], (transaction) =>
    transaction.objectStore('received').index('officer').getAll(officer),
  );
  return rows.sort((one, other) => other.received_at.localeCompare(one.received_at));
}

/**
 * Removes what is older than a day, or all of it at sign-out; of every officer on this phone.
 * @param {Stores} stores
 * @param {{now: Date, all?: boolean}} when
 */
export async function forgetReceived(stores, { now, all = false }) {
  await stores.write(['received', 'photos'], async (transaction) => {
    const received = transaction.objectStore('received');
    /** @type {Received[]} */
    const rows = await received.getAll();
    for (const { id, visit, kept_at } of rows) {
      const old = all || now.getTime() - Date.parse(kept_at) >= KEPT_MS;
      if (old && (await transaction.objectStore('photos').index('visit').count(visit)) === 0) await received.delete(id);
    }
  });
}
