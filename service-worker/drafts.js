/** Visits being filled in: one row a visit, written at every tap. */

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./vendor/idb.js').Transaction} Transaction */

/**
 * @typedef {object} Draft
 * @property {string} id the visit's UUID, and later the submission's
 * @property {string} officer user UUID
 * @property {string} supervisee UUID
 * @property {string | null} stop UUID of the planned stop; null for an unplanned visit
 * @property {'home' | 'work'} place
 * @property {string} address UUID
 * @property {string} [title] how lists call it, such as a name
 * @property {string} [step] the screen to come back to
 * @property {Record<string, any>} [body] what has been answered so far
 * @property {Record<string, any>} [page] what its screen shows of person, place and rules, so that it opens from the
 *   phone alone; a draft begun by an earlier version of the app has none
 * @property {string} updated_at UTC, ISO 8601
 */

/** The draft is not on this phone any more: it was submitted or removed, perhaps in another tab. */
export class DraftGoneError extends Error {
  name = 'DraftGoneError';

  /** @param {string} id */
  constructor(id) {
    super('This visit was already submitted or removed. Open the outbox to see it.');
    this.id = id;
  }
}

/**
 * Whether a draft is the visit that a page is about: that of its stop; of a page without a stop, one to this person at
 * this place, planned or not, since a stop may be gone from the plan before its visit is signed.
 * @param {Pick<Draft, 'supervisee' | 'stop' | 'place'>} draft
 * @param {Pick<Draft, 'supervisee' | 'stop' | 'place'>} wanted
 */
export function isSameVisit(draft, wanted) {
  if (wanted.stop) return draft.stop === wanted.stop;
  return draft.supervisee === wanted.supervisee && draft.place === wanted.place;
}

/**
 * Whether the visit has begun and its arrival is not in the outbox yet: the phone seeks its position first.
 * @param {Pick<Draft, 'body'>} draft
 */
export function owesArrival({ body }) {
  return Boolean(body?.check_in) && !body?.checked_in;
}

/**
 * Takes the lock of a visit, if no other tab has it: two tabs with the same visit would make two submissions of it.
 * @param {string} name of the visit, the same in every tab
 * @param {{locks?: LockManager}} [tools]
 * @returns {Promise<(() => void) | null>} a function that gives it back; null when another tab has it. The browser
 *   gives it back by itself when the tab is closed or killed.
 */
export function holdDraft(name, { locks = globalThis.navigator.locks } = {}) {
  return new Promise((resolve, reject) => {
    locks
      .request(`fieldapp-draft-${name}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((release) => resolve(() => release(undefined)));
      })
      .catch(reject);
  });
}

/**
 * The draft of this stop, or of this person and place, if the phone has one.
 * @param {Stores} stores
 * @param {Pick<Draft, 'officer' | 'supervisee' | 'stop' | 'place'>} wanted
 * @param {string} [id] the one of several that is meant
 * @returns {Promise<Draft | null>}
 */
export async function findDraft(stores, wanted, id) {
  return theOneMeant(await listDrafts(stores, wanted.officer), wanted, id);
}

/**
 * The same, or else the visit's beginning, in one transaction: at a door each round to the disk is waited for. Nothing is
 * begun while a visit of this officer waits to be sent: whether it is this one is found out later.
 * @param {Stores} stores
 * @param {Pick<Draft, 'officer' | 'supervisee' | 'stop' | 'place'>} wanted
 * @param {() => Omit<Draft, 'updated_at'>} fresh the row that begins it, asked for at the last moment
 * @param {{id?: string, now?: () => Date}} [tools] `id`: the one of several that is meant
 * @returns {Promise<{draft: Draft | null, begun: boolean}>} `begun` when the draft was made just now
 */
export function takeUpOrBegin(stores, wanted, fresh, { id, now = () => new Date() } = {}) {
  return stores.write(['drafts', 'outbox'], async (transaction) => {
    const drafts = transaction.objectStore('drafts');
    const [mine, unsent] = await Promise.all([
      drafts.index('officer').getAll(wanted.officer),
      transaction.objectStore('outbox').index('officer').getAll(wanted.officer),
    ]);
    const draft = theOneMeant(mine.sort(byLastTouch), wanted, id);
    if (draft || unsent.some(({ kind }) => kind === 'visit')) return { draft, begun: false };
    const row = { ...fresh(), updated_at: now().toISOString() };
    await drafts.put(row);
    return { draft: row, begun: true };
  });
}

/**
 * @param {Draft[]} drafts of one officer, the one touched last first
 * @param {Pick<Draft, 'supervisee' | 'stop' | 'place'>} wanted
 * @param {string} [id]
 * @returns {Draft | null}
 */
function theOneMeant(drafts, wanted, id) {
  const same = drafts.filter((draft) => isSameVisit(draft, wanted));
  return same.find((draft) => draft.id === id) ?? same.find(({ stop }) => stop === wanted.stop) ?? same[0] ?? null;
}

/**
 * Makes the row of a new visit. An existing one of this visit is answered as it is, so a second tap or tab starts no
 * second visit.
 * @param {Stores} stores
 * @param {Omit<Draft, 'updated_at'>} draft
 * @param {{now?: () => Date}} [tools]
 * @returns {Promise<Draft>}
 * @throws {DraftGoneError} when the visit waits in the outbox, or the row belongs to another officer
 */
export function startDraft(stores, draft, { now = () => new Date() } = {}) {
  return stores.write(['drafts', 'outbox'], async (transaction) => {
    const existing = await transaction.objectStore('drafts').get(draft.id);
    if (existing?.officer === draft.officer) return existing;
    if (existing || (await transaction.objectStore('outbox').get(draft.id))) throw new DraftGoneError(draft.id);
    /** @type {Draft[]} */
    const mine = await transaction.objectStore('drafts').index('officer').getAll(draft.officer);
    const begun = mine.find((other) => isSameVisit(other, draft));
    if (begun) return begun;
    const row = { ...draft, updated_at: now().toISOString() };
    await transaction.objectStore('drafts').put(row);
    return row;
  });
}

/**
 * Writes the draft over its row, and resolves once it is on the disk. The write is handed to the browser before the tap's
 * own task ends: a tab that dies a millisecond later has saved it. So the row is looked at afterwards, not before.
 * @param {Stores} stores
 * @param {Omit<Draft, 'updated_at'>} draft
 * @param {{now?: () => Date}} [tools]
 * @returns {Promise<Draft>} as it was stored
 * @throws {DraftGoneError} when there is no row to write over: a late save must not bring back a submitted visit
 */
export async function saveDraft(stores, draft, { now = () => new Date() } = {}) {
  const row = { ...draft, updated_at: now().toISOString() };
  const before = await stores.write(['drafts'], async (transaction) => {
    const drafts = transaction.objectStore('drafts');
    const [existing] = [drafts.get(draft.id), drafts.put(row)];
    transaction.commit();
    return existing;
  });
  if (before?.officer === draft.officer) return row;
  await stores.write(['drafts'], async (transaction) => {
    if (before) await transaction.objectStore('drafts').put(before);
    else await transaction.objectStore('drafts').delete(draft.id);
  });
  throw new DraftGoneError(draft.id);
}

/**
 * @param {Stores} stores
 * @param {string} id
 * @param {string} officer
 * @returns {Promise<Draft | undefined>} undefined too when it is another officer's
 */
export async function loadDraft(stores, id, officer) {
  const row = await stores.read(['drafts'], (transaction) => transaction.objectStore('drafts').get(id));
  return row?.officer === officer ? row : undefined;
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @returns {Promise<Draft[]>} the one touched last comes first
 */
export async function listDrafts(stores, officer) {
  /** @type {Draft[]} */
  const rows = await stores.read(['drafts'], (transaction) =>
    transaction.objectStore('drafts').index('officer').getAll(officer),
  );
  return rows.sort(byLastTouch);
}

/**
 * @param {Draft} one
 * @param {Draft} other
 */
function byLastTouch(one, other) {
  return other.updated_at.localeCompare(one.updated_at);
}

/**
 * Removes a draft and its photos: only for "discard this visit", which the officer has confirmed.
 * @param {Stores} stores
 * @param {string} id
 * @param {string} officer
 * @throws {DraftGoneError} when there is no such draft; the photos of a submitted visit are not touched
 */
export function removeDraft(stores, id, officer) {
  return stores.write(['drafts', 'photos'], async (transaction) => {
    await ownDraft(transaction, id, officer);
    const photos = transaction.objectStore('photos');
    for (const photo of await photos.index('visit').getAll(id)) {
      await photos.delete(photo.id);
      await photos.delete(photo.bytes_key);
    }
    await transaction.objectStore('drafts').delete(id);
  });
}

/**
 * The draft's row inside a transaction that covers `drafts`.
 * @param {Transaction} transaction
 * @param {string} id
 * @param {string} officer
 * @returns {Promise<Draft>}
 * @throws {DraftGoneError} when there is none, or it is another officer's
 */
export async function ownDraft(transaction, id, officer) {
  const row = await transaction.objectStore('drafts').get(id);
  if (!row || row.officer !== officer) throw new DraftGoneError(id);
  return row;
}
