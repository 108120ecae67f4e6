/** Compact JSON Web Encryption (RFC 7516) for one reader: ECDH-ES with A256GCM, by the browser itself. */

import { encodeBase64url } from './base64url.js';

/** @typedef {import('./jws.js').PublicJwk} PublicJwk */

const P256 = { name: 'ECDH', namedCurve: 'P-256' };
const ENCRYPTION = 'A256GCM';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Locks some bytes so that only the owner of the private key can open them. Each call makes an ephemeral key of its own.
 * @param {BufferSource} content
 * @param {PublicJwk} reader EC P-256
 * @param {{header?: Record<string, unknown>, subtle?: SubtleCrypto, random?: (bytes: Uint8Array<ArrayBuffer>) => void}} [options]
 *   `header`: what the protected header says beside alg, enc, kid and epk
 * @returns {Promise<string>} header..iv.ciphertext.tag, ASCII
 */
export async function encryptJwe(content, reader, options = {}) {
  const { header = {}, subtle = globalThis.crypto.subtle, random = (bytes) => globalThis.crypto.getRandomValues(bytes) } = options;
  const pair = await subtle.generateKey(P256, false, ['deriveBits']);
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey);
  const head = { alg: 'ECDH-ES', enc: ENCRYPTION, kid: reader.kid, epk: { kty, crv, x, y }, ...header };
  const bound = encodeBase64url(new TextEncoder().encode(JSON.stringify(head)));
  const key = await agreedKey(pair.privateKey, reader, subtle);
  const iv = new Uint8Array(IV_BYTES);
  random(iv);
  const additionalData = new TextEncoder().encode(bound);
  const locked = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, content));
  const [text, tag] = [locked.subarray(0, -TAG_BYTES), locked.subarray(-TAG_BYTES)];
  return [bound, '', encodeBase64url(iv), encodeBase64url(text), encodeBase64url(tag)].join('.');
}

/**
 * The content key by direct agreement (RFC 7518 section 4.6): Concat KDF of NIST SP 800-56A, one round of SHA-256.
 * @param {CryptoKey} ephemeral
 * @param {PublicJwk} reader
 * @param {SubtleCrypto} subtle
 */
async function agreedKey(ephemeral, { kty, crv, x, y }, subtle) {
  const theirs = await subtle.importKey('jwk', { kty, crv, x, y }, P256, false, []);
  const secret = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: theirs }, ephemeral, 256));
  const algorithm = new TextEncoder().encode(ENCRYPTION);
  // counter, secret, algorithm with its length, no PartyUInfo, no PartyVInfo, bits of the key
  const parts = [number(1), secret, number(algorithm.length), algorithm, number(0), number(0), number(256)];
  const derived = await subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  return subtle.importKey('raw', derived, 'AES-GCM', false, ['encrypt']);
}

/**
 * @param {number} value
 * @returns {Uint8Array<ArrayBuffer>} 32 bits, the highest first
 */
function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
