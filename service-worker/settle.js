/** Letting go: the only functions that delete what was submitted, and they ask for the office's receipt. */

import { erasePhoto } from './photos.js';
import { rememberPhoto, rememberSubmission } from './received.js';
import { ifRoom } from './stores.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {import('./office-keys.js').Receipt} Receipt */

const QUARANTINED = 'The office received this photo with other content than this phone holds, and has set it aside.';

/**
 * Lets a submission go when the receipt names its id and hash. Its photos leave with it where the receipt says that
 * they are stored; the others may be sent from now on.
 * @param {Stores} stores
 * @param {OutboxRow} row
 * @param {Receipt | null} receipt whose signature was checked
 * @param {Date} now
 * @returns {Promise<boolean>} whether it was let go
 */
export async function settleRow(stores, row, receipt, now) {
  if (receipt?.submission !== row.id || receipt.sha256 !== row.sha256) return false;
  return (await ifRoom(settled(stores, row, receipt, now))) ?? settled(stores, row, receipt, null);
}

/**
 * @param {Stores} stores
 * @param {OutboxRow} row
 * @param {Receipt} receipt
 * @param {Date | null} now null: nothing is written, only deleted, which a full disk takes. The photos stay frozen; without
 *   their visit's row in the outbox they are sent all the same
 */
function settled(stores, row, receipt, now) {
  return stores.write(['outbox', 'photos', 'received'], async (transaction) => {
    const kept = await transaction.objectStore('outbox').get(row.id);
    if (kept?.sha256 !== receipt.sha256) return false;
    await transaction.objectStore('outbox').delete(row.id);
    if (now) await rememberSubmission(transaction, row, receipt, now);
    const photos = transaction.objectStore('photos');
    for (const photo of await photos.index('visit').getAll(row.id)) {
      if (isStored(photo, receipt)) await letGo(transaction, photo, now);
      else if (now) await photos.put({ ...photo, state: 'waiting' });
    }
    return true;
  });
}

/**
 * Lets a photo go when its visit's receipt says that these very bytes are stored.
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Receipt | null} receipt whose signature was checked
 * @param {Date} now
 * @returns {Promise<'gone' | 'awaited' | 'quarantined' | 'unnamed'>} what the receipt says of it
 */
export async function settlePhoto(stores, photo, receipt, now) {
  const entries = receipt?.submission === photo.visit ? receipt.photos.filter(({ id }) => id === photo.id) : [];
  if (!receipt || entries.length === 0) return 'unnamed';
  if (isStored(photo, receipt)) {
    const gone = (/** @type {Date | null} */ noted) =>
      stores.write(['photos', 'received'], async (transaction) => {
        await letGo(transaction, photo, noted);
        return true;
      });
    if (!(await ifRoom(gone(now)))) await gone(null);
    return 'gone';
  }
  if (entries.some(({ sha256, state }) => state === 'awaited' && sha256 === photo.sha256)) return 'awaited';
  // a new try is a new upload: the one that ended with other bytes can never end well
  const aside = { ...photo, state: 'needs_attention', reason: QUARANTINED, upload_url: null, sent: 0 };
  await stores.write(['photos'], (transaction) => transaction.objectStore('photos').put(aside));
  return 'quarantined';
}

/**
 * @param {import('./vendor/idb.js').Transaction} transaction
 * @param {Photo} photo
 * @param {Date | null} now null: there is no room to remember it
 */
async function letGo(transaction, photo, now) {
  await erasePhoto(transaction, photo);
  if (now) await rememberPhoto(transaction, photo, now);
}

/**
 * @param {Photo} photo
 * @param {Receipt} receipt
 */
function isStored(photo, receipt) {
  return receipt.photos.some(
    ({ id, sha256, state }) => id === photo.id && sha256 === photo.sha256 && state === 'stored',
  );
}
