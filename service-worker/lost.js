/** The phone's memory of having lost its memory: found at a start-up, told to the office, and seen by the officer. */

import { readSetting, writeSetting } from './settings.js';

/** @typedef {import('./stores.js').Stores} Stores */

/**
 * @typedef {object} Lost
 * @property {string} at when it was found, UTC, ISO 8601
 * @property {number | null} count how many items waited when the phone was last in order; null where nobody knows
 * @property {boolean} told whether the office knows
 * @property {boolean} seen whether the officer has said so
 */

const NAME = 'lost';

/**
 * @param {Stores} stores
 * @returns {Promise<Lost | undefined>}
 */
export function readLost(stores) {
  return readSetting(stores, NAME);
}

/**
 * @param {Stores} stores
 * @param {Pick<Lost, 'at' | 'count'>} found
 */
export function rememberLost(stores, { at, count }) {
  return writeSetting(stores, NAME, { at, count, told: false, seen: false });
}

/**
 * Notes who knows of it; forgotten when both do.
 * @param {Stores} stores
 * @param {Partial<Pick<Lost, 'told' | 'seen'>>} who
 */
export async function noteLost(stores, who) {
  const lost = await readLost(stores);
  if (!lost) return;
  const known = { ...lost, ...who };
  await writeSetting(stores, NAME, known.told && known.seen ? undefined : known);
}
