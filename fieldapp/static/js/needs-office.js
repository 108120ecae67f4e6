/** Forms that only the office can answer: without it they say so and change nothing, instead of a page of the browser's. */

import { icon, make } from './element.js';
import { askOffice } from '../../service-worker/ask.js';

const PROBE = '/.well-known/jwks.json';
const PATIENCE_MS = 4000;
const PLANNING = 'The office cannot be reached, so nothing was changed. Without a signal, arrange and skip stops on Today.';
const SEARCHING = 'Searching needs the office, which cannot be reached. The people of today’s stops are on this phone.';
const UNSURE = 'The office did not answer. Load the page again to see what it has before you try again.';
const ON_A_COPY = 'This page cannot change the plan without the office. Arrange and skip stops on Today.';

/**
 * Stands before every form that is posted, but not before signing out, which has its own way without a signal.
 * @param {Document} document
 * @param {Pick<import('../../service-worker/tools.js').Tools, 'fetch' | 'now'>} tools
 */
export function guardForms(document, tools) {
  const orders = new Orders(document);
  /** @type {HTMLFormElement | null} */
  let passed = null;
  document.addEventListener('submit', (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (passed === form || !isGuarded(form)) return void (passed = null);
    if (navigator.onLine && document.body.dataset.kept === undefined) return; // the office was there a moment ago
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = /** @type {SubmitEvent} */ (event);
    void isThere(tools).then((there) => {
      if (!there) return refuse(form, orders, isSearch(form) ? SEARCHING : PLANNING);
      passed = form;
      form.requestSubmit(submitter);
    });
  }, true);
  for (const type of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
    document.addEventListener(type, (event) => {
      const form = /** @type {Element} */ (event.target).closest('form');
      if (form) refuse(form, orders, isSearch(form) && type !== 'htmx:responseError' ? SEARCHING : UNSURE);
    });
  }
  document.addEventListener('htmx:afterSwap', () => orders.remember());
  const plan = document.querySelector('#order, form[data-plan]');
  if (plan && document.body.dataset.kept !== undefined) tell(plan, ON_A_COPY);
}

/** The order of each list that can be moved by hand: a move that the office did not hear of is taken back. */
class Orders {
  /** @param {Document} document */
  constructor(document) {
    this.document = document;
    /** @type {Map<Element, Element[]>} */
    this.lists = new Map();
    this.remember();
  }

  remember() {
    const lists = this.document.querySelectorAll('form[method=post][data-reorder] > ol');
    this.lists = new Map([...lists].map((list) => [list, [...list.children]]));
  }

  /** @param {Element} form */
  takeBack(form) {
    for (const [list, children] of this.lists) if (form.contains(list)) list.replaceChildren(...children);
  }
}

/** @param {Element} form what is searched for changes nothing, whether the office heard of it or not */
function isSearch(form) {
  return form.getAttribute('role') === 'search';
}

/** @param {HTMLFormElement} form */
function isGuarded(form) {
  return form.method === 'post' && !form.matches('[data-visit], [action="/sign-out"]');
}

/** @param {Pick<import('../../service-worker/tools.js').Tools, 'fetch' | 'now'>} tools */
async function isThere(tools) {
  return navigator.onLine && (await askOffice(PROBE, {}, tools, PATIENCE_MS)).state === 'ok';
}

/**
 * @param {Element} form
 * @param {Orders} orders
 * @param {string} words
 */
function refuse(form, orders, words) {
  orders.takeBack(form);
  for (const open of form.querySelectorAll('[popover]:popover-open')) /** @type {HTMLElement} */ (open).hidePopover();
  tell(form, words)?.scrollIntoView({ block: 'center' });
}

/**
 * @param {Element} before
 * @param {string} words
 */
function tell(before, words) {
  for (const old of before.ownerDocument.querySelectorAll('[data-needs-office]')) old.remove();
  const box = make('div', { class: 'notice', 'data-tone': 'warn', 'data-needs-office': '', role: 'alert' });
  box.append(icon('cloud-off'), make('h2', { class: 'h3' }, 'This needs the office'), make('p', {}, words));
  before.before(box);
  return box;
}
