/** The tiles of the agency's own basemap, read from the office a few kilobytes at a time. */

import { EtagMismatch, PMTiles } from '../../vendor/protomaps-leaflet.js';

/** @typedef {import('../../vendor/protomaps-leaflet.js').Bytes} Bytes */
/** @typedef {import('../../vendor/protomaps-leaflet.js').Tiles} Tiles */
/** What the office says of its basemap: where it is, and the last zoom it holds. @typedef {{address: string, max_zoom: number}} BasemapFacts */
/** @typedef {{tiles: Tiles, maxZoom: number}} Basemap */

const PARTIAL = 206;

/** Bytes of a file of the office. Another file under the same address is noticed by its ETag. */
export class OfficeFile {
  /**
   * @param {string} address a path
   * @param {typeof fetch} [ask]
   */
  constructor(address, ask = (url, init) => fetch(url, init)) {
    this.address = address;
    this.ask = ask;
  }

  getKey() {
    return this.address;
  }

  /**
   * @param {number} offset
   * @param {number} length
   * @param {AbortSignal} [signal]
   * @param {string} [etag] that the file had before
   * @returns {Promise<Bytes>}
   */
  async getBytes(offset, length, signal, etag) {
    const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
    const answer = await this.ask(this.address, { headers, signal, redirect: 'error', cache: 'no-store' });
    const mark = answer.headers.get('ETag') ?? undefined;
    if (etag && mark && mark !== etag) throw new EtagMismatch('The office has another basemap now.');
    if (answer.status !== PARTIAL) throw new Error(`The office answered ${answer.status} when asked for the basemap.`);
    return { data: await answer.arrayBuffer(), etag: mark };
  }
}

/**
 * @param {BasemapFacts | null | undefined} facts
 * @returns {Basemap | null} null where the agency has no basemap
 */
export function officeBasemap(facts) {
  return facts ? { tiles: new PMTiles(new OfficeFile(facts.address)), maxZoom: facts.max_zoom } : null;
}
