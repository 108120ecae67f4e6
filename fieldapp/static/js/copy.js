/** Copying what stands in a field: a button that names the field by `data-copy`, and a line that says what came of it. */

const COPIED = 'Copied';
const BY_HAND = 'This browser does not copy. The address is selected: copy it by hand.';

/**
 * Shows each button, which without a script would do nothing.
 * @param {Document} document
 * @param {Pick<Clipboard, 'writeText'> | undefined} clipboard absent where the page is not served safely
 */
export function enableCopy(document, clipboard) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-copy]'))) {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ''));
    const said = /** @type {HTMLElement} */ (document.querySelector('[data-copied]'));
    button.hidden = false;
    button.addEventListener('click', async () => {
      field.select();
      said.textContent = (await isCopied(clipboard, field.value)) ? COPIED : BY_HAND;
    });
  }
}

/**
 * @param {Pick<Clipboard, 'writeText'> | undefined} clipboard
 * @param {string} text
 */
async function isCopied(clipboard, text) {
  if (!clipboard) return false;
  return clipboard.writeText(text).then(() => true, () => false);
}
