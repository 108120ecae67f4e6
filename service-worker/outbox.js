/** What is submitted and not yet known to be with the office: frozen, signed, each row of one officer. */

import { sha256Hex } from './digest.js';
import { DraftGoneError, isSameVisit } from './drafts.js';
import { readJws, signJws } from './jws.js';
import { deviceKey, enrolAgain } from './keys.js';
import { listPhotos, photoEntry } from './photos.js';
import { ifRoom } from './stores.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {import('./vendor/idb.js').Transaction} Transaction */

/**
 * @typedef {object} OutboxRow
 * @property {string} id the submission's UUID; of a visit also the visit's
 * @property {string} officer user UUID
 * @property {string} kind visit, check_in, note …
 * @property {string} title how the outbox page calls it
 * @property {string} made_at UTC, ISO 8601
 * @property {string} jws what is sent, to the letter; never signed again
 * @property {string} sha256 of the JWS
 * @property {number} bytes size of the JWS
 * @property {string[]} photos ids
 * @property {'waiting' | 'sending' | 'needs_attention'} state
 * @property {string | null} reason why it still waits
 * @property {number} tries failures so far
 * @property {number} errors those of them in which the office answered with an error
 * @property {string | null} next_try_at UTC, ISO 8601
 * @property {string | null} hold_until UTC, ISO 8601: the office asked to be left alone until then
 */

/**
 * Submits a visit: signs it, then replaces its draft by an outbox row in one transaction. Whatever happens in between,
 * the phone holds the draft or the submission, never neither and never both.
 * @param {Stores} stores
 * @param {Draft} draft
 * @param {Record<string, any>} body the wire's body without `photos`, which are taken from the store
 * @param {string} app version of the app
 * @param {Pick<Tools, 'subtle' | 'now'>} tools
 * @returns {Promise<OutboxRow>} the row of the first submission when it was submitted before
 * @throws {DraftGoneError} when there is neither draft nor row
 */
export async function submitVisit(stores, draft, body, app, tools) {
  for (;;) {
    const photos = await listPhotos(stores, draft.id);
    const row = await signedRow(
      stores,
      { id: draft.id, officer: draft.officer, kind: 'visit', body: { ...body, photos: photos.map(photoEntry) }, app },
      { title: draft.title ?? '', photos: photos.map((photo) => photo.id) },
      tools,
    );
    const kept = await replaceDraft(stores, row, photos);
    if (kept) return kept;
  }
}

/**
 * Submits what has no draft: a check-in, a note.
 * @param {Stores} stores
 * @param {{officer: string, kind: string, body: Record<string, any>, app: string, id?: string}} submission
 * @param {string} title how the outbox page calls it
 * @param {Pick<Tools, 'subtle' | 'now' | 'uuid'>} tools
 * @returns {Promise<OutboxRow>} the row of the first submission when the id is in the outbox already
 */
export async function submit(stores, submission, title, tools) {
  const payload = { ...submission, id: submission.id ?? tools.uuid() };
  const row = await signedRow(stores, payload, { title, photos: [] }, tools);
  return stores.write(['outbox'], async (transaction) => {
    const existing = await transaction.objectStore('outbox').get(row.id);
    if (existing) return existing;
    await transaction.objectStore('outbox').put(row);
    return row;
  });
}

/**
 * An officer's rows, oldest first. Another officer's rows on the same phone are never among them.
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<OutboxRow[]>}
 */
export async function listOutbox(stores, officer) {
  /** @type {OutboxRow[]} */
  const rows = await stores.read(['outbox'], (transaction) =>
    transaction.objectStore('outbox').index('officer').getAll(officer),
  );
  return rows.sort((one, other) => one.made_at.localeCompare(other.made_at) || one.id.localeCompare(other.id));
}

/**
 * The visit of this stop (or, without one, to this person at this place) that is submitted and not yet with the office.
 * @param {Stores} stores
 * @param {string} officer
 * @param {Pick<Draft, 'supervisee' | 'stop' | 'place'>} wanted
 * @returns {Promise<OutboxRow | undefined>} the latest
 */
export async function unsentVisit(stores, officer, wanted) {
  const visits = (await listOutbox(stores, officer)).filter(({ kind }) => kind === 'visit');
  return visits.findLast(({ jws }) => isSameVisit(readJws(jws).payload.body, wanted));
}

/**
 * Writes changes into rows that are still there; not on a full disk, where they stay as they are.
 * @param {Stores} stores
 * @param {OutboxRow[]} rows
 * @param {(row: OutboxRow) => Partial<OutboxRow>} changes
 */
export function updateRows(stores, rows, changes) {
  const written = stores.write(['outbox'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    for (const { id } of rows) {
      const row = await outbox.get(id);
      if (row) await outbox.put({ ...row, ...changes(row) });
    }
  });
  return ifRoom(written);
}

/**
 * Puts what needs attention back in the queue, as it is, and forgets earlier failures: "Try again".
 * @param {Stores} stores
 * @param {string} officer
 * @param {string[]} [only] ids of submissions and photos, which then go at once even where they only wait; without it
 *   everything of the officer that needs attention
 */
export async function tryAgain(stores, officer, only) {
  await enrolAgain(stores, officer); // an unknown device is one of the reasons for a refusal
  const again = { state: 'waiting', tries: 0, errors: 0, next_try_at: null, reason: null };
  const asked = (/** @type {{id: string, state: string}} */ { id, state }) =>
    only ? only.includes(id) && ['waiting', 'needs_attention'].includes(state) : state === 'needs_attention';
  await stores.write(['outbox', 'photos'], async (transaction) => {
    for (const name of ['outbox', 'photos']) {
      for (const row of await transaction.objectStore(name).index('officer').getAll(officer)) {
        if (asked(row)) await transaction.objectStore(name).put({ ...row, ...again });
      }
    }
  });
}

/**
 * A row for the outbox, signed and not yet in it.
 * @param {Stores} stores
 * @param {{id: string, officer: string, kind: string, body: Record<string, any>, app: string}} submission
 * @param {{title: string, photos: string[]}} beside
 * @param {Pick<Tools, 'subtle' | 'now'>} tools
 * @returns {Promise<OutboxRow>}
 */
export async function signedRow(stores, { id, officer, kind, body, app }, beside, tools) {
  const key = await deviceKey(stores, officer, tools);
  const made_at = tools.now().toISOString();
  const signer = { privateKey: key.private_key, kid: key.kid, subtle: tools.subtle };
  const jws = await signJws({ id, kind, made_at, officer, app, body }, signer);
  const frozen = { id, officer, kind, made_at, jws, sha256: await sha256Hex(jws, tools), bytes: jws.length };
  const unsent = { state: /** @type {const} */ ('waiting'), reason: null, tries: 0, errors: 0 };
  return { ...frozen, ...beside, ...unsent, next_try_at: null, hold_until: null };
}

/**
 * @param {Stores} stores
 * @param {OutboxRow} row
 * @param {Photo[]} signed the photos that the submission names
 * @returns {Promise<OutboxRow | null>} null when a photo came, went or changed since the signing
 */
function replaceDraft(stores, row, signed) {
  return stores.write(['drafts', 'outbox', 'photos'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    const existing = await outbox.get(row.id);
    if (existing) return existing;
    const draft = await transaction.objectStore('drafts').get(row.id);
    if (draft?.officer !== row.officer) throw new DraftGoneError(row.id);
    const photos = await transaction.objectStore('photos').index('visit').getAll(row.id);
    if (!sameEntries(photos, signed)) return null;
    await freezePhotos(transaction, photos);
    await outbox.put(row);
    await transaction.objectStore('drafts').delete(row.id);
    return row;
  });
}

/**
 * @param {Transaction} transaction
 * @param {Photo[]} photos
 */
async function freezePhotos(transaction, photos) {
  for (const photo of photos) await transaction.objectStore('photos').put({ ...photo, state: 'frozen' });
}

/**
 * @param {Photo[]} stored
 * @param {Photo[]} signed
 */
function sameEntries(stored, signed) {
  const entries = (/** @type {Photo[]} */ photos) => photos.map((photo) => JSON.stringify(photoEntry(photo))).sort();
  return entries(stored).join('\n') === entries(signed).join('\n');
}
