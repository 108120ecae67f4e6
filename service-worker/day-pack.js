/** The day pack: every page that today needs, of one officer, for some hours. Drafts and outbox are not part of it. */

import { DEVICE, endsPack } from './standing.js';
import { countMapFiles, keepMapFiles } from './map-files.js';
import { BUILD, DAY_PACK, KEPT, READER, datedCopy, isOwnAnswer, shellName } from './cached.js';

/** @typedef {{caches: CacheStorage, fetch: typeof fetch, now: () => Date}} Tools */
/** @typedef {{officer: string, hours: number, pages: string[], files?: string[], build: string | null, device: string | null, until: Date}} Pack */
/** @typedef {import('./standing.js').PhoneStanding} PhoneStanding */
/** @typedef {{kept: number, total: number, until: Date | null}} PackState */
/** What came of asking for the list: the office's word on this phone, nothing when it was not reached. @typedef {'signed_out' | PhoneStanding | null} Word */

const LIST = '/day-pack';
const FRESH_MS = 30 * 60_000;
const AT_ONCE = 2;
/** The day's part of the basemap: its address changes with its content. */
const AREA = '/map/day/';
const IGNORE = { ignoreVary: true };

/**
 * What the pack should hold; erases it when its time is over.
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 * @returns {Promise<Pack | null>}
 */
export async function readPack({ caches, now }) {
  if (!(await caches.has(DAY_PACK))) return null;
  const list = await (await caches.open(DAY_PACK)).match(LIST, IGNORE);
  const pack = list && { ...(await list.json()), build: list.headers.get(BUILD), device: list.headers.get(DEVICE), until: new Date(0) };
  if (pack) pack.until = new Date(keptAt(list).getTime() + pack.hours * 3_600_000);
  // a clock that was set back must not make the pack live longer
  if (pack && now() < pack.until && now().getTime() >= keptAt(list).getTime() - FRESH_MS) return pack;
  await erasePack(caches);
  return null;
}

/** @param {CacheStorage} caches */
export async function erasePack(caches) {
  await caches.delete(DAY_PACK);
}

/**
 * The copy of a page or checklist of the pack.
 * @param {string} path
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 * @returns {Promise<Response | undefined>}
 */
export async function packedCopy(path, tools) {
  const pack = await readPack(tools);
  return pack ? (await tools.caches.open(DAY_PACK)).match(path, IGNORE) : undefined;
}

/**
 * The copy, if it is of the last half hour and of the build that the office had when the pack was filled.
 * @param {string} path
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 * @returns {Promise<Response | undefined>}
 */
export async function freshCopy(path, tools) {
  const pack = await readPack(tools);
  const copy = pack ? await (await tools.caches.open(DAY_PACK)).match(path, IGNORE) : undefined;
  return copy && isFresh(copy, pack?.build, tools.now()) ? copy : undefined;
}

/**
 * The day's part of the basemap, of one officer's plan.
 * @param {string} officer
 * @param {string} plan
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 * @returns {Promise<Blob | undefined>}
 */
export async function packedArea(officer, plan, tools) {
  const pack = await readPack(tools);
  const path = pack?.officer === officer ? pack.pages.find((one) => one.startsWith(`${AREA}${plan}/`)) : undefined;
  return path ? (await packedCopy(path, tools))?.blob() : undefined;
}

/**
 * Keeps an answer, if it is the office's, its page is one of the pack's, its reader the pack's, and its files are here.
 * Somebody else's page ends the pack: another officer has signed in on this phone.
 * @param {string} path
 * @param {Response} response a clone
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 */
export async function keepPage(path, response, { caches, now }) {
  const pack = await readPack({ caches, now });
  const reader = response.headers.get(READER);
  if (!pack || !isOwnAnswer(response) || !reader) return;
  if (reader !== pack.officer) return erasePack(caches);
  if (!pack.pages.includes(path) || !(await caches.has(shellName(response.headers.get(BUILD) ?? '')))) return;
  const copy = await datedCopy(response, now());
  if (await readPack({ caches, now })) await (await caches.open(DAY_PACK)).put(path, copy); // it may have been erased meanwhile
}

/**
 * Fetches the list and every page that is missing or not fresh. What could not be fetched is left for the next time.
 * @param {string} officer who is signed in on this page
 * @param {Tools & {shellOf: (build: string) => Promise<unknown>}} tools `shellOf` resolves when the shell of the office's build
 *   is here, or cannot be had now: pages are kept only beside it
 * @param {string} [kid] this phone's key
 * @returns {Promise<PackState & {word: Word}>}
 */
export async function fillPack(officer, tools, kid) {
  const word = await takeList(officer, tools, kid);
  if (word && word !== 'signed_out' && !endsPack(word)) {
    const pack = await readPack(tools);
    if (pack?.build) await tools.shellOf(pack.build);
    const waiting = [...(pack?.pages ?? [])];
    const work = async () => {
      for (let path = waiting.shift(); path; path = waiting.shift()) await freshen(path, pack?.build, tools);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (pack) await keepMapFiles(pack, tools);
  }
  return { ...(await packState(tools)), word };
}

/**
 * Counts what is really there.
 * @param {Pick<Tools, 'caches' | 'now'>} tools
 * @returns {Promise<PackState>}
 */
export async function packState(tools) {
  const pack = await readPack(tools);
  if (!pack) return { kept: 0, total: 0, until: null };
  const cache = await tools.caches.open(DAY_PACK);
  const copies = await Promise.all(pack.pages.map((path) => cache.match(path, IGNORE)));
  const kept = copies.filter(Boolean).length + (await countMapFiles(pack, tools));
  return { kept, total: pack.pages.length + (pack.files?.length ?? 0), until: pack.until };
}

/**
 * @param {string} officer
 * @param {Tools} tools
 * @param {string} kid
 * @returns {Promise<Word>}
 */
async function takeList(officer, { caches, fetch, now }, kid = '') {
  const answer = await asked(LIST, fetch, kid);
  if (answer?.type === 'opaqueredirect') return 'signed_out';
  if (!answer || !isOwnAnswer(answer) || answer.headers.get(READER) !== officer) return null;
  const list = await datedCopy(answer, now());
  if (kid) list.headers.set(DEVICE, kid);
  const { pages, phone } = await list.clone().json();
  const before = await readPack({ caches, now });
  if (endsPack(phone) || (before && before.officer !== officer)) await erasePack(caches);
  if (endsPack(phone)) return phone;
  const cache = await caches.open(DAY_PACK);
  await cache.put(LIST, list);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== LIST && !pages.includes(pathname)) await cache.delete(url, IGNORE);
  }
  return phone;
}

/**
 * @param {string} path
 * @param {string | null | undefined} build of the office now; a page of another one is fetched again
 * @param {Tools} tools
 */
async function freshen(path, build, tools) {
  const copy = await tools.caches.match(path, { ...IGNORE, cacheName: DAY_PACK });
  if (copy && (path.startsWith(AREA) || isFresh(copy, build, tools.now()))) return;
  const answer = await asked(path, tools.fetch);
  if (answer) await keepPage(path, answer, tools);
}

/**
 * Asks as a page that nobody looks at: it is no sign that the officer is there.
 * @param {string} path
 * @param {Tools['fetch']} fetch
 * @param {string} [kid]
 * @returns {Promise<Response | null>} null when the office was not reached
 */
async function asked(path, fetch, kid) {
  try {
    const headers = { 'Fieldapp-Poll': '1', ...(kid ? { [DEVICE]: kid } : {}) };
    return await fetch(path, { headers, redirect: 'manual', cache: 'no-store' });
  } catch {
    return null;
  }
}

/**
 * Whether a copy is of this build and of the last half hour.
 * @param {Response} copy
 * @param {string | null | undefined} build
 * @param {Date} now
 */
function isFresh(copy, build, now) {
  return copy.headers.get(BUILD) === build && now.getTime() - keptAt(copy).getTime() < FRESH_MS;
}

/** @param {Response} copy */
function keptAt(copy) {
  return new Date(copy.headers.get(KEPT) ?? 0);
}
