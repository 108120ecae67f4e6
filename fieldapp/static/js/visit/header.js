/** The dark band of a running visit: since when, where it is saved, how long it has lasted. */

import { find, icon, make, setText } from '../element.js';
import { clockTime } from '../words.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */

/**
 * Says when the draft was written; a failure stays until a write succeeds.
 * @param {VisitRecord} record
 */
export function startHeader(record) {
  const line = find(document, '[data-header]');
  line.setAttribute('role', 'status');
  record.addEventListener('saved', () => {
    const words = `Saved on this phone ${clockTime(record.tools.now(), record.page.manner)}`;
    if (line.textContent !== words) say(line, 's-phone', words);
    for (const word of document.querySelectorAll('[data-saved-word][data-changed]')) word.textContent = 'Saved';
  });
  record.addEventListener('unsaved', (event) => {
    console.error(/** @type {CustomEvent} */ (event).detail);
    say(line, 's-stop', `Not saved. ${/** @type {CustomEvent} */ (event).detail?.message ?? ''}`);
  });
}

/**
 * Shows the time since arrival, at once and every second.
 * @param {VisitRecord} record
 */
export function startClock(record) {
  const box = find(document, '[data-elapsed]');
  const show = () => {
    box.toggleAttribute('hidden', !record.draft);
    if (!record.draft) return;
    const seconds = Math.max(0, Math.floor((record.tools.now().getTime() - Date.parse(record.body.arrived_at)) / 1000));
    setText(find(box, 'strong'), `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
  };
  show();
  setInterval(show, 1000);
  record.addEventListener('change', show);
}

/**
 * @param {Element} line
 * @param {string} shape
 * @param {string} words
 */
function say(line, shape, words) {
  line.className = 'st';
  line.replaceChildren(icon(shape), make('span', {}, words));
}
