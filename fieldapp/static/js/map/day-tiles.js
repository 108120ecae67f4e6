/** The tiles of a day: those that this phone carries, and where they end the office's. */

import { PMTiles } from '../../vendor/protomaps-leaflet.js';
import { OfficeFile } from './tiles.js';

/** @typedef {import('../../vendor/protomaps-leaflet.js').Bytes} Bytes */
/** `office`: it could not be reached. `file`: it could, and its basemap cannot be read. @typedef {'' | 'office' | 'file'} Lack */

/** Bytes of a file that lies on this phone. */
class PhoneFile {
  /** @param {Blob} blob */
  constructor(blob) {
    this.blob = blob;
  }

  getKey() {
    return 'phone';
  }

  /**
   * @param {number} offset
   * @param {number} length
   */
  async getBytes(offset, length) {
    return { data: await this.blob.slice(offset, offset + length).arrayBuffer() };
  }
}

export class DayTiles {
  /**
   * @param {Blob | undefined} area the day's part of the basemap
   * @param {string} address of the whole basemap
   * @param {(lack: Lack) => void} tell what could not be drawn, and when it could again
   * @param {typeof fetch} [ask]
   */
  constructor(area, address, tell, ask) {
    this.phone = area && new PMTiles(new PhoneFile(area));
    this.openOffice = () => new PMTiles(new OfficeFile(address, ask));
    this.office = this.openOffice();
    this.tell = tell;
  }

  /**
   * @param {number} z
   * @param {number} x
   * @param {number} y
   * @param {AbortSignal} [signal]
   * @returns {Promise<Bytes | undefined>} undefined where no file has this tile
   */
  async getZxy(z, x, y, signal) {
    // a copy that was spoiled is as good as none
    const own = await this.phone?.getZxy(z, x, y).catch(() => undefined);
    if (own) return own;
    const { office } = this;
    try {
      const found = await office.getZxy(z, x, y, signal);
      this.tell('');
      return found;
    } catch (error) {
      if (!signal?.aborted) this.#lost(office, error);
      throw error;
    }
  }

  /**
   * @param {PMTiles} office what remembers that it failed: the next tile asks anew
   * @param {unknown} error
   */
  #lost(office, error) {
    if (this.office === office) this.office = this.openOffice();
    this.tell(error instanceof TypeError ? 'office' : 'file');
  }
}
