/** Lays over a list of stops what this phone knows and the page does not: visits begun or made, arrivals, skipped stops. */

import { make, state } from './element.js';
import { goOnAddress, goOnLine } from './go-on.js';
import { deedsOf } from './day/deeds.js';
import { clockHere, whereabouts } from './day/words.js';
import { listDrafts } from '../../service-worker/drafts.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */

/**
 * @param {ParentNode} root
 * @param {Stores} stores
 * @param {string} officer
 */
export async function showStopsOnPhone(root, stores, officer) {
  const stops = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-stop]'))];
  const drafts = await listDrafts(stores, officer);
  showOthers(root, drafts, new Set(stops.map(({ dataset }) => dataset.stop)));
  if (!stops.length) return;
  const deeds = await deedsOf(stores, officer, document.body.dataset.at);
  showOrder(root, deeds);
  for (const stop of stops) {
    const { stop: id, state: known } = stop.dataset;
    for (const old of stop.querySelectorAll('[data-on-phone]')) old.remove();
    const draft = drafts.find((one) => one.stop === id);
    if (!known) for (const line of linesOf(deeds.filter(({ body }) => body.stop === id), draft)) mark(stop, line);
  }
}

/**
 * On the plan, which shows the office's order, that this phone has another one.
 * @param {ParentNode} root
 * @param {import('./day/deeds.js').Deed[]} deeds
 */
function showOrder(root, deeds) {
  const place = /** @type {HTMLElement | null} */ (root.querySelector('[data-arranged]'));
  const order = deeds.findLast(({ kind, body }) => kind === 'order' && body.plan === place?.dataset.arranged);
  const words = order?.sent ? 'Load this page again to see the order you made on Today' : 'Your order of the stops is on this phone, see Today. The office has an older one';
  place?.replaceChildren(...(order ? [state('wait', 's-phone', words)] : []));
}

/**
 * What this phone says of a stop that is not over on the page.
 * @param {import('./day/deeds.js').Deed[]} deeds of that stop, in the order in which they were done
 * @param {import('../../service-worker/drafts.js').Draft | undefined} draft
 * @returns {HTMLElement[]}
 */
function linesOf(deeds, draft) {
  const visit = deeds.findLast(({ kind }) => kind === 'visit');
  if (visit) return [whereabouts(visit)];
  if (draft) {
    const arrival = deeds.findLast(({ kind, sent }) => kind === 'check_in' && !sent);
    const told = arrival ? [state('wait', 's-phone', `Arrival of ${clockHere(arrival.body.arrived_at ?? arrival.made_at)}, not yet with the office`)] : [];
    return [goOnLine(draft), ...told];
  }
  const skip = deeds.findLast(({ kind }) => kind === 'skip' || kind === 'unskip');
  if (!skip || (skip.kind === 'unskip' && skip.sent)) return [];
  return [whereabouts(skip)];
}

/**
 * @param {HTMLElement} stop
 * @param {HTMLElement} line
 */
function mark(stop, line) {
  line.setAttribute('data-on-phone', '');
  (stop.querySelector(':scope > div') ?? stop).append(line);
}

/**
 * Visits begun of which the page shows no stop: of somebody else, not planned, or gone from the plan since. On Today all
 * of them, on a person's page those of this person.
 * @param {ParentNode} root
 * @param {import('../../service-worker/drafts.js').Draft[]} drafts
 * @param {Set<string | undefined>} shown stops
 */
function showOthers(root, drafts, shown) {
  const place = /** @type {HTMLElement | null} */ (root.querySelector('[data-drafts]'));
  const person = place?.dataset.drafts;
  const others = drafts.filter((draft) => (person ? draft.supervisee === person : !shown.has(draft.stop ?? '')));
  place?.replaceChildren(...others.map((draft) => (person ? goOnLine(draft) : draftLine(draft))));
}

/** @param {import('../../service-worker/drafts.js').Draft} draft */
function draftLine(draft) {
  const words = make('p', {}, `${draft.title ?? 'Visit'}, visit begun`);
  return make('div', { class: 'split' }, words, make('a', { class: 'btn small', href: goOnAddress(draft) }, 'Go on'));
}
