/**
 * Finds out whether the browser has cleared this phone's database. A row in it and a mark elsewhere (localStorage, and a
 * cookie from the office) stand for each other: a database without anything, beside a mark, was emptied.
 */

import { readLost, rememberLost } from '../../service-worker/lost.js';
import { readSetting, writeSetting } from '../../service-worker/settings.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('../../service-worker/lost.js').Lost} Lost */
/** @typedef {{officer?: string, count?: number}} Mark what waited when this phone was last in order */
/** @typedef {{memory: Pick<Storage, 'getItem' | 'setItem'>, cookies: string, now: () => Date}} Beside */

const ROW = 'canary';
const MARK = 'fieldapp-canary';
/** Set by the office when it takes this phone's key: that outlives localStorage in some browsers. */
const COOKIE = 'fieldapp-phone=';
const KEPT = ['keys', 'drafts', 'photos', 'outbox', 'received'];

/**
 * Looks at row and mark, and sets what is missing: first the row, then the mark.
 * @param {Stores} stores
 * @param {string} officer who uses the phone now
 * @param {Beside} beside
 * @returns {Promise<Lost | undefined>} set as long as officer or office do not know of a loss
 */
export async function lookAtCanary(stores, officer, { memory, cookies, now }) {
  const mark = readMark(memory) ?? (cookies.includes(COOKIE) ? {} : null);
  const alive = await readSetting(stores, ROW);
  if (!alive && mark && (await isEmpty(stores))) {
    await rememberLost(stores, { at: now().toISOString(), count: mark.officer === officer ? (mark.count ?? null) : null });
  }
  if (!alive) await writeSetting(stores, ROW, now().toISOString());
  if (!alive || !mark?.officer) writeMark(memory, { officer, count: 0 });
  return readLost(stores);
}

/**
 * Keeps in the mark how much waits here, so that a loss can be told in numbers.
 * @param {Pick<Storage, 'getItem' | 'setItem'>} memory
 * @param {string} officer
 * @param {number} count
 */
export function markWaiting(memory, officer, count) {
  const mark = readMark(memory);
  if (mark && (mark.officer !== officer || mark.count !== count)) writeMark(memory, { officer, count });
}

/**
 * @param {Stores} stores
 * @returns {Promise<boolean>}
 */
async function isEmpty(stores) {
  const counts = await stores.read(KEPT, (transaction) => Promise.all(KEPT.map((name) => transaction.objectStore(name).count())));
  return counts.every((count) => count === 0);
}

/**
 * @param {Pick<Storage, 'getItem'>} memory
 * @returns {Mark | null}
 */
function readMark(memory) {
  try {
    return JSON.parse(memory.getItem(MARK) ?? 'null');
  } catch {
    return {}; // a mark all the same
  }
}

/**
 * @param {Pick<Storage, 'setItem'>} memory
 * @param {Mark} mark
 */
function writeMark(memory, mark) {
  try {
    memory.setItem(MARK, JSON.stringify(mark));
  } catch {
    // localStorage may be full or shut; the cookie is there still
  }
}
