/** Page module of the unplanned visit: search, one person's sheet, and the visit's beginning, all without the office. */

import { find, make, state } from './element.js';
import { goOnAddress } from './go-on.js';
import { holds, plain, visitPage } from './unplanned/facts.js';
import { sheet } from './unplanned/sheet.js';
import { emptyBody } from './visit/answers.js';
import { startDraft } from '../../service-worker/drafts.js';
import { Stores } from '../../service-worker/stores.js';

/** @typedef {import('./unplanned/facts.js').Facts} Facts */

/** More are not looked through, and each takes time to draw. */
const MOST_SHOWN = 40;
const TOOLS = { now: () => new Date(), uuid: () => crypto.randomUUID() };
const list = find(document, '[data-caseload]');
const place = find(document, '[data-sheet]');
const lines = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-person]'))];
if (lines.length) start();

function start() {
  const texts = lines.map((line) => plain(line.textContent ?? ''));
  const words = /** @type {HTMLInputElement} */ (find(list, '#words'));
  const found = find(list, '[data-found]');
  words.addEventListener('input', () => {
    const most = words.value.trim() ? MOST_SHOWN : lines.length;
    let count = 0;
    lines.forEach((line, index) => {
      const here = holds(texts[index], words.value);
      line.hidden = !here || count >= most;
      if (here) count += 1;
    });
    found.textContent = foundWords(count, most);
  });
  list.addEventListener('click', (event) => {
    const person = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-person]'))?.dataset.person;
    if (!person) return;
    event.preventDefault();
    location.hash = person;
  });
  window.addEventListener('hashchange', show);
  show();
}

/**
 * @param {number} count
 * @param {number} most shown at once
 */
function foundWords(count, most) {
  if (count === 0) return 'Nobody on your caseload has all these words';
  return count > most ? `The first ${most} of ${count} people. Type more to find others.` : `${count} of ${lines.length} people`;
}

/** The list, or the sheet of the person whom the address names. */
function show() {
  const person = location.hash.slice(1);
  const line = lines.find(({ dataset }) => dataset.person === person);
  list.hidden = Boolean(line);
  place.hidden = !line;
  showBack(Boolean(line));
  if (!line) return;
  const facts = /** @type {Facts} */ (JSON.parse(line.dataset.facts ?? ''));
  place.replaceChildren(...sheet(person, facts, (at) => void begin(visitPage(person, facts, at, JSON.parse(list.dataset.shared ?? '')))));
  scrollTo(0, 0);
  find(place, 'h1').focus({ preventScroll: true });
}

/** @param {boolean} open whether a sheet is open, which Back closes */
function showBack(open) {
  const back = find(document, '.topbar .back');
  back.setAttribute('href', open ? '#' : '/today');
  back.setAttribute('aria-label', open ? 'Back to the caseload' : 'Back to Today');
}

/**
 * One draft, however often it is tapped; its own page takes the position and goes on.
 * @param {import('./visit/types.js').Page} page
 */
async function begin(page) {
  const { officer, supervisee, stop, place: where, address, name: title } = page;
  const draft = { id: TOOLS.uuid(), officer, supervisee, stop, place: where, address: address.id, title, page };
  try {
    const begun = await startDraft(new Stores(), { ...draft, step: 'outcome', body: emptyBody(page, TOOLS) }, TOOLS);
    location.assign(goOnAddress(begun));
  } catch (error) {
    console.error(error);
    const words = `The visit has not begun. Tap “I’m here” again. ${/** @type {Error} */ (error).message}`;
    place.prepend(make('div', { role: 'alert' }, state('stop', 's-stop', words)));
  }
}
