/** Repeating groups, such as the persons present: add, change, remove; each row has an id of its own. */

import { valueOf } from './answers.js';
import { copyOf, find, setText } from '../element.js';
import { visibleFields } from '../../../service-worker/checklist.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('./answers.js').Control} Control */

const SURE = 'Tap again to remove';

/**
 * Shows the rows that the draft has, and lets rows be added and removed.
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 */
export function startRows(form, record) {
  form.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button');
    if (button?.matches('[data-row-add]')) addRow(groupOf(button), record);
    if (button?.matches('[data-row-remove]')) removeRow(button, record);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {VisitRecord} record
 */
export function showRows(form, record) {
  for (const [item, rows] of Object.entries(record.body.rows)) {
    const group = form.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (!group) continue;
    rows.forEach((row, index) => showRow(group, record, row, index));
  }
}

/**
 * Takes over what a control of a row says now.
 * @param {VisitRecord} record
 * @param {Control} control named `section.item/<row id>/field`
 * @returns {boolean} false when it is not in a row
 */
export function takeOverRow(record, control) {
  const [item, id, field] = control.name.split('/');
  const row = field && record.body.rows[item]?.find((entry) => entry.id === id);
  if (!row) return false;
  const value = valueOf(control);
  record.change(() => {
    if (value === undefined) delete row[field];
    else row[field] = value;
  });
  return true;
}

/**
 * @param {Element} group
 * @param {VisitRecord} record
 */
function addRow(group, record) {
  const item = itemOf(group);
  const row = { id: record.tools.uuid() };
  record.change((body) => (body.rows[item] = [...(body.rows[item] ?? []), row]));
  const shown = group.querySelector(`[data-row-id="${row.id}"]`);
  /** @type {HTMLElement | null | undefined} */ (shown?.querySelector('input'))?.focus();
}

/**
 * @param {HTMLButtonElement} button
 * @param {VisitRecord} record
 */
function removeRow(button, record) {
  const words = /** @type {Text} */ (button.lastChild);
  if (words.data !== SURE) {
    words.data = SURE;
    return;
  }
  const group = groupOf(button);
  const box = /** @type {HTMLElement} */ (button.closest('[data-row-id]'));
  const item = itemOf(group);
  record.change((body) => (body.rows[item] = (body.rows[item] ?? []).filter(({ id }) => id !== box.dataset.rowId)));
  box.remove();
  find(group, '[data-row-add]').focus();
}

/**
 * @param {Element} group
 * @param {VisitRecord} record
 * @param {Record<string, any>} row
 * @param {number} index
 */
function showRow(group, record, row, index) {
  const item = itemOf(group);
  const known = record.template.sections.flatMap((section) => section.items.map((entry) => ({ section, entry })));
  const about = known.find(({ section, entry }) => `${section.key}.${entry.key}` === item)?.entry;
  if (!about) return;
  const box = group.querySelector(`[data-row-id="${CSS.escape(row.id)}"]`) ?? newRow(group, row);
  const shown = new Set(visibleFields(about, row).map(({ key }) => key));
  for (const field of box.querySelectorAll('[data-field]')) {
    field.toggleAttribute('hidden', !shown.has(/** @type {HTMLElement} */ (field).dataset.field ?? ''));
  }
  const name = row[about.fields?.[0].key ?? ''] ?? '';
  setText(find(box, '[data-row-title]'), `${about.label} ${index + 1}${name ? `: ${name}` : ''}`);
}

/**
 * @param {Element} group
 * @param {Record<string, any>} row
 */
function newRow(group, row) {
  const box = copyOf(/** @type {HTMLTemplateElement} */ (group.querySelector('template[data-row]')), '__row__', row.id);
  for (const control of box.querySelectorAll('input, textarea')) {
    const input = /** @type {HTMLInputElement} */ (control);
    const value = row[input.name.split('/')[2]];
    if (input.type === 'radio' || input.type === 'checkbox') input.checked = [value].flat().includes(input.value);
    else input.value = value ?? '';
  }
  find(group, '[data-rows]').append(box);
  return box;
}

/** @param {Element} element */
function groupOf(element) {
  return /** @type {Element} */ (element.closest('[data-item]'));
}

/** @param {Element} group */
function itemOf(group) {
  return /** @type {HTMLElement} */ (group).dataset.item ?? '';
}
