/** The choice "photos on Wi-Fi only", in the words that are true on this phone, and the way around it for once. */

import { find } from '../element.js';
import { sizeWords } from '../words.js';
import { WIFI_ONLY, sendOverAnyNetwork } from '../../../service-worker/photo-network.js';
import { writeSetting } from '../../../service-worker/settings.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('./phone.js').OnPhone} OnPhone */

const CHOSEN = {
  go: 'This phone is on Wi-Fi now.',
  not_wifi: 'This phone is not on Wi-Fi now. Answers and small previews always go.',
  unknown: 'This phone does not tell whether it is on Wi-Fi: photos wait until you tap Send photos now. Answers and small previews always go.',
};
const NOT_CHOSEN = 'Photos go over any network, right after the answers.';

/**
 * @param {HTMLElement} root
 * @param {Stores} stores
 * @param {string} officer
 * @param {() => void} changed
 */
export function offerWifi(root, stores, officer, changed) {
  const box = /** @type {HTMLInputElement} */ (find(root, '[data-wifi-only]'));
  box.addEventListener('change', async () => {
    await writeSetting(stores, WIFI_ONLY, box.checked || undefined);
    changed();
  });
  find(root, '[data-photos-now]').addEventListener('click', async () => {
    await sendOverAnyNetwork(stores, officer);
    changed();
  });
}

/**
 * @param {HTMLElement} root
 * @param {OnPhone} phone
 * @param {number} held bytes that wait for Wi-Fi
 */
export function showWifi(root, { wifiOnly, way }, held) {
  /** @type {HTMLInputElement} */ (find(root, '[data-wifi-only]')).checked = wifiOnly;
  find(root, '[data-wifi-words]').textContent = wifiOnly ? CHOSEN[way] : NOT_CHOSEN;
  find(root, '[data-held]').hidden = held === 0;
  find(root, '[data-photos-now] span').textContent = `Send photos now, ${sizeWords(held)}`;
}
