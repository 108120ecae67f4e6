/** The app shell: every file of one build, kept whole or not at all, until no page needs it any more. */

import { BUILD, DAY_PACK, buildLock, buildOfShell, datedCopy, isOwnAnswer, shellName } from './cached.js';

/** @typedef {{caches: CacheStorage, fetch: typeof fetch, now: () => Date}} Tools */

/**
 * Fetches all files first and keeps them then, so that a shell that is there is whole.
 * @param {string} build
 * @param {string[]} files addresses
 * @param {Tools} tools
 * @throws {Error} when one of them did not come, or came from another build; nothing is kept then
 */
export async function keepShell(build, files, { caches, fetch, now }) {
  const answers = await Promise.all(
    files.map(async (file) => {
      // what is not named after the build may lie in the HTTP cache from an earlier one
      const answer = await fetch(file, { redirect: 'error', cache: file.startsWith('/v/') ? 'default' : 'reload' });
      if (!isOwnAnswer(answer) || answer.headers.get(BUILD) !== build) throw new Error(`${file} is not of this build.`);
      return datedCopy(answer, now());
    }),
  );
  try {
    const cache = await caches.open(shellName(build));
    await Promise.all(files.map((file, index) => cache.put(file, answers[index])));
  } catch (error) {
    await caches.delete(shellName(build)); // the disk is full: what the phone had before stays
    throw error;
  }
}

/**
 * Has the browser take this build's files from its shell by itself, where it can (Static Routing API: Chrome and Edge since
 * 123): each question to a worker costs a slow phone some milliseconds, and a page asks sixty. A file that is not there
 * comes from the office. What no worker of ours answers goes past it: asked in the moment in which the old worker stops for
 * a new version, Chromium starts it again, and the new one waits for half a minute and more.
 * @param {{addRoutes?: (rules: object[]) => Promise<void>}} installing the `install` event
 * @param {string} build
 * @param {string[]} answered how the addresses begin that the worker answers beside pages that are opened
 */
export async function routeShell(installing, build, answered) {
  const ours = [{ requestMode: 'navigate' }, ...answered.map((start) => ({ urlPattern: { pathname: `${start}*` } }))];
  const rules = [
    { condition: { urlPattern: { pathname: `/v/${build}/*` } }, source: { cacheName: shellName(build) } },
    { condition: { not: { or: ours } }, source: 'network' },
  ];
  // one chance more, nothing relies on it: a browser that knows other rules goes on asking the worker
  for (const rule of rules) await installing.addRoutes?.([rule]).catch(() => {});
}

/**
 * A file of any build that is on this phone.
 * @param {Request} request
 * @param {Pick<Tools, 'caches' | 'fetch'>} tools
 */
export async function shellFile(request, { caches, fetch }) {
  const build = new URL(request.url).pathname.split('/')[2];
  const kept = (await caches.has(shellName(build))) && (await caches.match(request, matching(shellName(build))));
  return kept || fetch(request);
}

/**
 * A page or checklist of the shell that names nobody: the copy of the running build, whatever is asked of it.
 * @param {Request} request
 * @param {string} build that runs
 * @param {Pick<Tools, 'caches' | 'fetch'>} tools
 */
export async function shellPage(request, build, { caches, fetch }) {
  const kept = await caches.match(new URL(request.url).pathname, matching(shellName(build))).catch(() => undefined);
  return kept ?? fetch(request);
}

/**
 * Removes the shells that nothing needs: not this build, no open page, no page of the day pack.
 * @param {string} build that runs
 * @param {{caches: CacheStorage, locks: LockManager}} tools
 */
export async function tidyShells(build, { caches, locks }) {
  const held = new Set((await locks.query()).held?.map(({ name }) => name));
  const packed = await buildsOfPack(caches);
  for (const name of await caches.keys()) {
    const other = buildOfShell(name);
    if (other && other !== build && !held.has(buildLock(other)) && !packed.has(other)) await caches.delete(name);
  }
}

/** @param {CacheStorage} caches */
async function buildsOfPack(caches) {
  if (!(await caches.has(DAY_PACK))) return new Set();
  const pages = await (await caches.open(DAY_PACK)).matchAll();
  return new Set(pages.map((page) => page.headers.get(BUILD)));
}

/** @param {string} cacheName @returns {MultiCacheQueryOptions} */
function matching(cacheName) {
  return { cacheName, ignoreVary: true };
}
