/** Certify and submit: possible when nothing is missing, said so when something is. */

import { lacking } from './review.js';
import { visitBody } from './submission.js';
import { find } from '../element.js';
import { count } from '../words.js';
import { submitVisit } from '../../../service-worker/outbox.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */

/**
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 */
export function showSubmit(form, record) {
  const button = find(document, '[data-submit]');
  const open = lacking(record).length;
  const why = open ? `${count(open, 'answer')} missing` : certified(form) ? '' : 'Tick the box above first';
  find(button, 'small').textContent = why;
  button.setAttribute('aria-disabled', String(why !== ''));
}

/**
 * Signs and queues the visit, once; the draft is gone when it resolves.
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 * @param {string} app version
 * @returns {Promise<string | null>} the visit's id; null when it cannot be signed yet
 */
export async function certify(form, record, app) {
  const button = /** @type {HTMLButtonElement} */ (find(document, '[data-submit]'));
  if (button.getAttribute('aria-disabled') === 'true') {
    explain(form, record);
    return null;
  }
  const release = holdStill(form);
  try {
    button.setAttribute('aria-disabled', 'true');
    find(button, 'small').textContent = 'Signing';
    await allDone(record);
    const { draft } = record;
    if (!draft) return null;
    await record.closeWith(() => submitVisit(record.stores, draft, visitBody(record, record.tools.now()), app, record.tools));
    document.dispatchEvent(new Event('submitted'));
    return draft.id;
  } finally {
    release();
  }
}

/**
 * Waits until nothing is on its way into the visit, such as a position or a photo, also what that sets going.
 * @param {Pick<VisitRecord, 'pending' | 'save'>} record
 */
export async function allDone(record) {
  do {
    await Promise.allSettled([...record.pending]);
    await record.save();
  } while (record.pending.size > 0);
}

/**
 * What is signed is what was on the screen at the tap: no answer and no photo is taken until the visit is signed.
 * @param {HTMLFormElement} form
 * @returns {() => void} lets the page go on
 */
function holdStill(form) {
  const inputs = [...document.querySelectorAll('input[type="file"]')].map((input) => /** @type {HTMLInputElement} */ (input));
  form.inert = true;
  for (const input of inputs) input.disabled = true;
  return () => {
    form.inert = false;
    for (const input of inputs) input.disabled = false;
  };
}

/**
 * Leads to what keeps the button from working.
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 */
function explain(form, record) {
  const target = lacking(record).length ? find(form, '#before-you-sign') : find(form, '[name="certify"]');
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}

/** @param {HTMLFormElement} form */
function certified(form) {
  return /** @type {HTMLInputElement} */ (find(form, '[name="certify"]')).checked;
}
