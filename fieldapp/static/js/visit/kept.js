/** A visit that goes on from the phone alone: its draft says what the page shows, and the page itself names nobody. */

import { showWhereabouts } from './done.js';
import { showTold } from './told.js';
import { find, make } from '../element.js';
import { goOnAddress } from '../go-on.js';
import { officerHere } from '../who.js';
import { loadDraft } from '../../../service-worker/drafts.js';
import { listOutbox } from '../../../service-worker/outbox.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('./types.js').Page} Page */

/**
 * The draft that the address names, with the page filled in from it.
 * @param {Stores} stores
 * @returns {Promise<{page: Page, id: string} | null>} null when there is none for whoever uses this phone: the page says so
 */
export async function keptVisit(stores) {
  const id = new URLSearchParams(location.search).get('draft') ?? '';
  const officer = officerHere(localStorage);
  if (!officer) return nothing('Sign in to go on', 'Drafts on this phone open for the officer who began them.', '/sign-in', 'Sign in');
  const draft = await loadDraft(stores, id, officer);
  if (!draft) return gone(stores, officer, id);
  const page = /** @type {Page | undefined} */ (draft.page);
  const address = goOnAddress(draft);
  if (!page || !address.startsWith(`${location.pathname}?`)) {
    location.replace(address); // its own checklist's page, or the one where it was begun
    return null;
  }
  show(page);
  return { page, id };
}

/** @param {Page} page */
function show(page) {
  find(document, '[data-name]').textContent = page.name;
  find(document, '[data-begun]').textContent = page.name;
  showTold(document, page.told ?? {});
  actFor(page);
}

/**
 * From here on the page is this officer's: it sends what waits, as every page of an officer does.
 * @param {Pick<Page, 'officer' | 'manner'>} page
 */
function actFor({ officer, manner: { zone, clock } }) {
  Object.assign(document.body.dataset, { officer, zone, clock: String(clock) });
  void import('../field.js').catch((error) => console.error(error));
}

/**
 * @param {Stores} stores
 * @param {string} officer
 * @param {string} id
 * @returns {Promise<null>}
 */
async function gone(stores, officer, id) {
  const sent = sessionStorage.getItem(location.pathname + location.search) === id;
  if (!sent && !(await listOutbox(stores, officer)).some((row) => row.id === id)) {
    return nothing('This draft is not on this phone', 'It was submitted or removed, or another officer began it.', '/outbox', 'Outbox');
  }
  location.replace('#done');
  for (const dock of document.querySelectorAll('[data-dock]')) {
    dock.toggleAttribute('hidden', /** @type {HTMLElement} */ (dock).dataset.dock !== 'done');
  }
  await showWhereabouts(find(document, '[data-whereabouts]'), stores, officer, id);
  return null;
}

/**
 * @param {string} heading
 * @param {string} text
 * @param {string} href
 * @param {string} action
 * @returns {null}
 */
function nothing(heading, text, href, action) {
  const way = make('a', { class: 'btn', href }, action);
  find(document, '#arrive').replaceChildren(make('h1', { tabindex: '-1' }, heading), make('p', {}, text), make('p', { class: 'row' }, way));
  find(document, '.dock').hidden = true;
  return null;
}
