/** One POST /sync: a batch of submissions goes out, and each of its rows gets what the office's answer means for it. */

import { askOffice } from './ask.js';
import { nextTry } from './back-off.js';
import { openReceipt } from './office-keys.js';
import { updateRows } from './outbox.js';
import { settleRow } from './settle.js';
import { rememberTold } from './told.js';
import { waitingReport } from './waiting.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./ask.js').Answer} Answer */
/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */
/** @typedef {{id: string | null, state: string, reason?: string, receipt?: string}} SyncResult */
/** @typedef {{received: number, refused: number, unsettled: number}} Counts */

const LETS_GO = ['stored', 'same', 'conflict', 'set_aside'];
const UNREADABLE = 'The office’s answer could not be understood. Nothing is lost; it is tried again.';
const UNPROVED = 'The office’s receipt could not be checked. Nothing is lost; it is tried again.';

/**
 * Sends a batch. A row leaves only with a receipt; a refused one is set aside with its reason; everything else stays.
 * @param {Stores} stores
 * @param {string} officer
 * @param {OutboxRow[]} rows
 * @param {Tools} tools
 * @returns {Promise<{answer: Answer, counts: Counts}>} `answer` is `ok` when the office took up the batch
 */
export async function syncBatch(stores, officer, rows, tools) {
  await updateRows(stores, rows, () => ({ state: 'sending' }));
  const question = {
    device_now: tools.now().toISOString(),
    waiting: await waitingReport(stores, officer, tools, rows.map(({ id }) => id)),
    submissions: rows.map((row) => row.jws),
  };
  const answer = understood(await askOffice('/sync', { json: question }, tools), rows);
  const counts = { received: 0, refused: 0, unsettled: 0 };
  if (answer.state !== 'ok') {
    await updateRows(stores, rows, (row) => afterFailure(row, answer, tools));
    return { answer, counts };
  }
  await rememberTold(stores, officer, question.waiting, question.device_now);
  for (const [index, row] of rows.entries()) {
    counts[await settleResult(stores, row, answer.body.results[index], tools)] += 1;
  }
  return { answer, counts };
}

/**
 * What a failure changes in a row or a photo. Being signed out is nobody's failure and changes nothing.
 * @param {{tries: number, errors: number}} item
 * @param {Exclude<Answer, {state: 'ok'}>} answer
 * @param {Pick<Tools, 'now' | 'random'>} tools
 */
export function afterFailure(item, answer, tools) {
  const state = /** @type {const} */ ('waiting');
  if (answer.state === 'sign_in') return { state };
  const { reason } = answer;
  if (answer.state === 'hold') return { state, reason, hold_until: answer.until.toISOString() };
  const tries = item.tries + 1;
  const errors = item.errors + (answer.state === 'trouble' ? 1 : 0);
  return { state, reason, tries, errors, next_try_at: nextTry(tries, tools).toISOString() };
}

/**
 * Takes an answer for what it is only when it speaks of each row of the batch, in order.
 * @param {Answer} answer
 * @param {OutboxRow[]} rows
 * @returns {Answer}
 */
function understood(answer, rows) {
  if (answer.state !== 'ok') return answer;
  const results = answer.body?.results;
  const complete = Array.isArray(results) && results.length === rows.length;
  return complete ? answer : { state: 'trouble', status: 200, reason: UNREADABLE };
}

/**
 * @param {Stores} stores
 * @param {OutboxRow} row
 * @param {SyncResult} result
 * @param {Tools} tools
 * @returns {Promise<'received' | 'refused' | 'unsettled'>}
 */
async function settleResult(stores, row, result, tools) {
  if (result?.state === 'refused' && (result.id ?? row.id) === row.id) {
    const reason = result.reason || 'The office did not accept this.';
    await updateRows(stores, [row], ({ tries }) => ({ state: 'needs_attention', reason, tries: tries + 1 }));
    return 'refused';
  }
  const receipt = LETS_GO.includes(result?.state) ? await openReceipt(stores, result.receipt, tools) : null;
  if (await settleRow(stores, row, receipt, tools.now())) return 'received';
  const failure = { state: /** @type {const} */ ('trouble'), status: 200, reason: UNPROVED };
  await updateRows(stores, [row], (kept) => afterFailure(kept, failure, tools));
  return 'unsettled';
}
