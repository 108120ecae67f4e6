/** What a page says of the person beneath its questions: read from the page for the draft, and put back from it. */

import { make } from '../element.js';

/** @typedef {Record<string, [string, boolean][]>} Told */

/**
 * @param {ParentNode} root
 * @returns {Told}
 */
export function readTold(root) {
  const lines = [...root.querySelectorAll('[data-item] > [data-told]')];
  return Object.fromEntries(lines.map((line) => [itemOf(line), [...line.childNodes].map(piece)]));
}

/**
 * @param {ParentNode} root
 * @param {Told} told
 */
export function showTold(root, told) {
  for (const [item, pieces] of Object.entries(told)) {
    const box = root.querySelector(`[data-item="${CSS.escape(item)}"]`);
    const words = pieces.map(([text, names]) => (names ? make('span', { 'data-conditions': '' }, text) : text));
    box?.querySelector(':scope > p.muted')?.remove();
    box?.querySelector(':scope > legend')?.after(make('p', { class: 'muted', 'data-told': '' }, ...words));
  }
}

/**
 * @param {ChildNode} node
 * @returns {[string, boolean]}
 */
function piece(node) {
  return [(node.textContent ?? '').replace(/\s+/g, ' '), node instanceof Element];
}

/** @param {Element} line */
function itemOf(line) {
  return /** @type {HTMLElement} */ (line.parentElement).dataset.item ?? '';
}
