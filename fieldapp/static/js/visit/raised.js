/** What an answer opens beneath it: the flag it raises in words, and the note, finding and photo it asks for. */

import { setControls } from './answers.js';
import { copyOf, find, make, setAttribute, setText, state } from '../element.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('./types.js').Condition} Condition */
/** @typedef {import('../../../service-worker/checklist-types.js').Flag} Flag */

/** Tone, shape and words of each kind of flag. */
export const FLAGS = /** @type {Record<string, {tone: string, shape: string, text: string}>} */ ({
  potential_violation: { tone: 'stop', shape: 's-flag', text: 'Potential violation' },
  observation: { tone: 'wait', shape: 'clipboard-check', text: 'Observation, no condition forbids it' },
  safety: { tone: 'warn', shape: 's-warn', text: 'Safety flag' },
  welfare: { tone: 'live', shape: 'heart-handshake', text: 'Welfare flag, not a violation' },
});
const OPEN = 'Your supervisor decides which condition it touches.';
const ALERT = 'Your supervisor is told as soon as this arrives.';
const OPENS = ['note', 'photo', 'discovery', 'violation', 'safety', 'welfare'];

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTemplateElement} piece
 * @param {VisitRecord} record
 */
export function showRaised(form, piece, record) {
  const { items, flags } = record.asked;
  const wanted = new Set();
  for (const { id, item, values } of items) {
    const marks = values.flatMap((value) => item.marks?.[value] ?? []);
    if (!marks.some((mark) => OPENS.includes(mark))) continue;
    const box = find(form, `[data-item="${CSS.escape(id)}"]`);
    const open = box.querySelector(':scope > .raised') ?? opened(form, box, piece, id, record);
    const taken = record.photos.some((photo) => photo.item === id);
    showMarks(open, { marks, taken }, flags.filter((flag) => flag.item === id), record);
    wanted.add(open);
  }
  for (const open of form.querySelectorAll('[data-item] > .raised')) open.toggleAttribute('hidden', !wanted.has(open));
  showOutcome(form, record, flags.filter((flag) => flag.item === 'outcome'));
}

/**
 * The lines of a list of flags, each kind once; a potential violation with the conditions it may touch.
 * @param {Flag[]} flags
 * @param {Pick<VisitRecord, 'template' | 'page'>} record
 * @returns {Element[]}
 */
export function flagLines(flags, { template, page }) {
  const lines = flags.flatMap((flag) => {
    const { tone, shape } = FLAGS[flag.kind];
    const { text, more } = flagWords(flag, template);
    return [state(tone, shape, more ? `${text}. ${more}` : text), ...conditionLines(flag, page.conditions)];
  });
  return flags.some((flag) => flag.alert) ? [...lines, make('p', {}, ALERT)] : lines;
}

/**
 * What a flag is called. That no condition forbids something can be said only where the checklist names the kinds that
 * would; a refusal or a new arrest may touch any condition.
 * @param {Flag} flag
 * @param {import('./types.js').Template} template
 * @returns {{text: string, more: string}} more: a sentence beside it, or ""
 */
export function flagWords(flag, template) {
  const { text } = FLAGS[flag.kind];
  if (flag.kind !== 'observation' || kindsOf(flag, template).length) return { text, more: '' };
  return { text: 'Observation', more: OPEN };
}

/**
 * @param {Flag} flag
 * @param {import('./types.js').Template} template
 * @returns {string[]}
 */
function kindsOf({ item, value }, template) {
  if (item === 'outcome') return template.outcomes.find(({ code }) => code === value)?.condition_kinds ?? [];
  const [section, key] = item.split('.');
  const items = template.sections.find((entry) => entry.key === section)?.items;
  return items?.find((entry) => entry.key === key)?.condition_kinds ?? [];
}

/**
 * @param {Flag} flag
 * @param {Condition[]} conditions
 */
export function conditionLines(flag, conditions) {
  return conditions
    .filter(({ id }) => flag.condition_ids.includes(id))
    .map(({ number, text }) => make('p', { 'data-conditions': '' }, `Condition ${number}: “${text}”`));
}

/**
 * @param {HTMLFormElement} form
 * @param {Element} box
 * @param {HTMLTemplateElement} piece
 * @param {string} id
 * @param {VisitRecord} record
 */
function opened(form, box, piece, id, record) {
  const raised = copyOf(piece, '__item__', id);
  box.append(raised);
  const answer = record.body.answers.find(({ item }) => item === id);
  for (const part of /** @type {const} */ (['note', 'discovery', 'no_photo_reason'])) {
    setControls(form, `${id}/${part}`, answer?.[part]);
  }
  return raised;
}

/**
 * @param {Element} raised
 * @param {{marks: string[], taken: boolean}} asked taken: whether there is a photo
 * @param {Flag[]} flags
 * @param {VisitRecord} record
 */
function showMarks(raised, { marks, taken }, flags, record) {
  setAttribute(raised, 'data-tone', flags.length ? FLAGS[flags[0].kind].tone : 'wait');
  setLines(find(raised, '[data-flags]'), flagLines(flags, record));
  find(raised, '[data-note]').toggleAttribute('hidden', !marks.includes('note'));
  find(raised, '[data-discovery]').toggleAttribute('hidden', !marks.includes('discovery'));
  find(raised, '[data-photo-part]').toggleAttribute('hidden', !marks.includes('photo'));
  find(raised, '[data-no-photo]').toggleAttribute('hidden', taken);
  setText(find(raised, '[data-photo-part] small'), taken ? 'One more' : 'Required');
}

/**
 * The note beneath the chosen outcome, in the group where it was chosen.
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 * @param {Flag[]} flags
 */
function showOutcome(form, { template, visit, page }, flags) {
  const note = find(form, '[data-outcome-note]');
  const outcome = template.outcomes.find(({ code }) => code === visit.outcome);
  const wanted = outcome?.marks.includes('note') ?? false;
  note.toggleAttribute('hidden', !wanted);
  const chosen = form.querySelector('[name="outcome"]:checked')?.closest('label');
  if (!outcome || !wanted || !chosen) return;
  if (chosen.nextElementSibling !== note) chosen.after(note);
  setAttribute(note, 'data-tone', flags.length ? FLAGS[flags[0].kind].tone : 'wait');
  setLines(find(note, '[data-flags]'), flagLines(flags, { template, page }));
  setText(find(note, '[data-hint]'), outcome.note_hint ?? '');
}

/**
 * @param {Element} box
 * @param {Element[]} lines
 */
function setLines(box, lines) {
  const text = (/** @type {Iterable<Element>} */ elements) => [...elements].map((line) => line.textContent).join('\n');
  if (text(box.children) !== text(lines)) box.replaceChildren(...lines);
}
