/** Small things this phone remembers by name, such as a choice of its officer. Never anything about a person. */

/** @typedef {import('./stores.js').Stores} Stores */

/**
 * @param {Stores} stores
 * @param {string} name
 * @returns {Promise<any>} undefined where nothing was written
 */
export async function readSetting(stores, name) {
  const row = await stores.read(['settings'], (transaction) => transaction.objectStore('settings').get(name));
  return row?.value;
}

/**
 * @param {Stores} stores
 * @param {string} name
 * @param {unknown} value undefined forgets it
 */
export async function writeSetting(stores, name, value) {
  await stores.write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings');
    if (value === undefined) await settings.delete(name);
    else await settings.put({ name, value });
  });
}

/**
 * The name under which the phone remembers when the office last took something of this officer.
 * @param {string} officer
 */
export function reachedAt(officer) {
  return `reached ${officer}`;
}
