/** Where a visit that was begun on this phone goes on. */

import { icon, make } from './element.js';

/** @typedef {import('../../service-worker/drafts.js').Draft} Draft */

/**
 * A draft that carries what its page needs opens from the phone alone; one of an earlier version of the app has only the
 * page where it was begun. Never that of its stop, which may be gone from the plan.
 * @param {Pick<Draft, 'id' | 'supervisee' | 'place' | 'page'>} draft
 * @returns {string} an address without a name in it
 */
export function goOnAddress({ id, supervisee, place, page }) {
  if (!page) return `/people/${supervisee}/visit/${place}#draft-${id}`;
  return `/visit/${page.checklist.key}-${page.checklist.version}?draft=${id}`;
}

/**
 * @param {Draft} draft
 * @returns {HTMLElement} a line that leads there, with the state of a visit begun
 */
export function goOnLine(draft) {
  const link = make('a', { href: goOnAddress(draft) }, 'Go on');
  return make('p', { class: 'st', 'data-tone': 'live' }, icon('pencil'), make('span', {}, 'Visit begun, on this phone. ', link));
}

/**
 * Whether a draft was begun with other questions than a page has; one of an earlier version of the app does not say.
 * @param {Pick<Draft, 'page'>} draft
 * @param {{checklist: {key: string, version: number}}} page
 */
export function hasOtherChecklist(draft, { checklist }) {
  const { key, version } = draft.page?.checklist ?? checklist;
  return key !== checklist.key || version !== checklist.version;
}
