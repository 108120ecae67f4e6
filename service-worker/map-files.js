/** What only maps need of a build: no part of the shell that a phone must have first, kept beside it with the day pack. */

import { BUILD, datedCopy, isOwnAnswer, shellName } from './cached.js';

/** @typedef {{caches: CacheStorage, fetch: typeof fetch, now: () => Date}} Tools */
/** @typedef {{build: string | null, files?: string[]}} Pack an older office's list names no files */

/**
 * Fetches the files that are missing; nothing where the shell of their build is not on this phone, since their page is
 * not kept then either.
 * @param {Pack} pack
 * @param {Tools} tools
 */
export async function keepMapFiles({ build, files = [] }, { caches, fetch, now }) {
  if (!build || !(await caches.has(shellName(build)))) return;
  const shell = await caches.open(shellName(build));
  for (const file of files) {
    if (await shell.match(file)) continue;
    const answer = await fetch(file, { redirect: 'error' }).catch(() => null);
    if (!answer) return;
    if (isOwnAnswer(answer) && answer.headers.get(BUILD) === build) await shell.put(file, await datedCopy(answer, now()));
  }
}

/**
 * @param {Pack} pack
 * @param {Pick<Tools, 'caches'>} tools
 * @returns {Promise<number>} how many of the files are really there
 */
export async function countMapFiles({ build, files = [] }, { caches }) {
  if (!build || !(await caches.has(shellName(build)))) return 0;
  const shell = await caches.open(shellName(build));
  return (await Promise.all(files.map((file) => shell.match(file)))).filter(Boolean).length;
}
