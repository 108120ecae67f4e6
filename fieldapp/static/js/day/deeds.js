/** What an officer did that a page cannot show yet: what waits on this phone, and what was sent after the page was made. */

import { readJws } from '../../../service-worker/jws.js';
import { listOutbox } from '../../../service-worker/outbox.js';
import { listReceived } from '../../../service-worker/received.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */

/**
 * @typedef {object} Deed
 * @property {string} id the submission's
 * @property {string} kind visit, check_in, note, skip, unskip, order
 * @property {string} made_at UTC, ISO 8601
 * @property {boolean} sent true when the office has it and this page was made before that
 * @property {Record<string, any>} body as signed; of what was sent only the ids and the reason
 */

/** The office may have begun to make a page just before it took in what was sent: doubtful ones are shown as sent. */
const OVERLAP_MS = 60_000;

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {string | undefined} pageAt when the office made the page, by its clock, ISO 8601
 * @returns {Promise<Deed[]>} in the order in which they were done
 */
export async function deedsOf(stores, officer, pageAt) {
  const waiting = (await listOutbox(stores, officer)).map(({ id, kind, made_at, jws }) => {
    return { id, kind, made_at, sent: false, body: readJws(jws).payload.body };
  });
  const since = pageAt ? Date.parse(pageAt) - OVERLAP_MS : 0;
  const received = (await listReceived(stores, officer)).filter((row) => row.about && Date.parse(row.received_at) > since);
  const sent = received.map(({ id, kind, made_at, about = {} }) => ({ id, kind, made_at, sent: true, body: about }));
  const known = new Set(waiting.map(({ id }) => id));
  const deeds = [...waiting, ...sent.filter(({ id }) => !known.has(id))];
  return deeds.sort((one, other) => one.made_at.localeCompare(other.made_at) || one.id.localeCompare(other.id));
}
