/** The steps of the page: each is an address, so Back works and the camera returns to the same question. */

import { find, setAttribute, setText } from '../element.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */

/**
 * @typedef {object} Step
 * @property {string} id of its element, such as section-safety
 * @property {string} title
 */

/**
 * The step that an address shows.
 * @param {HTMLElement} main
 * @param {string} hash such as #section-safety or #compliance.alcohol
 * @returns {string} id of the step's element; "" where the address names none
 */
export function stepOf(main, hash) {
  const target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  return target && main.contains(target) ? (target.closest('.step')?.id ?? '') : '';
}

/**
 * The steps of this visit as it stands, in order.
 * @param {VisitRecord} record
 * @returns {Step[]}
 */
export function stepsOf(record) {
  const sections = record.asked.sections.map(({ key, title }) => ({ id: `section-${key}`, title }));
  return [{ id: 'outcome', title: 'outcome' }, ...sections, { id: 'sign', title: 'Review and sign' }];
}

/**
 * Where "Next" leads: to the next section that lacks something, else to the review. Sections that ask for nothing stay
 * within reach above, and the review names them.
 * @param {VisitRecord} record
 * @param {string} current id of the step shown
 * @returns {{id: string, text: string} | null} null while there is no outcome
 */
export function nextStep(record, current) {
  if (!record.visit.outcome) return null;
  const asked = record.asked.sections;
  const here = asked.findIndex(({ key }) => `section-${key}` === current);
  const next = asked.slice(here + 1).find(({ missing }) => missing > 0) ?? (current === 'outcome' ? asked[0] : undefined);
  if (!next) return { id: 'sign', text: 'Review and sign' };
  return { id: `section-${next.key}`, text: current === 'outcome' ? 'Start checklist' : `Next: ${next.title}` };
}

/**
 * Shows the step's part of the frame: rail, way back, dock.
 * @param {VisitRecord} record
 * @param {string} step
 * @param {string} briefing address of the briefing
 */
export function showFrame(record, step, briefing) {
  const kind = step.startsWith('section-') || step === 'outcome' ? 'next' : step;
  for (const part of document.querySelectorAll('[data-dock]')) {
    part.toggleAttribute('hidden', /** @type {HTMLElement} */ (part).dataset.dock !== kind);
  }
  for (const link of document.querySelectorAll('.rail a')) {
    setAttribute(link, 'aria-current', link.getAttribute('href') === `#${step}` ? 'step' : null);
  }
  showBack(record, step, briefing);
  if (kind === 'next') showNext(nextStep(record, step));
}

/**
 * Puts the reader at the start of the step, or at the question that the address names.
 * @param {HTMLElement} main
 * @param {string} step
 * @param {string} hash
 */
export function enter(main, step, hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  document.querySelector('.rail [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  if (target && target.id !== step && target.id !== 'here') {
    target.scrollIntoView({ block: 'center' });
    const control = target.matches('[tabindex]') ? target : target.querySelector('input, textarea');
    return /** @type {HTMLElement | null} */ (control)?.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
  find(main, `#${CSS.escape(step)} [tabindex="-1"]`).focus({ preventScroll: true });
}

/**
 * @param {VisitRecord} record
 * @param {string} step
 * @param {string} briefing
 */
function showBack(record, step, briefing) {
  const link = find(document, '.topbar .back');
  const steps = stepsOf(record);
  const index = steps.findIndex(({ id }) => id === step);
  const before = index > 0 ? steps[index - 1] : step === 'photos' ? steps[steps.length - 1] : null;
  setAttribute(link, 'href', before ? `#${before.id}` : step === 'done' ? '/today' : briefing);
  const toToday = step === 'done' || briefing === '/today';
  setAttribute(link, 'aria-label', `Back to ${before ? before.title : toToday ? 'Today' : 'briefing'}`);
}

/** @param {{id: string, text: string} | null} next */
function showNext(next) {
  const link = find(document, '[data-next]');
  setText(find(link, 'span'), next ? next.text : 'Choose what happened');
  setAttribute(link, 'href', next ? `#${next.id}` : null);
  setAttribute(link, 'aria-disabled', next ? null : 'true');
}
