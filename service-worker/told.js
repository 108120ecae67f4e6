/** What the office was last told about what is still on this phone: it is told again when that is not so any more. */

import { noteLost } from './lost.js';
import { readSetting, writeSetting } from './settings.js';
import { ifRoom } from './stores.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {{count: number, at: string}} Told how many items, and when, UTC, ISO 8601 */

/** As long as something waits, the office hears of it so often, if the phone has a signal at all. */
const AGAIN_MS = 10 * 60_000;

/**
 * @param {number} count submissions and photos on this phone
 * @param {Told | undefined} told
 * @param {Date} now
 */
export function owesReport(count, told, now) {
  if (!told) return count > 0;
  return told.count !== count || (count > 0 && now.getTime() - Date.parse(told.at) >= AGAIN_MS);
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Told | undefined>} undefined when the office was never told
 */
export function lastTold(stores, officer) {
  return readSetting(stores, `told ${officer}`);
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {Pick<import('./waiting.js').WaitingReport, 'count' | 'lost'>} waiting as the office has just taken it
 * @param {string} at UTC, ISO 8601
 */
export async function rememberTold(stores, officer, { count, lost }, at) {
  await ifRoom(writeSetting(stores, `told ${officer}`, { count, at }));
  if (lost) await ifRoom(noteLost(stores, { told: true }));
}
