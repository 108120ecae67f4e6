/** How much room this phone has left, in photos. Some browsers say a fixed figure instead; a write that fails says more. */

import { icon, make } from './element.js';

/** @typedef {{free: number, used: number}} Space free: bytes; used: share of what the app may use, 0 to 1 */

/** A photo of a phone's camera in bytes, as these figures count it. */
const PHOTO_BYTES = 4_000_000;
/** Below this the camera stays shut: the largest photos of phones need as much, and some room for all else. */
const ROOM_BYTES = 25_000_000;
const ALMOST_FULL = 0.8;

/**
 * @param {Pick<StorageManager, 'estimate'> | undefined} storage
 * @returns {Promise<Space | null>} null where the browser does not say
 */
export async function readSpace(storage) {
  const { quota, usage } = (await storage?.estimate().catch(() => null)) ?? {};
  if (!quota || usage === undefined) return null;
  return { free: Math.max(0, quota - usage), used: usage / quota };
}

/**
 * @param {Space | null} space
 * @returns {boolean}
 */
export function takesPhoto(space) {
  return !space || space.free >= ROOM_BYTES;
}

/**
 * One thing to know when four fifths are used.
 * @param {Space | null} space
 * @returns {HTMLElement | null}
 */
export function spaceNotice(space) {
  if (!space || space.used < ALMOST_FULL) return null;
  const photos = Math.floor(space.free / PHOTO_BYTES);
  const heading = takesPhoto(space) ? `Room for about ${photos.toLocaleString('en-US')} photos` : 'No room for photos';
  const text = 'Connect and send what waits, or delete pictures and apps that you do not need. Answers are small: they still fit.';
  const attributes = { class: 'notice', 'data-tone': 'warn', 'data-space-notice': '' };
  return make('div', attributes, icon('s-warn'), make('h2', { class: 'h3' }, heading), make('p', {}, text));
}

/**
 * Puts the notice at the beginning of a place, or takes it away.
 * @param {Element} place
 * @param {Space | null} space
 */
export function showSpaceNotice(place, space) {
  place.querySelector('[data-space-notice]')?.remove();
  const box = spaceNotice(space);
  if (box) place.prepend(box);
}
