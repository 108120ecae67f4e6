/** Sends a small preview of a photo ahead of its original. Only a help for the eye: nothing waits for it in vain. */

import { askOffice } from './ask.js';
import { photoBytes, notePhoto } from './photos.js';
import { MOST_BYTES, shrink } from './shrink.js';
import { afterFailure } from './sync.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./ask.js').Answer} Answer */
/** @typedef {import('./photos.js').Photo} Photo */

/** A page that dies while it makes a preview, or an office that chokes on it, gets no further chances. */
const MOST_TRIES = 3;

/**
 * Whether a preview of this photo may still go. An original that is as small is its own preview.
 * @param {Photo} photo
 */
export function wantsPreview({ preview, preview_tries = 0, bytes }) {
  return !preview && preview_tries < MOST_TRIES && bytes > MOST_BYTES;
}

/**
 * Makes the preview and sends it, and writes down what became of it. The try is counted before the picture is decoded.
 * @param {Stores} stores
 * @param {Photo} photo whose facts are with the office
 * @param {Tools} tools
 * @returns {Promise<Answer>} `ok` too when there can be none, or the office does not take it: the original goes next
 */
export async function sendPreview(stores, photo, tools) {
  const before = photo.preview_tries ?? 0;
  await notePhoto(stores, photo.id, { preview_tries: before + 1 });
  const small = await made(stores, photo, tools);
  if (!small) return settled(stores, photo, 'none');
  const answer = await askOffice(`/evidence/previews/${photo.id}`, { jpeg: small }, tools);
  if (answer.state === 'ok') return settled(stores, photo, answer.body?.id === photo.id ? 'sent' : 'none');
  if (answer.state !== 'trouble') {
    // no network, or nobody signed in: that is no failure of the preview's own
    await notePhoto(stores, photo.id, { ...afterFailure(photo, answer, tools), preview_tries: before });
    return answer;
  }
  if (answer.status >= 400 && answer.status < 500) return settled(stores, photo, 'none');
  return { state: 'ok', body: 'failed' };
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {Tools} tools
 * @returns {Promise<Blob | null>}
 */
async function made(stores, photo, tools) {
  const bytes = await photoBytes(stores, photo);
  return bytes ? (tools.shrink ?? shrink)(new Blob([bytes], { type: photo.media_type })) : null;
}

/**
 * @param {Stores} stores
 * @param {Photo} photo
 * @param {'sent' | 'none'} preview
 * @returns {Promise<Answer>}
 */
async function settled(stores, photo, preview) {
  await notePhoto(stores, photo.id, { preview });
  return { state: 'ok', body: preview };
}
