/** Today made anew by the office, put in the place of the one on the screen. */

import { BUILD, isOwnAnswer } from '../../../service-worker/cached.js';

/**
 * @param {HTMLElement} root with `data-today`
 * @param {() => boolean} isBusy whether something is open on it by now: it must not go from under the thumb
 * @returns {Promise<HTMLElement | null>} what stands there now; null when the office was not reached or is of another build
 */
export async function freshDay(root, isBusy) {
  const page = await pageNow().catch(() => null);
  const fresh = /** @type {HTMLElement | null | undefined} */ (page?.querySelector('[data-today]'));
  if (!page || !fresh || isBusy() || page.body.dataset.officer !== document.body.dataset.officer) return null;
  root.replaceWith(fresh);
  document.body.dataset.at = page.body.dataset.at;
  delete document.body.dataset.kept;
  document.querySelector('[data-kept-line]')?.remove();
  return fresh;
}

/** @returns {Promise<Document | null>} */
async function pageNow() {
  const answer = await fetch('/today', { headers: { 'Fieldapp-Poll': '1' }, redirect: 'manual', cache: 'no-store' });
  if (!isOwnAnswer(answer) || answer.headers.get(BUILD) !== document.body.dataset.build) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}
