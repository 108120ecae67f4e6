/** Today made anew by the office, put in the place of the one on the screen. */

import { BUILD, KEPT, isOwnAnswer } from '../../../service-worker/cached.js';
import { packedCopy } from '../../../service-worker/day-pack.js';

const TOOLS = { caches, now: () => new Date() };

/**
 * @param {HTMLElement} root with `data-today`
 * @param {() => boolean} isBusy whether something is open on it by now: it must not go from under the thumb
 * @returns {Promise<HTMLElement | null>} what stands there now; null when the office was not reached or is of another build
 */
export async function freshDay(root, isBusy) {
  const page = await pageNow().catch(() => null);
  return page && !isBusy() ? replaced(root, page) : null;
}

/**
 * The office's answer to the same question, which came while this copy was on the screen already.
 * @param {HTMLElement} root with `data-today`
 * @param {string} before what the copy held when it came
 * @param {() => boolean} isBusy
 * @returns {Promise<HTMLElement | 'gone' | null>} what stands there now; gone when the day was erased; null when all is as before
 */
export async function newerDay(root, before, isBusy) {
  const { kept = '', build } = document.body.dataset;
  const copy = await packedCopy('/today', TOOLS);
  if (!copy) return 'gone';
  if ((copy.headers.get(KEPT) ?? '') <= kept || copy.headers.get(BUILD) !== build) return null;
  const page = parsed(await copy.text());
  if (isBusy()) return null;
  if (dayOn(page)?.outerHTML !== before) return replaced(root, page);
  isOfNow(page); // nothing moves under a thumb
  return null;
}

/**
 * @param {HTMLElement} root
 * @param {Document} page
 */
function replaced(root, page) {
  const fresh = dayOn(page);
  if (!fresh || page.body.dataset.officer !== document.body.dataset.officer) return null;
  root.replaceWith(fresh);
  isOfNow(page);
  return fresh;
}

/** @param {Document} page */
function isOfNow(page) {
  document.body.dataset.at = page.body.dataset.at;
  delete document.body.dataset.kept;
  document.querySelector('[data-kept-line]')?.remove();
}

/** @param {Document} page @returns {HTMLElement | null} */
function dayOn(page) {
  return page.querySelector('[data-today]');
}

/** @param {string} text */
function parsed(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

/** @returns {Promise<Document | null>} */
async function pageNow() {
  const answer = await fetch('/today', { headers: { 'Fieldapp-Poll': '1' }, redirect: 'manual', cache: 'no-store' });
  if (!isOwnAnswer(answer) || answer.headers.get(BUILD) !== document.body.dataset.build) return null;
  return parsed(await answer.text());
}
