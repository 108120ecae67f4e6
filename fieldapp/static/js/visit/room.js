/** Whether another photo fits on this phone: known before the camera opens, since nothing can be asked at the tap. */

import { readSpace, takesPhoto } from '../space.js';
import { isFull } from '../../../service-worker/stores.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('../space.js').Space} Space */

const TRIAL_BYTES = 5_000_000;
const RANDOM_AT_ONCE = 65_536;

export class Room {
  /** @type {Space | null} */
  space = null;
  /** A photo did not fit, whatever the browser says of its space. */
  #full = false;

  /**
   * @param {Stores} stores
   * @param {Pick<StorageManager, 'estimate'> | undefined} storage
   */
  constructor(stores, storage) {
    this.stores = stores;
    this.storage = storage;
  }

  get takesPhoto() {
    return !this.#full && takesPhoto(this.space);
  }

  /** A photo has just not fitted. */
  refused() {
    this.#full = true;
  }

  /** Looks anew; where a photo did not fit, by writing as much as one needs, and taking it away again. */
  async look() {
    this.space = await readSpace(this.storage);
    if (this.#full) this.#full = !(await this.#fits());
  }

  async #fits() {
    const trial = new Uint8Array(TRIAL_BYTES); // at random: databases compress what is all the same
    for (let at = 0; at < TRIAL_BYTES; at += RANDOM_AT_ONCE) crypto.getRandomValues(trial.subarray(at, at + RANDOM_AT_ONCE));
    try {
      await this.stores.write(['settings'], (transaction) => transaction.objectStore('settings').put({ name: 'trial', value: trial.buffer }));
      await this.stores.write(['settings'], (transaction) => transaction.objectStore('settings').delete('trial'));
      return true;
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
  }
}
