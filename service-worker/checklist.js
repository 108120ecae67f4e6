/**
 * The rules of a checklist on the phone: what a visit asks, what it still lacks, what it raises.
 * The office has the same rules in `fieldapp/domain/checklist/`; both pass `tests/js/cases/checklist-cases.json`.
 */

/** @typedef {import('./checklist-types.js').Option} Option */
/** @typedef {import('./checklist-types.js').ShowIf} ShowIf */
/** @typedef {import('./checklist-types.js').Item} Item */
/** @typedef {import('./checklist-types.js').Outcome} Outcome */
/** @typedef {import('./checklist-types.js').Template} Template */
/** @typedef {import('./checklist-types.js').Visit} Visit */
/** @typedef {import('./checklist-types.js').Condition} Condition */
/** @typedef {import('./checklist-types.js').Shown} Shown */
/** @typedef {import('./checklist-types.js').Missing} Missing */
/** @typedef {import('./checklist-types.js').Flag} Flag */

export const FOUR_WAY = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'not_observed', label: 'Not observed' },
  { value: 'not_applicable', label: 'N/A' },
];

const FLAG_MARKS = ['violation', 'safety', 'welfare'];

/**
 * The values a question offers; empty where the answer is free.
 * @param {Item} item
 * @returns {Option[]}
 */
export function optionsOf(item) {
  return item.type === 'four_way' ? FOUR_WAY : (item.options ?? []);
}

/**
 * The outcome chosen, or undefined as long as there is none.
 * @param {Template} template
 * @param {Visit} visit
 * @returns {Outcome|undefined}
 */
export function outcomeOf(template, visit) {
  return template.outcomes.find((outcome) => outcome.code === visit.outcome);
}

/**
 * The items to show, in order, each with its full id and what is answered. What hangs on a hidden item is hidden too.
 * @param {Template} template
 * @param {Visit} visit
 * @param {Condition[]} conditions
 * @returns {Shown[]}
 */
export function visibleItems(template, visit, conditions) {
  const outcome = outcomeOf(template, visit);
  if (!outcome) return [];
  const kinds = new Set(conditions.map((condition) => condition.kind));
  const answers = new Map((visit.answers ?? []).map((answer) => [answer.item, answer]));
  /** @type {Map<string, string[]>} */
  const given = new Map();
  const shown = [];
  for (const section of template.sections) {
    const asked = section.outcomes ? section.outcomes.includes(outcome.code) : outcome.class === 'completed';
    if (!asked) continue;
    for (const item of section.items) {
      const id = `${section.key}.${item.key}`;
      if (item.outcomes && !item.outcomes.includes(outcome.code)) continue;
      if (item.only_with_condition?.length && !item.only_with_condition.some((kind) => kinds.has(kind))) continue;
      if (!holds(item.show_if, given)) continue;
      const answer = answers.get(id);
      const values = item.type === 'rows' ? (visit.rows?.[id]?.length ? ['any'] : []) : words(answer?.value);
      given.set(id, values);
      shown.push({ id, section: section.key, item, values, answer });
    }
  }
  return shown;
}

/**
 * The fields of one row of a repeating group, in order; `show_if` looks at fields of the same row.
 * @param {Item} item
 * @param {Object<string, any>} row
 * @returns {Item[]}
 */
export function visibleFields(item, row) {
  /** @type {Map<string, string[]>} */
  const given = new Map();
  return (item.fields ?? []).filter((field) => {
    const show = holds(field.show_if, given);
    if (show) given.set(field.key, words(row[field.key]));
    return show;
  });
}

/**
 * What the section's one-tap button answers now: item id → value. It leaves alone what is answered, and what this
 * outcome made optional: from the door, nobody has seen that the kitchen is in order. Where it gives nothing, show no button.
 * @param {Shown[]} visible the visit's visible items
 * @param {string} section
 * @param {string} [outcome]
 * @returns {Object<string, string>}
 */
export function restValues(visible, section, outcome = '') {
  /** @type {Object<string, string>} */
  const found = {};
  for (const shown of visible) {
    const { clear, optional_for: optional } = shown.item;
    if (shown.section !== section || !clear || shown.values.length || optional?.includes(outcome)) continue;
    found[shown.id] = clear;
  }
  return found;
}

/**
 * True while nothing on the screen may speak of supervision. Not yet asked counts as not known.
 * @param {Template} template
 * @param {Visit} visit
 * @returns {boolean}
 */
export function isDiscreet(template, visit) {
  const rule = template.discreet_if;
  if (!rule) return false;
  const answer = visit.answers?.find((entry) => entry.item === rule.item);
  return !answer || words(answer.value).some((value) => rule.in.includes(value));
}

/**
 * The flags a visit raises: those of its outcome first, then by item. A `violation` mark is one flag that lists every
 * condition of a matching kind; where none matches, it is an observation.
 * @param {Template} template
 * @param {Visit} visit
 * @param {Condition[]} conditions
 * @returns {Flag[]}
 */
export function raisedFlags(template, visit, conditions) {
  const outcome = outcomeOf(template, visit);
  if (!outcome) return [];
  const flags = flagsOf('outcome', outcome.code, outcome.label, outcome.marks, outcome.condition_kinds, conditions);
  for (const { id, item, values } of visibleItems(template, visit, conditions)) {
    for (const value of values) {
      const plain = value === 'yes' || item.type === 'rows';
      const label = plain ? item.label : `${item.label}: ${labelOf(item, value)}`;
      flags.push(...flagsOf(id, value, label, item.marks?.[value] ?? [], item.condition_kinds ?? [], conditions));
    }
  }
  return flags;
}

/**
 * Everything that is missing, in the order of the screens; empty when the visit can be certified.
 * @param {Template} template
 * @param {Visit} visit
 * @param {Condition[]} conditions
 * @returns {Missing[]}
 */
export function missing(template, visit, conditions) {
  const outcome = outcomeOf(template, visit);
  if (!outcome) return [{ item: 'outcome', what: 'answer', words: 'What happened: not answered' }];
  /** @type {Missing[]} */
  const found = [];
  if (outcome.marks.includes('note') && blank(visit.outcome_note)) {
    const hint = outcome.note_hint || 'note needed';
    found.push({ item: 'outcome', what: 'outcome_note', words: `${outcome.label}: ${hint}` });
  }
  const photographed = new Set((visit.photos ?? []).map((photo) => photo.item));
  for (const shown of visibleItems(template, visit, conditions)) {
    const { id, item, values } = shown;
    if (item.type === 'rows') found.push(...missingInRows(id, item, visit.rows?.[id] ?? []));
    else if (values.length) found.push(...missingBeside(shown, photographed.has(id)));
    if (!values.length && item.required && !item.optional_for?.includes(outcome.code)) {
      found.push({ item: id, what: 'answer', words: `${item.label}: not answered` });
    }
  }
  if (blank(visit.narrative) && raisedFlags(template, visit, conditions).some((flag) => flag.item !== 'outcome')) {
    found.push({ item: 'narrative', what: 'narrative', words: 'Narrative: needed because something is flagged' });
  }
  return found;
}

/**
 * How far each section is that shows anything, in order: `answered` of `shown`, and how many things it still lacks.
 * @param {Template} template
 * @param {Visit} visit
 * @param {Condition[]} conditions
 * @returns {{key: string, title: string, answered: number, shown: number, missing: number}[]}
 */
export function sectionProgress(template, visit, conditions) {
  const visible = visibleItems(template, visit, conditions);
  const lacking = missing(template, visit, conditions);
  return template.sections.flatMap(({ key, title }) => {
    const here = visible.filter((shown) => shown.section === key);
    if (!here.length) return [];
    const answered = here.filter((shown) => shown.values.length).length;
    const open = lacking.filter((entry) => entry.item.startsWith(`${key}.`)).length;
    return [{ key, title, answered, shown: here.length, missing: open }];
  });
}

/**
 * @param {ShowIf|undefined} rule
 * @param {Map<string, string[]>} given
 */
function holds(rule, given) {
  return !rule || (given.get(rule.item) ?? []).some((value) => rule.in.includes(value));
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function words(value) {
  if (Array.isArray(value)) return value.map(String);
  return blank(value) ? [] : [String(value).trim()];
}

/** @param {unknown} value */
function blank(value) {
  return value === undefined || value === null || String(value).trim() === '';
}

/**
 * @param {Item} item
 * @param {string} value
 */
function labelOf(item, value) {
  return optionsOf(item).find((option) => option.value === value)?.label ?? value;
}

/**
 * @param {string} item
 * @param {string} value
 * @param {string} label
 * @param {string[]} marks
 * @param {string[]} kinds
 * @param {Condition[]} conditions
 * @returns {Flag[]}
 */
function flagsOf(item, value, label, marks, kinds, conditions) {
  const matching = conditions.filter((condition) => kinds.includes(condition.kind)).map((condition) => condition.id);
  const alert = marks.includes('alert');
  return FLAG_MARKS.filter((mark) => marks.includes(mark)).map((mark) => {
    if (mark !== 'violation') return { kind: mark, item, value, condition_ids: [], alert, label };
    const kind = matching.length ? 'potential_violation' : 'observation';
    return { kind, item, value, condition_ids: matching, alert, label };
  });
}

/**
 * @param {Shown} shown
 * @param {boolean} photographed
 * @returns {Missing[]}
 */
function missingBeside({ id, item, values, answer }, photographed) {
  const marks = values.flatMap((value) => item.marks?.[value] ?? []);
  const found = [];
  if (marks.includes('note') && blank(answer?.note)) {
    found.push({ item: id, what: 'note', words: `${item.label}: note needed` });
  }
  if (marks.includes('discovery') && blank(answer?.discovery)) {
    found.push({ item: id, what: 'discovery', words: `${item.label}: how it was found` });
  }
  if (marks.includes('photo') && !photographed && blank(answer?.no_photo_reason)) {
    found.push({ item: id, what: 'photo_or_reason', words: `${item.label}: photo, or the reason why there is none` });
  }
  return found;
}

/**
 * @param {string} id
 * @param {Item} item
 * @param {Object<string, any>[]} rows
 * @returns {Missing[]}
 */
function missingInRows(id, item, rows) {
  return rows.flatMap((row, i) =>
    visibleFields(item, row)
      .filter((field) => field.required && !words(row[field.key]).length)
      .map((field) => ({ item: id, what: 'answer', words: `${item.label} ${i + 1}: ${field.label}` })),
  );
}
