/** Tells the office what is still on this phone, when nothing else goes there that would say it. */

import { askOffice } from './ask.js';
import { enrol } from './keys.js';
import { lastTold, owesReport, rememberTold } from './told.js';
import { waitingReport } from './waiting.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */

/**
 * A sync without submissions, if the office believes something else: after the last photo it hears that nothing is left.
 * One that fails is made up for at the next chance.
 * @param {Stores} stores
 * @param {string} officer
 * @param {Tools} tools
 * @returns {Promise<boolean>} whether the office was told
 */
export async function reportWaiting(stores, officer, tools) {
  const waiting = await waitingReport(stores, officer, tools);
  if (!waiting.lost && !owesReport(waiting.count, await lastTold(stores, officer), tools.now())) return false;
  const known = await enrol(stores, officer, tools);
  if (known.state !== 'ok') return false;
  const at = tools.now().toISOString();
  const question = { device_now: at, kid: known.body.kid, waiting, submissions: [] };
  const answer = await askOffice('/sync', { json: question }, tools);
  if (answer.state !== 'ok' || !Array.isArray(answer.body?.results)) return false;
  await rememberTold(stores, officer, waiting, at);
  return true;
}
