/** What the camera or the library gave: whether it is a picture that the office takes, and whether it can be shown. */

import { PhotoNotKeptError } from '../../../service-worker/photos.js';

/** As many as the office takes of one photo. */
export const MOST_BYTES = 60 * 1024 * 1024;
const HEADER_BYTES = 12;
/** Brands of the HEIF family (ISO/IEC 23008-12), as phones write them. */
const HEIF = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1', 'heif'];

/**
 * Looks at size and first bytes, before anything is stored; what a file is called says nothing.
 * @param {Blob} file
 * @returns {Promise<'jpeg' | 'png' | 'webp' | 'heif'>}
 * @throws {PhotoNotKeptError} when it is too large or no picture
 */
export async function pictureKind(file) {
  if (file.size > MOST_BYTES) {
    throw new PhotoNotKeptError('This photo is larger than 60 MiB, more than the office takes. Take it again with a smaller size.');
  }
  const first = await file.slice(0, HEADER_BYTES).arrayBuffer().catch(() => null);
  if (!first) throw new PhotoNotKeptError('This picture cannot be read any more. Take it again.');
  if (first.byteLength === 0) throw new PhotoNotKeptError('The camera gave an empty picture. Take it again.');
  const text = String.fromCharCode(...new Uint8Array(first));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'webp';
  if (text.slice(4, 8) === 'ftyp' && HEIF.includes(text.slice(8))) return 'heif';
  throw new PhotoNotKeptError('This is no photo: take it again.');
}

/**
 * Whether a picture is broken, as far as this browser can tell; few browsers read HEIF, so nothing is said of it.
 * @param {Blob} file
 * @param {string} kind
 * @param {(file: Blob) => Promise<{close: () => void}>} [decode]
 */
export async function isDamaged(file, kind, decode = (blob) => createImageBitmap(blob)) {
  if (kind === 'heif') return false;
  try {
    (await decode(file)).close();
    return false;
  } catch {
    return true;
  }
}
