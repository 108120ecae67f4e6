/** Pages of the day pack that are older than what this phone has sent since: fetched again at once. */

import { KEPT } from './cached.js';
import { keepPage, packedCopy, readPack } from './day-pack.js';
import { listReceived } from './received.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./received.js').About} About */
/** @typedef {import('./day-pack.js').Tools} Tools */

/**
 * Fetches what was changed and is not in its copy yet; without a network the next call does. The copies themselves tell
 * which, so that a page that was closed in between leaves nothing undone.
 * @param {Stores} stores
 * @param {string} officer
 * @param {Tools} tools
 */
export async function renewChanged(stores, officer, tools) {
  const pack = await readPack(tools);
  if (!pack || pack.officer !== officer) return;
  const received = (await listReceived(stores, officer)).filter(({ about }) => about);
  for (const path of pack.pages) {
    const sent = received.filter(({ about }) => about && isChangedBy(path, about)).map(({ kept_at }) => kept_at);
    const last = sent.sort().at(-1);
    if (last && (await isOlder(path, last, tools)) && !(await renew(path, tools))) return;
  }
}

/**
 * @param {string} path of a page
 * @param {About} about what was sent
 * @returns {boolean}
 */
export function isChangedBy(path, { supervisee, stop, plan, stops }) {
  const day = Boolean(stop || plan);
  if (path === '/today' || path.startsWith('/plan/')) return day;
  if (supervisee && path === `/people/${supervisee}`) return true;
  return [stop, ...(stops ?? [])].some((id) => id && path === `/stops/${id}/briefing`);
}

/**
 * @param {string} path
 * @param {string} moment by the phone's clock, ISO 8601
 * @param {Tools} tools
 */
async function isOlder(path, moment, tools) {
  const copy = await packedCopy(path, tools);
  return copy !== undefined && (copy.headers.get(KEPT) ?? '') <= moment;
}

/**
 * @param {string} path
 * @param {Tools} tools
 * @returns {Promise<boolean>} false when the office was not reached
 */
async function renew(path, tools) {
  try {
    const answer = await tools.fetch(path, { headers: { 'Fieldapp-Poll': '1' }, redirect: 'manual', cache: 'no-store' });
    await keepPage(path, answer, tools);
    return true;
  } catch {
    return false;
  }
}
