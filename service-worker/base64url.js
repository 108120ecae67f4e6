/** base64url without padding (RFC 4648 section 5), as JOSE uses it. */

/** So many arguments every browser takes. */
const SLICE = 8192;

/**
 * @param {ArrayBuffer | Uint8Array} bytes
 * @returns {string}
 */
export function encodeBase64url(bytes) {
  const all = new Uint8Array(bytes);
  let binary = '';
  for (let start = 0; start < all.length; start += SLICE) binary += String.fromCharCode(...all.subarray(start, start + SLICE));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} when the text has other characters than the alphabet's
 */
export function decodeBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error('This is not base64url.');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
