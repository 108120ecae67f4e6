/** Which rows of the outbox go next: who is in danger first, then where officers are, then what they found. */

/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */

const RANKS = /** @type {Record<string, number>} */ ({ duress: 0, check_in: 1, check_out: 1, extend: 1, visit: 2, note: 3, skip: 3, unskip: 3, order: 3 });
const LAST_RANK = 4;
const BATCH_ROWS = 20;
const BATCH_BYTES = 256 * 1024;
/** After so many errors a row is sent alone, so that one the office chokes on cannot hold up the others. */
const SUSPECT_ERRORS = 3;

/**
 * Whether the office's errors may be this row's fault. Lost networks are nobody's fault and do not count.
 * @param {OutboxRow} row
 */
export function isSuspect(row) {
  return row.errors >= SUSPECT_ERRORS;
}

/**
 * The next rows to send in one request; none when nothing is due.
 * @param {OutboxRow[]} rows an officer's outbox
 * @param {{now: Date, tried: Set<string>, eager: boolean}} round `tried`: ids that had their turn in this drain;
 *   `eager`: the office was just reached, so rows that only waited for the network need not wait longer
 * @returns {OutboxRow[]}
 */
export function nextBatch(rows, { now, tried, eager }) {
  const due = rows.filter((row) => !tried.has(row.id) && isDue(row, now, eager)).sort(byUrgency);
  if (due.length === 0) return [];
  const [first] = due;
  if (isSuspect(first)) return [first];
  // Duress travels alone: nothing heavy may delay it.
  const companions = due.filter((row) => !isSuspect(row) && (rank(row) === 0) === (rank(first) === 0));
  return withinSize(companions);
}

/**
 * @param {{state: string, next_try_at: string | null}} item a row or a photo
 * @param {Date} now
 * @param {boolean} eager
 */
export function isDue({ state, next_try_at }, now, eager) {
  // A row that says "sending" at the start of a round was cut off: only one drain runs at a time.
  if (state !== 'waiting' && state !== 'sending') return false;
  return eager || next_try_at === null || Date.parse(next_try_at) <= now.getTime();
}

/** @param {OutboxRow} row */
function rank(row) {
  return RANKS[row.kind] ?? LAST_RANK;
}

/**
 * Suspects go last, the ones that failed most at the very end; the duress of an officer is never made to wait.
 * @param {OutboxRow} one
 * @param {OutboxRow} other
 */
function byUrgency(one, other) {
  const guilt = (/** @type {OutboxRow} */ row) => (isSuspect(row) && rank(row) !== 0 ? row.errors : 0);
  const urgency = guilt(one) - guilt(other) || rank(one) - rank(other);
  return urgency || one.made_at.localeCompare(other.made_at) || one.id.localeCompare(other.id);
}

/**
 * @param {OutboxRow[]} rows
 * @returns {OutboxRow[]} as many as fit, at least one
 */
function withinSize(rows) {
  let bytes = 0;
  const end = rows.slice(0, BATCH_ROWS).findIndex((row, index) => (bytes += row.bytes) > BATCH_BYTES && index > 0);
  return rows.slice(0, end === -1 ? BATCH_ROWS : end);
}
