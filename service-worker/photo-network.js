/** Photos on Wi-Fi only: the officer's choice, and what this phone says of the network it is on. Facts always go. */

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {EventTarget & {type?: string}} Connection the Network Information API, where the browser has it */

/**
 * go: originals may go. not_wifi: the phone says that it is on another network. unknown: it does not say what it is on
 * (Safari, Firefox, Chrome on computers), so nobody but the officer can decide.
 * @typedef {'go' | 'not_wifi' | 'unknown'} Way
 */

/** The name of the choice among the settings. */
export const WIFI_ONLY = 'photos on wifi only';

const WIFI = ['wifi', 'ethernet'];
const NOT_WIFI = ['cellular', 'bluetooth', 'wimax', 'none'];

/**
 * @param {boolean} wifiOnly
 * @param {{type?: string} | undefined} connection
 * @returns {Way}
 */
export function photoWay(wifiOnly, connection) {
  const type = connection?.type ?? '';
  if (!wifiOnly || WIFI.includes(type)) return 'go';
  return NOT_WIFI.includes(type) ? 'not_wifi' : 'unknown';
}

/**
 * @param {Stores} stores
 * @param {{type?: string} | undefined} connection
 * @returns {Promise<Way>} by the choice as it is now
 */
export async function readWay(stores, connection) {
  const row = await stores.read(['settings'], (transaction) => transaction.objectStore('settings').get(WIFI_ONLY));
  return photoWay(row?.value === true, connection);
}

/**
 * Whether a photo waits for another network, not for its turn.
 * @param {Pick<Photo, 'any_network'>} photo
 * @param {Way} way
 */
export function isHeld({ any_network }, way) {
  return way !== 'go' && !any_network;
}

/**
 * "Send photos now": what is on this phone at this moment goes over any network, also after an interruption; what is
 * taken later waits again.
 * @param {Stores} stores
 * @param {string} officer
 */
export async function sendOverAnyNetwork(stores, officer) {
  await stores.write(['photos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    /** @type {Photo[]} */
    const own = await photos.index('officer').getAll(officer);
    for (const photo of own) if (photo.state !== 'draft') await photos.put({ ...photo, any_network: true, next_try_at: null });
  });
}

/**
 * The browser's connection, in a page or in a worker.
 * @param {typeof globalThis} [scope]
 * @returns {Connection | undefined}
 */
export function connectionOf(scope = globalThis) {
  return /** @type {any} */ (scope.navigator).connection;
}
