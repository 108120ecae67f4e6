/** Whether the session at the office still runs, and whether the office still wants this phone; asked when a door is shut. */

import { isOwnAnswer } from './cached.js';

/** The request header that names this phone's key. */
export const DEVICE = 'Fieldapp-Device';
const PATIENCE_MS = 3000;

/**
 * in_use: all is well, or may be. signed_off: an administrator signed this phone off. closed: the officer's account is
 * switched off. unknown: the office does not know this key (yet).
 * @typedef {'in_use' | 'signed_off' | 'closed' | 'unknown'} PhoneStanding
 */
/** @typedef {{signedIn: boolean, phone: PhoneStanding}} Standing */
/** @typedef {{fetch: typeof fetch}} Tools */

/**
 * Asks as a page that nobody looks at: it is no sign that the officer is there.
 * @param {string | null} kid this phone's key, where it has one
 * @param {Tools} tools
 * @returns {Promise<Standing | null>} null when the office was not reached
 */
export async function askStanding(kid, { fetch }) {
  try {
    const headers = { 'Fieldapp-Poll': '1', ...(kid ? { [DEVICE]: kid } : {}) };
    const answer = await fetch('/standing', { headers, redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!isOwnAnswer(answer)) return null;
    const { signed_in, phone } = await answer.json();
    return { signedIn: signed_in, phone };
  } catch {
    return null;
  }
}

/**
 * Whether the day's pages must leave this phone, whatever time they had left.
 * @param {PhoneStanding | undefined} phone
 */
export function endsPack(phone) {
  return phone === 'signed_off' || phone === 'closed';
}
