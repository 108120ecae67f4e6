/** The office's public keys, kept on this phone: receipts are checked with them, rescue files are locked for one. */

import { askOffice } from './ask.js';
import { RECEIPT_TYPE, UnknownKeyError, verifyJws } from './jws.js';
import { thumbprint } from './keys.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./jws.js').PublicJwk} PublicJwk */

/**
 * @typedef {object} Receipt
 * @property {string} submission UUID
 * @property {string} sha256 of the submission's JWS as it was sent
 * @property {string} received_at UTC, ISO 8601, by the office's clock
 * @property {{id: string, sha256: string, state: string}[]} photos
 */

/** The row of the office in the store `keys`, beside the officers'. */
const OFFICE = 'office';
const FRESH_MS = 24 * 60 * 60_000;

/**
 * Has the office's keys on this phone before they are needed without a signal; asks once a day.
 * @param {Stores} stores
 * @param {Pick<Tools, 'fetch' | 'now' | 'subtle'>} tools
 */
export async function keepOfficeKeys(stores, tools) {
  const row = await officeRow(stores);
  const age = tools.now().getTime() - Date.parse(row?.fetched_at ?? '');
  if (!row?.keys.some(isForRescue) || !(age >= 0 && age < FRESH_MS)) await fetchKeys(stores, tools);
}

/**
 * The key that a rescue file is locked for: the office's latest that this phone knows.
 * @param {Stores} stores
 * @param {Pick<Tools, 'fetch' | 'now' | 'subtle'>} tools
 * @returns {Promise<PublicJwk | undefined>} undefined when this phone never got one and the office cannot be asked now
 */
export async function rescueKey(stores, tools) {
  const known = (await officeRow(stores))?.keys.find(isForRescue);
  return known ?? (await fetchKeys(stores, tools)).find(isForRescue);
}

/**
 * Checks a receipt's signature. A key that is not known yet is fetched from the office once.
 * @param {Stores} stores
 * @param {unknown} jws as it came over the wire
 * @param {Tools} tools
 * @returns {Promise<Receipt | null>} null when it is no receipt of this office; nothing is let go then
 */
export async function openReceipt(stores, jws, tools) {
  if (typeof jws !== 'string') return null;
  try {
    return await verified(jws, await knownKeys(stores), tools);
  } catch (error) {
    if (!(error instanceof UnknownKeyError)) return null;
  }
  try {
    return await verified(jws, await fetchKeys(stores, tools), tools);
  } catch {
    return null;
  }
}

/**
 * @param {string} jws
 * @param {PublicJwk[]} keys
 * @param {Tools} tools
 * @returns {Promise<Receipt | null>}
 */
async function verified(jws, keys, { subtle }) {
  const signing = keys.filter((key) => !isForRescue(key));
  const receipt = await verifyJws(jws, signing, { typ: RECEIPT_TYPE, subtle });
  return Array.isArray(receipt?.photos) ? receipt : null;
}

/**
 * @param {Stores} stores
 * @returns {Promise<PublicJwk[]>}
 */
async function knownKeys(stores) {
  return (await officeRow(stores))?.keys ?? [];
}

/**
 * @param {Stores} stores
 * @returns {Promise<{keys: PublicJwk[], fetched_at?: string} | undefined>} the latest keys first
 */
function officeRow(stores) {
  return stores.read(['keys'], (transaction) => transaction.objectStore('keys').get(OFFICE));
}

/** @param {PublicJwk} key */
function isForRescue({ use }) {
  return use === 'enc';
}

/**
 * Fetches the office's keys and keeps them beside the older ones, which still check older receipts.
 * @param {Stores} stores
 * @param {Pick<Tools, 'fetch' | 'now' | 'subtle'>} tools
 * @returns {Promise<PublicJwk[]>} the known ones when the office cannot be asked
 */
async function fetchKeys(stores, tools) {
  const known = await knownKeys(stores);
  const answer = await askOffice('/.well-known/jwks.json', {}, tools);
  if (answer.state !== 'ok' || !Array.isArray(answer.body?.keys)) return known;
  const fetched = await Promise.all(answer.body.keys.map((/** @type {PublicJwk} */ jwk) => named(jwk, tools)));
  const names = new Set(fetched.map((key) => key.kid));
  const keys = [...fetched, ...known.filter((key) => !names.has(key.kid))];
  const row = { officer: OFFICE, keys, fetched_at: tools.now().toISOString() };
  await stores.write(['keys'], (transaction) => transaction.objectStore('keys').put(row));
  return keys;
}

/**
 * @param {PublicJwk} jwk
 * @param {Pick<Tools, 'subtle'>} tools
 * @returns {Promise<PublicJwk>}
 */
async function named(jwk, tools) {
  return { ...jwk, kid: jwk.kid ?? (await thumbprint(jwk, tools)) };
}
