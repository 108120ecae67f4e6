/** Compact JSON Web Signatures (RFC 7515) with ES256 (RFC 7518 section 3.4), signed and checked by the browser itself. */

import { decodeBase64url, encodeBase64url } from './base64url.js';

export const SUBMISSION_TYPE = 'fieldapp+jws';
export const RECEIPT_TYPE = 'fieldapp-receipt+jws';

const ES256 = { name: 'ECDSA', hash: 'SHA-256' };
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** @typedef {{alg: string, kid: string, typ: string}} JwsHeader */
/** @typedef {JsonWebKey & {kid?: string}} PublicJwk */

/**
 * Signs a payload. WebCrypto's signature is r||s already, as JOSE wants it.
 * @param {unknown} payload anything that JSON can hold
 * @param {{privateKey: CryptoKey, kid: string, typ?: string, subtle?: SubtleCrypto}} signer
 * @returns {Promise<string>} header.payload.signature, ASCII
 */
export async function signJws(payload, { privateKey, kid, typ = SUBMISSION_TYPE, subtle = globalThis.crypto.subtle }) {
  const signed = `${encodeJson({ alg: 'ES256', kid, typ })}.${encodeJson(payload)}`;
  const signature = await subtle.sign(ES256, privateKey, new TextEncoder().encode(signed));
  return `${signed}.${encodeBase64url(signature)}`;
}

/**
 * The header and payload as they are written, with nothing checked: only for what this phone itself has signed.
 * @param {string} jws
 * @returns {{header: JwsHeader, payload: any}}
 * @throws {Error} when it is not a compact JWS
 */
export function readJws(jws) {
  const parts = typeof jws === 'string' ? jws.split('.') : [];
  if (parts.length !== 3) throw new Error('This is not a compact JWS: it must have three parts.');
  return { header: decodeJson(parts[0]), payload: decodeJson(parts[1]) };
}

/**
 * Checks a JWS against the public keys of its supposed author and answers its payload.
 * @param {string} jws
 * @param {PublicJwk[]} keys the one whose `kid` the header names is used
 * @param {{typ: string, subtle?: SubtleCrypto}} expected
 * @returns {Promise<any>}
 * @throws {UnknownKeyError} when none of the keys is the one named
 * @throws {Error} when type, algorithm or signature are not as they must be
 */
export async function verifyJws(jws, keys, { typ, subtle = globalThis.crypto.subtle }) {
  const { header, payload } = readJws(jws);
  if (header.alg !== 'ES256') throw new Error(`The signature's algorithm is ${header.alg}, not ES256.`);
  if (header.typ !== typ) throw new Error(`This is a ${header.typ}, not a ${typ}.`);
  const jwk = keys.find((key) => key.kid === header.kid);
  if (!jwk) throw new UnknownKeyError(`No known key has the id ${header.kid}.`);
  const { kty, crv, x, y } = jwk;
  const key = await subtle.importKey('jwk', { kty, crv, x, y }, P256, false, ['verify']);
  const end = jws.lastIndexOf('.');
  const signature = decodeBase64url(jws.slice(end + 1));
  const valid = await subtle.verify(ES256, key, signature, new TextEncoder().encode(jws.slice(0, end)));
  if (!valid) throw new Error('The signature does not fit the content.');
  return payload;
}

/** The author's key is not among those known: they may have a newer one. */
export class UnknownKeyError extends Error {
  name = 'UnknownKeyError';
}

/** @param {unknown} value */
function encodeJson(value) {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
}

/** @param {string} text */
function decodeJson(text) {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64url(text)));
}
