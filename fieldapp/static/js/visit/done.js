/** After submitting: where the visit is now, from the phone's own stores. */

import { state } from '../element.js';
import { count } from '../words.js';
import { listOutbox } from '../../../service-worker/outbox.js';
import { connectionOf, isHeld, readWay } from '../../../service-worker/photo-network.js';
import { listPhotos } from '../../../service-worker/photos.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */

/**
 * @param {Element} box
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} visit id
 * @param {{type?: string}} [connection] what the phone says of its network
 */
export async function showWhereabouts(box, stores, officer, visit, connection = connectionOf()) {
  const row = (await listOutbox(stores, officer)).find(({ id }) => id === visit);
  const photos = await listPhotos(stores, visit);
  const way = await readWay(stores, connection);
  const held = photos.length > 0 && photos.every((photo) => isHeld(photo, way));
  const line = words(row, photos, held);
  if (box.textContent !== line.textContent) box.replaceChildren(line);
}

/**
 * @param {import('../../../service-worker/outbox.js').OutboxRow | undefined} row
 * @param {import('../../../service-worker/photos.js').Photo[]} photos
 * @param {boolean} held whether they wait for Wi-Fi
 */
function words(row, photos, held) {
  if (row?.state === 'needs_attention') return state('stop', 's-stop', `The office did not accept it: ${row.reason}`);
  if (row && 'shut' in document.body.dataset) return state('wait', 'log-in', 'On this phone. Sign in to send it');
  if (row) return state('wait', 's-phone', row.reason ? `On this phone. ${row.reason}` : 'On this phone, sending');
  const left = photos.length;
  if (held) return state('wait', 's-phone', `With the office. ${count(left, 'photo')} on this phone, waiting for Wi-Fi`);
  if (left) return state('live', 's-send', `With the office. ${count(left, 'photo')} on this phone, sending`);
  return state('ok', 's-ok', 'With the office');
}
