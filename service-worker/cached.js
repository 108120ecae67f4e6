/** What is kept in Cache Storage, and whose answer may be kept: names, headers, and nothing that anybody else answered. */

export const BUILD = 'Fieldapp-Build';
export const READER = 'Fieldapp-Reader';
export const KEPT = 'Fieldapp-Kept';
export const OFFLINE_PAGE = '/offline';
export const DAY_PACK = 'day-pack';
const SHELL = 'shell-';

/** @param {string} build */
export function shellName(build) {
  return `${SHELL}${build}`;
}

/** @param {string} name of a cache @returns {string | null} the build whose shell it is */
export function buildOfShell(name) {
  return name.startsWith(SHELL) ? name.slice(SHELL.length) : null;
}

/** @param {string} build @returns {string} the lock that every open page of a build holds, shared */
export function buildLock(build) {
  return `fieldapp-build-${build}`;
}

/**
 * Whether this is the office's own answer to exactly what was asked: no error, no redirect to the sign-in page, no
 * captive portal's page, nothing of another origin.
 * @param {Response} response
 */
export function isOwnAnswer(response) {
  return response.status === 200 && response.type === 'basic' && !response.redirected && response.headers.has(BUILD);
}

/**
 * A copy of an answer with the moment it is kept. The body comes decoded, so the headers that say otherwise are left out.
 * @param {Response} response
 * @param {Date} now
 * @returns {Promise<Response>}
 */
export async function datedCopy(response, now) {
  const headers = new Headers(response.headers);
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  headers.set(KEPT, now.toISOString());
  return new Response(await response.blob(), { status: 200, headers });
}
