/** What the checklist asks now: hides and shows questions and sections, and keeps the rail's counts. */

import { find } from '../element.js';
import { isDiscreet, restValues, sectionProgress, visibleItems } from '../../../service-worker/checklist.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */

/**
 * @param {HTMLElement} main
 * @param {VisitRecord} record
 */
export function showAsked(main, record) {
  const { template, visit, page } = record;
  const shown = new Set(visibleItems(template, visit, page.conditions).map(({ id }) => id));
  for (const item of main.querySelectorAll('[data-item]')) {
    item.toggleAttribute('hidden', !shown.has(/** @type {HTMLElement} */ (item).dataset.item ?? ''));
  }
  for (const button of main.querySelectorAll('[data-rest]')) {
    const section = /** @type {HTMLElement} */ (button).dataset.rest ?? '';
    const rest = Object.keys(restValues(template, section, visit, page.conditions));
    button.toggleAttribute('hidden', rest.length === 0);
  }
  showRail(main, record);
  const discreet = isDiscreet(template, visit);
  main.toggleAttribute('data-discreet', discreet);
  main.querySelector('[data-discreet-banner]')?.toggleAttribute('hidden', !discreet);
}

/**
 * @param {HTMLElement} main
 * @param {VisitRecord} record
 */
function showRail(main, { template, visit, page, photos }) {
  const progress = new Map(sectionProgress(template, visit, page.conditions).map((entry) => [entry.key, entry]));
  for (const { key } of template.sections) {
    const entry = main.querySelector(`[data-rail="${key}"]`);
    const state = progress.get(key);
    entry?.toggleAttribute('hidden', !state);
    if (!entry || !state) continue;
    entry.querySelector('svg')?.toggleAttribute('hidden', state.answered === 0 || state.missing > 0);
    find(entry, '[data-answered]').textContent = `${state.answered} of ${state.shown}`;
    const bar = /** @type {HTMLProgressElement} */ (find(entry, 'progress'));
    bar.max = state.shown;
    bar.value = state.answered;
  }
  find(main, '[data-photo-count]').textContent = String(photos.length);
}

/**
 * The sections that this visit asks, in order, with what each still lacks.
 * @param {VisitRecord} record
 */
export function sectionsAsked({ template, visit, page }) {
  return sectionProgress(template, visit, page.conditions);
}
