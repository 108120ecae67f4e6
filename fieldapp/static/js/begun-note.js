/** A note that is being written: a call or a dead battery in the middle of it takes nothing away. */

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */

export class BegunNote {
  /**
   * @param {Stores} stores
   * @param {string} name
   */
  constructor(stores, name) {
    this.stores = stores;
    this.name = name;
  }

  /** @param {string} value */
  keep(value) {
    return this.stores.write(['settings'], (transaction) => transaction.objectStore('settings').put({ name: this.name, value }));
  }

  forget() {
    return this.stores.write(['settings'], (transaction) => transaction.objectStore('settings').delete(this.name));
  }

  /** @returns {Promise<string>} */
  async read() {
    const row = await this.stores.read(['settings'], (transaction) => transaction.objectStore('settings').get(this.name));
    return row?.value ?? '';
  }
}
