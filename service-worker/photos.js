/**
 * Photos on this phone: the original bytes exactly as the camera gave them, proved by reading them back.
 *
 * A photo is a light row (what lists need) and, beside it in the same store, a row of its bytes. Bytes are kept as an
 * ArrayBuffer: on iOS, Blobs that come out of IndexedDB can become unreadable once the app was in the background.
 */

import { sha256Hex } from './digest.js';
import { ownDraft } from './drafts.js';
import { ifRoom } from './stores.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./positions.js').Position} Position */
/** @typedef {import('./vendor/idb.js').Transaction} Transaction */

/**
 * draft: its visit is not submitted. frozen: signed with its visit, whose facts are not with the office yet.
 * waiting: to be sent. sending: on its way. needs_attention: the office does not take it.
 * @typedef {'draft' | 'frozen' | 'waiting' | 'sending' | 'needs_attention'} PhotoState
 */

/**
 * @typedef {object} Photo
 * @property {string} id UUID
 * @property {string} visit UUID
 * @property {string} officer user UUID
 * @property {string} item the question it belongs to, such as compliance.paraphernalia, or visit
 * @property {string} sha256 of the original bytes
 * @property {number} bytes size
 * @property {string} media_type as the browser says it; the office looks for itself
 * @property {string} taken_at UTC, ISO 8601
 * @property {Position} position
 * @property {string} caption
 * @property {'camera' | 'library'} source
 * @property {string} [no_position_reason]
 * @property {PhotoState} state
 * @property {string} bytes_key key of the row that holds the bytes
 * @property {string | null} upload_url where the office takes the rest of it
 * @property {number} sent bytes that the office has confirmed
 * @property {number} tries failures so far
 * @property {number} errors those of them in which the office answered with an error
 * @property {string | null} next_try_at UTC, ISO 8601
 * @property {string | null} hold_until UTC, ISO 8601: the office asked to be left alone until then
 * @property {string | null} reason why it still waits
 * @property {'sent' | 'none'} [preview] what became of its preview; absent while one may still go
 * @property {number} [preview_tries] how often a preview was begun
 * @property {boolean} [any_network] the officer let it go without Wi-Fi
 */

/** @typedef {Pick<Photo, 'visit' | 'officer' | 'item' | 'source' | 'position'> &
 *   Partial<Pick<Photo, 'id' | 'caption' | 'no_position_reason' | 'taken_at'>>} PhotoFacts */

/** The photo is not safely on this phone; the message says what to do. */
export class PhotoNotKeptError extends Error {
  name = 'PhotoNotKeptError';
}

/**
 * Keeps a photo of a draft: hashes the original bytes, stores them, reads them back and compares. Resolves only when
 * what is on the disk is what the camera gave.
 * @param {Stores} stores
 * @param {Blob} file as the file input gave it
 * @param {PhotoFacts} facts
 * @param {Pick<Tools, 'subtle' | 'now' | 'uuid'>} tools
 * @returns {Promise<Photo>}
 * @throws {PhotoNotKeptError} when it is empty, unreadable, or did not come back from the disk as it was
 * @throws {import('./drafts.js').DraftGoneError} when its visit is not a draft on this phone
 */
export async function capturePhoto(stores, file, facts, tools) {
  const original = await originalBytes(file);
  const sha256 = await sha256Hex(original, tools);
  const photo = newPhoto(facts, original.byteLength, sha256, file.type, tools);
  await stores.write(['drafts', 'photos'], async (transaction) => {
    await ownDraft(transaction, photo.visit, photo.officer);
    await transaction.objectStore('photos').put(photo);
    await transaction.objectStore('photos').put({ id: photo.bytes_key, bytes: original });
  });
  const kept = await photoBytes(stores, photo);
  if (kept && (await sha256Hex(kept, tools)) === sha256) return photo;
  await stores.write(['photos'], (transaction) => erasePhoto(transaction, photo));
  throw new PhotoNotKeptError('This phone did not keep the photo as it was taken. Free some space and take it again.');
}

/**
 * The photos of a visit in the order they were taken, without their bytes.
 * @param {Stores} stores
 * @param {string} visit
 * @returns {Promise<Photo[]>}
 */
export async function listPhotos(stores, visit) {
  /** @type {Photo[]} */
  const rows = await stores.read(['photos'], (transaction) =>
    transaction.objectStore('photos').index('visit').getAll(visit),
  );
  return rows.sort(byTime);
}

/**
 * All of an officer's photos that are submitted and still on this phone, without their bytes, oldest first.
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Photo[]>}
 */
export async function listSubmittedPhotos(stores, officer) {
  return (await listOwnPhotos(stores, officer)).filter((photo) => photo.state !== 'draft');
}

/**
 * All of an officer's photos on this phone, those of drafts too, without their bytes, oldest first.
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Photo[]>}
 */
export async function listOwnPhotos(stores, officer) {
  /** @type {Photo[]} */
  const rows = await stores.read(['photos'], (transaction) =>
    transaction.objectStore('photos').index('officer').getAll(officer),
  );
  return rows.sort(byTime);
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @returns {Promise<ArrayBuffer | undefined>} the original bytes
 */
export async function photoBytes(stores, photo) {
  const row = await stores.read(['photos'], (transaction) => transaction.objectStore('photos').get(photo.bytes_key));
  return row?.bytes;
}

/**
 * Changes the words about a photo of a draft.
 * @param {Stores} stores
 * @param {string} id
 * @param {{caption?: string, no_position_reason?: string}} words
 * @returns {Promise<Photo | undefined>} undefined when it is gone or submitted; what was signed is not changed
 */
export function describePhoto(stores, id, words) {
  return stores.write(['photos'], async (transaction) => {
    const photo = await transaction.objectStore('photos').get(id);
    if (photo?.state !== 'draft') return undefined;
    const described = { ...photo, ...words };
    await transaction.objectStore('photos').put(described);
    return described;
  });
}

/**
 * Removes a photo of a draft; a submitted one stays.
 * @param {Stores} stores
 * @param {string} id
 * @returns {Promise<boolean>} whether it was removed
 */
export function removePhoto(stores, id) {
  return stores.write(['photos'], async (transaction) => {
    const photo = await transaction.objectStore('photos').get(id);
    if (photo?.state !== 'draft') return false;
    await erasePhoto(transaction, photo);
    return true;
  });
}

/**
 * Writes changes into a photo's row, if it is still there.
 * @param {Stores} stores
 * @param {string} id
 * @param {Partial<Photo>} changes
 */
export function updatePhoto(stores, id, changes) {
  return stores.write(['photos'], async (transaction) => {
    const photo = await transaction.objectStore('photos').get(id);
    if (photo) await transaction.objectStore('photos').put({ ...photo, ...changes });
  });
}

/**
 * Notes how the sending of a photo stands, if there is room for it.
 * @param {Stores} stores
 * @param {string} id
 * @param {Partial<Photo>} changes
 */
export function notePhoto(stores, id, changes) {
  return ifRoom(updatePhoto(stores, id, changes));
}

/**
 * Deletes a photo's two rows inside a transaction that covers `photos`.
 * @param {Transaction} transaction
 * @param {Photo} photo
 */
export async function erasePhoto(transaction, photo) {
  await transaction.objectStore('photos').delete(photo.bytes_key);
  await transaction.objectStore('photos').delete(photo.id);
}

/**
 * What the signed visit says about a photo.
 * @param {Photo} photo
 */
export function photoEntry(photo) {
  const { id, item, sha256, bytes, media_type, taken_at, position, caption, source, no_position_reason } = photo;
  const entry = { id, item, sha256, bytes, media_type, taken_at, position, caption, source };
  return no_position_reason ? { ...entry, no_position_reason } : entry;
}

/**
 * @param {Blob} file
 * @returns {Promise<ArrayBuffer>}
 */
async function originalBytes(file) {
  const original = await file.arrayBuffer().catch(() => null);
  if (!original) throw new PhotoNotKeptError('This picture cannot be read any more. Take it again.');
  if (original.byteLength === 0) throw new PhotoNotKeptError('The camera gave an empty picture. Take it again.');
  return original;
}

/**
 * @param {PhotoFacts} facts
 * @param {number} bytes
 * @param {string} sha256
 * @param {string} media_type
 * @param {Pick<Tools, 'now' | 'uuid'>} tools
 * @returns {Photo}
 */
function newPhoto(facts, bytes, sha256, media_type, { now, uuid }) {
  const id = facts.id ?? uuid();
  const unsent = { state: /** @type {const} */ ('draft'), upload_url: null, sent: 0, tries: 0, errors: 0 };
  const taken_at = facts.taken_at ?? now().toISOString();
  const waits = { next_try_at: null, hold_until: null, reason: null, bytes_key: `${id}/original` };
  return { caption: '', ...facts, id, taken_at, sha256, bytes, media_type, ...unsent, ...waits };
}

/**
 * @param {Photo} one
 * @param {Photo} other
 */
function byTime(one, other) {
  return one.taken_at.localeCompare(other.taken_at) || one.id.localeCompare(other.id);
}
