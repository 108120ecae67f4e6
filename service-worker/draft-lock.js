/** One tab at a time may fill in a draft: two tabs with the same visit would make two submissions of it. */

/**
 * Takes the draft's lock, if no other tab has it.
 * @param {string} id the visit's UUID
 * @param {{locks?: LockManager}} [tools]
 * @returns {Promise<(() => void) | null>} a function that gives it back; null when another tab has it. The browser
 *   gives it back by itself when the tab is closed or killed.
 */
export function holdDraft(id, { locks = globalThis.navigator.locks } = {}) {
  return new Promise((resolve, reject) => {
    locks
      .request(`fieldapp-draft-${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((release) => resolve(() => release(undefined)));
      })
      .catch(reject);
  });
}
