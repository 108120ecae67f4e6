/**
 * Everything unsent of an officer in one file that only the office can open; docs/guides/rescue-files.md describes it.
 * One photo at a time is in memory: what is locked already lies in Blobs, which browsers keep on the disk when they are large.
 */

import { sha256Hex } from './digest.js';
import { listDrafts } from './drafts.js';
import { encryptJwe } from './jwe.js';
import { signJws } from './jws.js';
import { deviceKey } from './keys.js';
import { rescueKey } from './office-keys.js';
import { listOutbox } from './outbox.js';
import { listOwnPhotos, photoBytes, photoEntry } from './photos.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./photos.js').Photo} Photo */
/** @typedef {import('./jws.js').PublicJwk} PublicJwk */
/** @typedef {{kind: string, id: string, visit?: string, type?: string, bytes: number, content: () => Promise<BufferSource | undefined>}} Source */
/** @typedef {{submissions: number, photos: number, drafts: number}} Counts */

const VERSION = 1;
const PIECE_BYTES = 256 * 1024;
const PART_TYPE = 'fieldapp-rescue+jwe';
const LIST_TYPE = 'fieldapp-rescue-list+jwe';
const SIGNED_LIST_TYPE = 'fieldapp-rescue+jws';

/** No rescue file can be made now; the message says what to do. */
export class NoRescueError extends Error {
  name = 'NoRescueError';
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} app version of the app
 * @param {Tools} tools
 * @param {(done: number, total: number) => void} [onProgress] bytes that are locked, of all
 * @returns {Promise<{file: Blob, counts: Counts}>}
 * @throws {NoRescueError} when the phone never got the office's key
 */
export async function makeRescue(stores, officer, app, tools, onProgress = () => {}) {
  const reader = await rescueKey(stores, tools);
  if (!reader) throw new NoRescueError('This phone has not got the office’s key yet. Open the app once with a signal, then try again.');
  const sources = await everythingOf(stores, officer);
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const writer = new Writer(tools.uuid(), reader, tools.subtle);
  /** @type {Record<string, unknown>[]} */
  const items = [];
  for (const source of sources) {
    const item = await writer.add(source);
    if (item) items.push(item);
    onProgress(writer.bytes, total);
  }
  const key = await deviceKey(stores, officer, tools);
  const list = { version: VERSION, file: writer.id, officer, made_at: tools.now().toISOString(), app, jwk: key.public_jwk, items };
  const signer = { privateKey: key.private_key, kid: key.kid, typ: SIGNED_LIST_TYPE, subtle: tools.subtle };
  await writer.part(new TextEncoder().encode(await signJws(list, signer)), LIST_TYPE);
  const number = (/** @type {string} */ kind) => items.filter((item) => item.kind === kind).length;
  const counts = { submissions: number('submission'), photos: number('photo') + number('draft_photo'), drafts: number('draft') };
  return { file: new Blob(writer.lines, { type: 'text/plain' }), counts };
}

/** Collects the lines of a file. */
class Writer {
  /**
   * @param {string} id
   * @param {PublicJwk} reader
   * @param {SubtleCrypto} subtle
   */
  constructor(id, reader, subtle) {
    this.id = id;
    this.reader = reader;
    this.subtle = subtle;
    this.bytes = 0;
    /** @type {Blob[]} */
    this.lines = [];
  }

  /**
   * @param {Source} source
   * @returns {Promise<Record<string, unknown> | null>} the list's entry; null when it has left this phone meanwhile
   */
  async add({ kind, id, visit, type, content }) {
    const found = await content();
    if (!found) return null;
    const all = 'buffer' in found ? new Uint8Array(found.buffer) : new Uint8Array(found);
    for (let start = 0; start === 0 || start < all.length; start += PIECE_BYTES) {
      await this.part(all.subarray(start, start + PIECE_BYTES), PART_TYPE);
    }
    this.bytes += all.length;
    const sha256 = await sha256Hex(all, { subtle: this.subtle });
    return { kind, id, ...(visit ? { visit, type } : {}), sha256, bytes: all.length };
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} content
   * @param {string} typ
   */
  async part(content, typ) {
    const header = { typ, file: this.id, part: this.lines.length };
    const line = await encryptJwe(content, this.reader, { header, subtle: this.subtle });
    this.lines.push(new Blob([line, '\n']));
  }
}

/**
 * Submissions first, then their photos, then drafts with theirs: the order in which they matter if the reader stops.
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Source[]>}
 */
async function everythingOf(stores, officer) {
  const photos = await listOwnPhotos(stores, officer);
  const text = (/** @type {string} */ content) => new TextEncoder().encode(content);
  const rows = (await listOutbox(stores, officer)).map(({ id, bytes, jws }) => {
    return { kind: 'submission', id, bytes, content: async () => text(jws) };
  });
  const drafts = (await listDrafts(stores, officer)).map((draft) => {
    const own = photos.filter(({ visit, state }) => visit === draft.id && state === 'draft').map(photoEntry);
    const content = text(JSON.stringify({ draft, photos: own }));
    return { kind: 'draft', id: draft.id, bytes: content.length, content: async () => content };
  });
  const picture = (/** @type {Photo} */ photo) => {
    const { id, visit, media_type: type, bytes, state } = photo;
    const kind = state === 'draft' ? 'draft_photo' : 'photo';
    return { kind, id, visit, type, bytes, content: () => photoBytes(stores, photo) };
  };
  const begun = (/** @type {Photo} */ { state }) => state === 'draft';
  const sent = photos.filter((photo) => !begun(photo));
  return [...rows, ...sent.map(picture), ...drafts, ...photos.filter(begun).map(picture)];
}
