/** After submitting: where the visit is now, from the phone's own stores. */

import { state } from '../element.js';
import { count } from '../words.js';
import { listOutbox } from '/service-worker/outbox.js';
import { listPhotos } from '/service-worker/photos.js';

/** @typedef {import('/service-worker/stores.js').Stores} Stores */

/**
 * @param {Element} box
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} visit id
 */
export async function showWhereabouts(box, stores, officer, visit) {
  const row = (await listOutbox(stores, officer)).find(({ id }) => id === visit);
  const photos = await listPhotos(stores, visit);
  const line = words(row, photos);
  if (box.textContent !== line.textContent) box.replaceChildren(line);
}

/**
 * @param {import('/service-worker/outbox.js').OutboxRow | undefined} row
 * @param {import('/service-worker/photos.js').Photo[]} photos
 */
function words(row, photos) {
  if (row?.state === 'needs_attention') return state('stop', 's-stop', `The office did not accept it: ${row.reason}`);
  if (row) return state('wait', 's-phone', row.reason ? `On this phone. ${row.reason}` : 'On this phone, sending');
  const left = photos.length;
  if (left) return state('live', 's-send', `With the office. ${count(left, 'photo')} on this phone, sending`);
  return state('ok', 's-ok', 'With the office');
}
