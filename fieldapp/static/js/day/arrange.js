/** Putting the stops that are left in another order: on this phone first, to the office through the outbox. */

import { isLeft, orderWith } from './state.js';
import { copyOf, find } from '../element.js';
import { enableReorder, moveLeg } from '../reorder.js';
import { submit } from '../../../service-worker/outbox.js';
import { browserTools } from '../../../service-worker/tools.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('./state.js').DayNow} DayNow */
/** @typedef {import('./view.js').DayView} DayView */

/**
 * Lets the officer arrange the day that `now` answers. Listens below `view.root`.
 * @param {DayView} view
 * @param {{stores: Stores, officer: string, now: () => DayNow}} day
 */
export function enableArrange(view, day) {
  const { root } = view;
  const form = /** @type {HTMLFormElement} */ (find(root, '[data-arranging]'));
  const open = /** @type {HTMLButtonElement} */ (find(root, '[data-arrange]'));
  const list = find(form, 'ol');
  const show = (/** @type {boolean} */ arranging) => {
    form.hidden = !arranging;
    find(root, '[data-later]').hidden = arranging || !day.now().stops.some(isLeft);
    if (arranging) find(form, 'h2').focus();
    else open.focus();
  };
  open.disabled = false;
  open.addEventListener('click', () => {
    list.replaceChildren(...day.now().stops.filter(isLeft).flatMap(({ id }) => leg(view, id) ?? []));
    show(true);
  });
  find(form, '[data-cancel]').addEventListener('click', () => show(false));
  list.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest('[data-move]');
    if (button) moveLeg(/** @type {HTMLElement} */ (button.closest('[data-leg]')), button.getAttribute('data-move') ?? '');
    /** @type {HTMLElement | null | undefined} */ (button?.closest('[popover]'))?.hidePopover();
  });
  enableReorder(form, () => {}); // every move stays here until the whole order is used
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.hidden) return;
    const todo = [...form.querySelectorAll('input[name=stop]')].map((input) => /** @type {HTMLInputElement} */ (input).value);
    await keepOrder(view, day, orderWith(day.now().stops, todo));
    show(false);
  });
}

/**
 * @param {DayView} view
 * @param {{stores: Stores, officer: string, now: () => DayNow}} day
 * @param {string[]} stops
 * @param {Record<string, unknown>} [onward] how the day goes on, of an order found from where the officer is
 */
export async function keepOrder({ page }, { stores, officer, now }, stops, onward) {
  if (!onward && stops.join() === now().stops.map(({ id }) => id).join()) return;
  const { app = '' } = document.body.dataset;
  const body = { plan: page.plan, stops, ...(onward ? { onward } : {}) };
  await submit(stores, { officer, kind: 'order', body, app }, 'Order of the stops', browserTools());
  document.dispatchEvent(new Event('outbox'));
  document.dispatchEvent(new Event('submitted'));
}

/**
 * @param {DayView} view
 * @param {string} id
 * @returns {HTMLElement | null} the stop as an entry that can be moved
 */
function leg({ root, lines }, id) {
  const line = lines.get(id);
  if (!line) return null;
  const like = /** @type {HTMLTemplateElement} */ (find(root, '[data-leg-like]'));
  const made = copyOf(like, '__stop__', id);
  const name = find(line, 'h3').textContent ?? '';
  for (const heading of made.querySelectorAll('h2, h3')) heading.textContent = name;
  find(made, 'time').textContent = find(line, 'time').textContent;
  find(made, 'div > p').textContent = find(line, 'div > p').textContent;
  for (const labeled of made.querySelectorAll('[data-handle]')) labeled.setAttribute('aria-label', `Move ${name}`);
  find(made, '[popover]').setAttribute('aria-label', name);
  return made;
}
