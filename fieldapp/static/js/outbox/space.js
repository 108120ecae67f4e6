/** How much room this phone has left for the app. */

import { find } from '../element.js';
import { sizeWords } from '../words.js';

/** @param {HTMLElement} root */
export async function showSpace(root) {
  /** @type {StorageEstimate} */
  const estimate = (await navigator.storage?.estimate().catch(() => null)) ?? {};
  const { quota = 0, usage = 0 } = estimate;
  const block = find(root, '[data-space]');
  block.toggleAttribute('hidden', quota === 0);
  const meter = /** @type {HTMLMeterElement} */ (find(block, 'meter'));
  meter.max = quota || 1;
  meter.value = usage;
  find(block, '[data-free]').textContent = `${sizeWords(Math.max(0, quota - usage))} free`;
  find(block, '[data-used]').textContent = `fieldapp uses ${sizeWords(usage)}.`;
}
