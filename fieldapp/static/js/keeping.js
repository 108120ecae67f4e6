/** Whether the browser may clear what waits on this phone: asked once, and known to the outbox page. */

const ASKED = 'fieldapp-storage-asked';

/**
 * Asks the browser to keep this phone's stores, once and never again: some browsers ask the officer in turn.
 * @param {Pick<StorageManager, 'persist'> | undefined} storage
 * @param {Pick<Storage, 'getItem' | 'setItem'>} memory
 */
export async function askToKeep(storage, memory) {
  if (!storage?.persist || memory.getItem(ASKED)) return;
  memory.setItem(ASKED, 'yes');
  await storage.persist().catch(() => false);
}

/**
 * @param {Pick<StorageManager, 'persisted'> | undefined} storage
 * @param {Pick<Storage, 'getItem'>} memory
 * @returns {Promise<boolean>} true when it was asked to keep everything and does not
 */
export async function mayBeCleared(storage, memory) {
  if (!storage?.persisted || !memory.getItem(ASKED)) return false;
  return !(await storage.persisted().catch(() => true));
}
