/** Sends one photo by tus 1.0, going on at the byte where the last try ended, and lets it go when the receipt says so. */

import { askOffice, refusal } from './ask.js';
import { openReceipt } from './office-keys.js';
import { photoBytes, notePhoto } from './photos.js';
import { settlePhoto } from './settle.js';
import { afterFailure } from './sync.js';
import { FetchHttpStack } from './tus-http-stack.js';
import { Upload } from './vendor/tus.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./ask.js').Answer} Answer */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {(sent: number) => void} OnProgress bytes that the office has confirmed */

const ENDPOINT = '/evidence/uploads';
const PART_BYTES = 256 * 1024;
/** The office does not know this upload (any more): it starts again from the first byte. */
const UPLOAD_GONE = [403, 404, 410];
/** Statuses that time mends; other 4xx ones need a person. */
const PASSING = [401, 404, 408, 409, 423, 425, 429, 460];

/**
 * @param {Stores} stores
 * @param {Photo} photo in state waiting
 * @param {Tools} tools
 * @param {OnProgress} [onProgress]
 * @returns {Promise<Answer>} `ok`: it is settled, that is let go or set aside for a person
 */
export async function sendPhoto(stores, photo, tools, onProgress = () => {}) {
  await notePhoto(stores, photo.id, { state: 'sending' });
  const answer = await deliver(stores, photo, tools, onProgress);
  if (answer.state === 'ok') return answer;
  if (answer.state === 'trouble' && isFinal(answer.status)) {
    await notePhoto(stores, photo.id, { state: 'needs_attention', reason: answer.reason });
    return { state: 'ok', body: 'refused' };
  }
  await notePhoto(stores, photo.id, afterFailure(photo, answer, tools));
  return answer;
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Tools} tools
 * @param {OnProgress} onProgress
 * @returns {Promise<Answer>}
 */
async function deliver(stores, photo, tools, onProgress) {
  if (photo.upload_url) {
    // The answer to the last part may have been lost: ask before sending anything twice.
    const before = await checkReceipt(stores, photo, tools);
    if (before.state !== 'ok' || before.body !== 'awaited') return before;
  }
  const upload = await uploadWhole(stores, photo, tools, onProgress);
  if (upload.state !== 'ok') return upload;
  const after = await checkReceipt(stores, photo, tools);
  if (after.state !== 'ok' || after.body !== 'awaited') return after;
  await notePhoto(stores, photo.id, { upload_url: null, sent: 0 });
  return { state: 'trouble', status: 200, reason: 'The office has not confirmed this photo yet. It is sent again.' };
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Tools} tools
 * @returns {Promise<Answer>} `ok` with body gone, quarantined or awaited
 */
async function checkReceipt(stores, photo, tools) {
  const answer = await askOffice(`/receipts/${photo.visit}`, { read: 'text' }, tools);
  if (answer.state !== 'ok') return answer;
  const said = await settlePhoto(stores, photo, await openReceipt(stores, answer.body, tools), tools.now());
  if (said !== 'unnamed') return { state: 'ok', body: said };
  return { state: 'trouble', status: 200, reason: 'The office’s receipt does not name this photo. It is tried again.' };
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Tools} tools
 * @param {OnProgress} onProgress
 * @returns {Promise<Answer>}
 */
async function uploadWhole(stores, photo, tools, onProgress) {
  const bytes = await photoBytes(stores, photo);
  if (!bytes) return { state: 'trouble', status: 422, reason: 'The photo is not on this phone any more.' };
  const file = new Blob([bytes], { type: photo.media_type });
  const known = photo.upload_url && new URL(photo.upload_url, tools.origin).href;
  if (known) {
    const resumed = await tusUpload(stores, photo, file, { uploadUrl: known }, tools, onProgress);
    if (resumed.state !== 'trouble' || !UPLOAD_GONE.includes(resumed.status)) return resumed;
    await notePhoto(stores, photo.id, { upload_url: null, sent: 0 });
  }
  return tusUpload(stores, photo, file, { endpoint: new URL(ENDPOINT, tools.origin).href }, tools, onProgress);
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Blob} file
 * @param {{uploadUrl: string} | {endpoint: string}} where without an endpoint tus-js-client goes on, or fails
 * @param {Tools} tools
 * @param {OnProgress} onProgress
 * @returns {Promise<Answer>}
 */
function tusUpload(stores, photo, file, where, tools, onProgress) {
  const { id, visit, sha256, media_type } = photo;
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      ...where,
      metadata: { photo: id, submission: visit, sha256, type: media_type },
      chunkSize: PART_BYTES,
      httpStack: new FetchHttpStack(tools),
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => void notePhoto(stores, id, { upload_url: upload.url }),
      onChunkComplete: (_part, sent) => {
        void notePhoto(stores, id, { sent });
        onProgress(sent);
      },
      onSuccess: () => resolve({ state: 'ok', body: null }),
      onError: (error) => resolve(failure(error, tools.now())),
    });
    upload.start();
  });
}

/**
 * @param {Error | import('./vendor/tus.js').DetailedError} error
 * @param {Date} now
 * @returns {Exclude<Answer, {state: 'ok'}>}
 */
function failure(error, now) {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (!response || response.getStatus() < 400) return { state: 'offline', reason: 'The office could not be reached.' };
  const headers = { get: (/** @type {string} */ name) => response.getHeader(name) };
  return refusal(response.getStatus(), headers, response.getBody(), now);
}

/** @param {number} status */
function isFinal(status) {
  return status >= 400 && status < 500 && !PASSING.includes(status);
}
