/** What the checklist asks now: hides and shows questions and sections, and keeps the rail's counts. */

import { find, setAttribute, setText } from '../element.js';
import { isDiscreet, restValues } from '../../../service-worker/checklist.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */

/**
 * @param {HTMLElement} main
 * @param {VisitRecord} record
 */
export function showAsked(main, record) {
  const { template, visit, asked } = record;
  const shown = new Set(asked.items.map(({ id }) => id));
  for (const item of main.querySelectorAll('[data-item]')) {
    item.toggleAttribute('hidden', !shown.has(/** @type {HTMLElement} */ (item).dataset.item ?? ''));
  }
  for (const button of main.querySelectorAll('[data-rest]')) {
    const section = /** @type {HTMLElement} */ (button).dataset.rest ?? '';
    const rest = restValues(asked.items, section, visit.outcome);
    button.toggleAttribute('hidden', Object.keys(rest).length === 0);
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
function showRail(main, { template, asked, photos }) {
  const progress = new Map(asked.sections.map((entry) => [entry.key, entry]));
  for (const { key } of template.sections) {
    const entry = main.querySelector(`[data-rail="${key}"]`);
    const state = progress.get(key);
    entry?.toggleAttribute('hidden', !state);
    if (!entry || !state) continue;
    entry.querySelector('svg')?.toggleAttribute('hidden', state.answered === 0 || state.missing > 0);
    setText(find(entry, '[data-answered]'), `${state.answered} of ${state.shown}`);
    const bar = find(entry, 'progress');
    setAttribute(bar, 'max', String(state.shown));
    setAttribute(bar, 'value', String(state.answered));
  }
  setText(find(main, '[data-photo-count]'), String(photos.length));
}
