/** SHA-256 (FIPS 180-4) as lowercase hexadecimal, the form in which every hash crosses the wire. */

/**
 * @param {BufferSource | string} data a text is hashed as its UTF-8 bytes
 * @param {{subtle?: SubtleCrypto}} [tools]
 * @returns {Promise<string>} 64 lowercase hexadecimal digits
 */
export async function sha256Hex(data, { subtle = globalThis.crypto.subtle } = {}) {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
