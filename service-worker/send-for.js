/**
 * Whom the worker sends for: it sees no page that would tell. Nobody else's items are touched, and the office compares the
 * name with who is signed in.
 */

import { readSetting, writeSetting } from './settings.js';

/** @typedef {import('./stores.js').Stores} Stores */

/** The name among the settings of who used this phone last and has not signed out. */
const OFFICER = 'officer to send for';

/**
 * @param {Stores} stores
 * @param {string | undefined} officer user UUID; undefined after signing out
 */
export async function sendFor(stores, officer) {
  if ((await officerToSendFor(stores)) !== officer) await writeSetting(stores, OFFICER, officer);
}

/**
 * @param {Stores} stores
 * @returns {Promise<string | undefined>}
 */
export function officerToSendFor(stores) {
  return readSetting(stores, OFFICER);
}
