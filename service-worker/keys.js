/** This phone's signing key of one officer: made here, never leaves, its public half enrolled at the office. */

import { askOffice } from './ask.js';
import { encodeBase64url } from './base64url.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./ask.js').Answer} Answer */

/**
 * @typedef {object} DeviceKey
 * @property {string} officer user UUID
 * @property {string} kid RFC 7638 thumbprint of the public key
 * @property {CryptoKey} private_key ECDSA P-256, not extractable
 * @property {{kty: string, crv: string, x: string, y: string}} public_jwk
 * @property {string} created_at UTC, ISO 8601
 * @property {string | null} enrolled_at when the office took it; null before
 */

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/**
 * The officer's key on this phone, made at the first use; works without a network.
 * @param {Stores} stores
 * @param {string} officer
 * @param {{subtle?: SubtleCrypto, now?: () => Date}} [tools]
 * @returns {Promise<DeviceKey>}
 */
export async function deviceKey(stores, officer, { subtle = globalThis.crypto.subtle, now = () => new Date() } = {}) {
  const existing = await stores.read(['keys'], (transaction) => transaction.objectStore('keys').get(officer));
  if (existing) return existing;
  const made = await makeKey(officer, subtle, now());
  return stores.write(['keys'], async (transaction) => {
    const keys = transaction.objectStore('keys');
    const meanwhile = await keys.get(officer); // another tab may have been faster
    if (meanwhile) return meanwhile;
    await keys.put(made);
    return made;
  });
}

/**
 * Makes the officer's public key known to the office, once.
 * @param {Stores} stores
 * @param {string} officer who is signed in
 * @param {Tools} tools
 * @param {{label?: string}} [options] how the office's list of devices calls this phone
 * @returns {Promise<Answer>} state `ok` also when it was enrolled before
 */
export async function enrol(stores, officer, tools, { label = 'Phone' } = {}) {
  const key = await deviceKey(stores, officer, tools);
  if (key.enrolled_at) return { state: 'ok', body: { kid: key.kid } };
  const answer = await askOffice('/devices', { json: { jwk: key.public_jwk, label } }, tools);
  if (answer.state !== 'ok') return answer;
  if (answer.body?.kid !== key.kid) {
    return { state: 'trouble', status: 200, reason: 'The office did not confirm this phone’s key. It is tried again.' };
  }
  await rememberEnrolled(stores, officer, tools.now().toISOString());
  return answer;
}

/**
 * Forgets that the key is enrolled, so that it is offered again (which changes nothing where the office has it).
 * @param {Stores} stores
 * @param {string} officer
 */
export function enrolAgain(stores, officer) {
  return rememberEnrolled(stores, officer, null);
}

/**
 * Erases the officer's key: the office does not take its signatures any more. The next signature makes a new one.
 * @param {Stores} stores
 * @param {string} officer
 */
export function forgetKey(stores, officer) {
  return stores.write(['keys'], (transaction) => transaction.objectStore('keys').delete(officer));
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<string | null>} the name of the officer's key on this phone; none is made for the question
 */
export async function kidOf(stores, officer) {
  const key = await stores.read(['keys'], (transaction) => transaction.objectStore('keys').get(officer));
  return key?.kid ?? null;
}

/**
 * A key's name by RFC 7638: SHA-256 over its required members in lexical order.
 * @param {JsonWebKey} jwk EC P-256
 * @param {{subtle?: SubtleCrypto}} [tools]
 * @returns {Promise<string>} 43 characters of base64url
 */
export async function thumbprint({ crv, kty, x, y }, { subtle = globalThis.crypto.subtle } = {}) {
  const members = new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }));
  return encodeBase64url(await subtle.digest('SHA-256', members));
}

/**
 * @param {string} officer
 * @param {SubtleCrypto} subtle
 * @param {Date} now
 * @returns {Promise<DeviceKey>}
 */
async function makeKey(officer, subtle, now) {
  const pair = await subtle.generateKey(P256, false, ['sign', 'verify']);
  const { kty = '', crv = '', x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey);
  const public_jwk = { kty, crv, x, y };
  const kid = await thumbprint(public_jwk, { subtle });
  return { officer, kid, private_key: pair.privateKey, public_jwk, created_at: now.toISOString(), enrolled_at: null };
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {string | null} enrolled_at
 */
function rememberEnrolled(stores, officer, enrolled_at) {
  return stores.write(['keys'], async (transaction) => {
    const keys = transaction.objectStore('keys');
    const key = await keys.get(officer);
    if (key) await keys.put({ ...key, enrolled_at });
  });
}
