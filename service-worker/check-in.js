/** "I'm here", told to the office: signed once for each visit, by whichever page comes first. */

import { holdDraft, listDrafts, loadDraft, owesArrival } from './drafts.js';
import { signedRow } from './outbox.js';
import { noPosition } from './positions.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./drafts.js').Draft} Draft */
/** @typedef {import('./positions.js').Position} Position */

/**
 * Puts the arrival in the outbox and notes so in the draft, in one transaction.
 * @param {Stores} stores
 * @param {Draft} draft whose visit has begun
 * @param {Position} position
 * @param {string} app version of the app
 * @param {Pick<Tools, 'subtle' | 'now'>} tools
 */
export async function submitCheckIn(stores, draft, position, app, tools) {
  const { officer, supervisee, stop, address, title } = draft;
  const { check_in: id, arrived_at } = /** @type {Record<string, any>} */ (draft.body);
  const payload = { id, officer, kind: 'check_in', body: { supervisee, stop, address, arrived_at, position }, app };
  await keep(stores, draft, await signedRow(stores, payload, { title: `${title ?? 'Visit'}, check-in`, photos: [] }, tools));
}

/**
 * Submits the arrivals whose page was left before it had found its position: at once, and without one, since who was at the
 * door then may be anywhere by now. Not those of visits that are open in a tab, which does it itself.
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} app version of the app
 * @param {Pick<Tools, 'subtle' | 'now' | 'locks'>} tools
 * @returns {Promise<number>} how many
 */
export async function submitLeftCheckIns(stores, officer, app, tools) {
  const { listReceived } = await import('./received.js'); // the page of a visit has enough to load without it
  const received = new Set((await listReceived(stores, officer)).map((row) => row.id));
  let count = 0;
  for (const { id, supervisee, place } of (await listDrafts(stores, officer)).filter(owesArrival)) {
    const release = await holdDraft(`${supervisee}-${place}`, tools);
    if (!release) continue;
    try {
      const draft = await loadDraft(stores, id, officer);
      if (!draft || !owesArrival(draft)) continue;
      const position = draft.body?.position ?? noPosition('unavailable', tools.now());
      // the note of it was lost with its page: the office must not get another signature under the same id
      if (received.has(draft.body?.check_in)) await keep(stores, draft, null);
      else await submitCheckIn(stores, draft, position, app, tools);
      count += 1;
    } finally {
      release();
    }
  }
  return count;
}

/**
 * @param {Stores} stores
 * @param {Draft} draft
 * @param {import('./outbox.js').OutboxRow | null} row null when the office has it
 */
function keep(stores, { id, officer }, row) {
  return stores.write(['drafts', 'outbox'], async (transaction) => {
    const [outbox, drafts] = [transaction.objectStore('outbox'), transaction.objectStore('drafts')];
    if (row && !(await outbox.get(row.id))) await outbox.put(row);
    const kept = await drafts.get(id);
    if (kept?.officer === officer) await drafts.put({ ...kept, body: { ...kept.body, checked_in: true } });
  });
}
