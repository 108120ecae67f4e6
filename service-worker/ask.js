/** One question to the office, and what its answer means for what waits on this phone. */

import { retryAfter } from './back-off.js';

/** @typedef {import('./tools.js').Tools} Tools */

/**
 * ok: the office's own answer. sign_in: the session is over, nothing else is wrong. hold: the office asks to be left
 * alone until then. trouble: it answered with an error. offline: no answer, or somebody else's (a captive portal).
 * @typedef {{state: 'ok', body: any}
 *   | {state: 'sign_in'}
 *   | {state: 'hold', until: Date, reason: string}
 *   | {state: 'trouble', status: number, reason: string}
 *   | {state: 'offline', reason: string}} Answer
 */

const TIMEOUT_MS = 60_000;
const NOT_THE_OFFICE = 'Something between this phone and the office answered in its place. Sign in to the Wi-Fi or leave it.';

/**
 * @param {string} path such as /sync
 * @param {{json?: unknown, jpeg?: Blob, read?: 'json' | 'text'}} question `json` is posted, a `jpeg` is put, else it is a GET
 * @param {Pick<Tools, 'fetch' | 'now'>} tools
 * @param {number} [timeoutMs]
 * @returns {Promise<Answer>} never rejects
 */
export async function askOffice(path, { json, jpeg, read = 'json' }, { fetch, now }, timeoutMs = TIMEOUT_MS) {
  try {
    const response = await fetch(path, {
      ...(jpeg ? put(jpeg) : json === undefined ? {} : posted(json)),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error', // the office answers these addresses itself; whoever redirects is not the office
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return understood(response, text, read);
    return refusal(response.status, response.headers, text, now());
  } catch {
    return { state: 'offline', reason: 'The office could not be reached.' };
  }
}

/**
 * What an answer with an error status means.
 * @param {number} status
 * @param {{get(name: string): string | null | undefined}} headers
 * @param {string} text the body
 * @param {Date} now
 * @returns {Exclude<Answer, {state: 'ok'}>}
 */
export function refusal(status, headers, text, now) {
  if (status === 401) return { state: 'sign_in' };
  const reason = reasonIn(text) ?? `The office answered with error ${status}.`;
  const until = status === 429 || status === 503 ? retryAfter(headers.get('Retry-After'), now) : null;
  if (until) return { state: 'hold', until, reason };
  return { state: 'trouble', status, reason };
}

/** @param {unknown} json */
function posted(json) {
  return { method: 'POST', body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } };
}

/** @param {Blob} jpeg */
function put(jpeg) {
  return { method: 'PUT', body: jpeg, headers: { 'Content-Type': 'image/jpeg' } };
}

/**
 * @param {Response} response
 * @param {string} text
 * @param {'json' | 'text'} read
 * @returns {Answer}
 */
function understood(response, text, read) {
  const html = (response.headers.get('Content-Type') ?? '').includes('html');
  if (html) return { state: 'offline', reason: NOT_THE_OFFICE };
  if (read === 'text') return { state: 'ok', body: text.trim() };
  try {
    return { state: 'ok', body: JSON.parse(text) };
  } catch {
    return { state: 'offline', reason: NOT_THE_OFFICE };
  }
}

/**
 * @param {string} text
 * @returns {string | null} the sentence in a JSON error
 */
function reasonIn(text) {
  try {
    const { reason, error, message } = JSON.parse(text);
    const sentence = reason ?? error ?? message;
    return typeof sentence === 'string' ? sentence : null;
  } catch {
    return null;
  }
}
