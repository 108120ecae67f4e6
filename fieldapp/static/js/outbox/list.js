/** A list on the page that follows what it shows: lines that did not change stay as they are, and so does the focus. */

import { find } from '../element.js';

/**
 * @param {HTMLElement} root
 * @param {string} name of the block, which is hidden while it is empty
 * @param {HTMLElement[]} lines
 * @param {string} sum
 */
export function showList(root, name, lines, sum) {
  const block = find(root, `[data-list="${name}"]`);
  block.toggleAttribute('hidden', lines.length === 0);
  find(block, '[data-sum]').textContent = sum;
  const list = find(block, 'ul');
  for (const [index, line] of lines.entries()) {
    const before = list.children[index];
    if (!before) list.append(line);
    else if (!before.isEqualNode(line)) exchange(before, line);
  }
  while (list.children.length > lines.length) list.lastElementChild?.remove();
}

/**
 * @param {Element} before
 * @param {HTMLElement} line
 */
function exchange(before, line) {
  const focused = before.contains(document.activeElement) ? document.activeElement : null;
  before.replaceWith(line);
  if (focused) /** @type {HTMLElement | null} */ (line.querySelector(focused.tagName))?.focus();
}
