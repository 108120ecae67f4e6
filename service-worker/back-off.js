/** When to try again: twice as long after every failure, with jitter, or when the office said so. */

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;
const LONGEST_HOLD_MS = 60 * 60_000;

/**
 * The moment of the next try. Jitter spreads the phones that lost the office at the same moment.
 * @param {number} tries failures so far, 1 or more
 * @param {{now: () => Date, random: () => number}} tools
 * @returns {Date} between half and the whole of 5 s, 10 s, 20 s … 15 min from now
 */
export function nextTry(tries, { now, random }) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 20));
  return new Date(now().getTime() + longest * (0.5 + random() / 2));
}

/**
 * Reads a Retry-After header (RFC 9110 section 10.2.3): seconds, or an HTTP date.
 * @param {string | null | undefined} value
 * @param {Date} now
 * @returns {Date | null} at most an hour from now; null when there is nothing to read
 */
export function retryAfter(value, now) {
  const text = (value ?? '').trim();
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  if (Number.isNaN(wait)) return null;
  return new Date(now.getTime() + Math.min(Math.max(wait, 0), LONGEST_HOLD_MS));
}
