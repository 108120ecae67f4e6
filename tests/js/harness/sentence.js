/** What a JavaScript test is handed: assertions, and databases that are gone when it is over. */

import { deleteDB } from '/service-worker/vendor/idb.js';
import { Stores } from '/service-worker/stores.js';

export class Sentence {
  #cleanups = [];

  /**
   * @param {unknown} value
   * @param {string} message what should have been
   */
  ok(value, message) {
    if (!value) throw new Error(message);
  }

  /** Deep equality of plain data; the order of an object's members does not count. */
  equal(actual, expected, message = 'These differ') {
    const [one, other] = [written(actual), written(expected)];
    if (one !== other) throw new Error(`${message}:\n  got      ${one}\n  expected ${other}`);
  }

  /** The error with which a promise is rejected. */
  async rejects(promise, name) {
    try {
      await promise;
    } catch (error) {
      this.equal(error.name, name, 'The wrong error');
      return error;
    }
    throw new Error(`It should have been rejected with ${name}.`);
  }

  /** A database of its own. */
  stores(options = {}) {
    const stores = new Stores({ name: `test-${crypto.randomUUID()}`, ...options });
    this.after(async () => {
      await stores.close();
      await deleteDB(stores.name);
    });
    return stores;
  }

  /** Runs the work when the test is over, the last one first. */
  after(work) {
    this.#cleanups.unshift(work);
  }

  async cleanUp() {
    for (const work of this.#cleanups) await work();
  }
}

function written(value) {
  return value === undefined ? 'undefined' : JSON.stringify(value, sorted);
}

function sorted(_key, value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
