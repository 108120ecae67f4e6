/** Between the form and the answers: what is tapped becomes an answer, what was answered is shown again. */

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Body} Body */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

const BESIDE = /** @type {const} */ (['note', 'discovery', 'no_photo_reason']);
const PLAIN = ['outcome', 'outcome_note', 'narrative', 'accompanied_by', 'scheduled', 'reason'];

/**
 * What a visit holds when it has just begun.
 * @param {import('./types.js').Page} page
 * @param {{now: () => Date, uuid: () => string}} tools
 * @returns {Body}
 */
export function emptyBody(page, tools) {
  return {
    ...{ arrived_at: tools.now().toISOString(), position: null, check_in: tools.uuid(), answers: [], rows: {} },
    ...{ narrative: '', accompanied_by: '', scheduled: false, reason: page.reason },
  };
}

/**
 * Takes over what a control of the form says now.
 * @param {Body} body
 * @param {Control} control named `section.item`, `section.item/note`, or after a member of the body
 * @param {string} at UTC, ISO 8601
 * @returns {boolean} false when it is no control of these
 */
export function takeOver(body, control, at) {
  const [name, beside] = control.name.split('/');
  if (PLAIN.includes(name)) Object.assign(body, { [name]: plainValue(control) });
  else if (!name.includes('.')) return false;
  else if (!beside) setAnswer(body, name, valueOf(control), 'tap', at);
  else setBeside(body, name, /** @type {typeof BESIDE[number]} */ (beside), control.value);
  return true;
}

/**
 * @param {Body} body
 * @param {string} item
 * @param {any} value undefined takes the answer back
 * @param {'tap' | 'rest'} answered_by
 * @param {string} at UTC, ISO 8601
 */
export function setAnswer(body, item, value, answered_by, at) {
  const old = body.answers.find((answer) => answer.item === item);
  const others = body.answers.filter((answer) => answer !== old);
  body.answers = value === undefined ? others : [...others, { ...old, item, value, answered_by, at }];
}

/**
 * @param {Body} body
 * @param {string} item
 * @param {typeof BESIDE[number]} part
 * @param {string} text
 */
function setBeside(body, item, part, text) {
  body.answers = body.answers.map((answer) => (answer.item === item ? { ...answer, [part]: text } : answer));
}

/**
 * Shows the body in the form; what it does not know is left as it is.
 * @param {HTMLFormElement} form
 * @param {Body} body
 */
export function fill(form, body) {
  for (const name of PLAIN) setControls(form, name, /** @type {any} */ (body)[name]);
  for (const answer of body.answers) {
    setControls(form, answer.item, answer.value);
    for (const part of BESIDE) setControls(form, `${answer.item}/${part}`, answer[part]);
  }
}

/**
 * What was tapped before this script had come: chosen in the form, unknown to the body.
 * @param {HTMLFormElement} form
 * @param {Body} body
 * @returns {Control[]}
 */
export function earlyControls(form, body) {
  const known = new Set(body.answers.map((answer) => answer.item));
  if (body.outcome) known.add('outcome');
  return [...form.querySelectorAll('input:checked')]
    .map((input) => /** @type {HTMLInputElement} */ (input))
    .filter((input) => (input.name === 'outcome' || input.name.includes('.')) && !known.has(input.name));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {any} value
 */
export function setControls(form, name, value) {
  if (value === undefined) return;
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    const input = /** @type {HTMLInputElement} */ (control);
    if (input.type === 'radio') input.checked = input.value === value;
    else if (input.type === 'checkbox') input.checked = Array.isArray(value) ? value.includes(input.value) : value === true;
    else if (document.activeElement !== input) input.value = String(value);
  }
}

/**
 * @param {Control} control
 * @returns {any} undefined when there is no answer
 */
export function valueOf(control) {
  if (control.type === 'checkbox') {
    const same = control.form?.querySelectorAll(`[name="${CSS.escape(control.name)}"]:checked`) ?? [];
    const chosen = [...same].map((box) => /** @type {HTMLInputElement} */ (box).value);
    return chosen.length ? chosen : undefined;
  }
  if (control.type === 'number') return Number.isNaN(Number.parseFloat(control.value)) ? undefined : Number(control.value);
  return control.value.trim() === '' ? undefined : control.value;
}

/** @param {Control} control */
function plainValue(control) {
  return control instanceof HTMLInputElement && control.type === 'checkbox' ? control.checked : control.value;
}
