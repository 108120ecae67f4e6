/** From the draft to the body that is signed: only what the visit asks, in the wire's words. */

import { visibleFields, visibleItems } from '../../../service-worker/checklist.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('./types.js').Answer} Answer */

/**
 * The visit's body without `photos`, which the outbox adds.
 * @param {VisitRecord} record
 * @param {Date} now the moment of certifying
 * @returns {Record<string, any>}
 */
export function visitBody(record, now) {
  const { page, body } = record;
  const certified_at = now.toISOString();
  const { supervisee, stop, place, address } = record.draft ?? { ...page, address: page.address.id };
  return {
    ...{ supervisee, stop, place, address },
    ...{ arrived_at: body.arrived_at, left_at: body.left_at ?? certified_at, certified_at },
    ...{ scheduled: body.scheduled, reason: body.reason, accompanied_by: names(body.accompanied_by) },
    position: body.position,
    ...{ outcome: body.outcome, outcome_note: noteWanted(record) ? body.outcome_note : '' },
    checklist: page.checklist,
    answers: answersGiven(record),
    rows: rowsGiven(record),
    narrative: body.narrative,
  };
}

/** @param {VisitRecord} record */
function answersGiven({ template, visit, page, body }) {
  return visibleItems(template, visit, page.conditions).flatMap(({ id, item, values }) => {
    const answer = body.answers.find((entry) => entry.item === id);
    return answer && values.length ? [asked(answer, values.flatMap((value) => item.marks?.[value] ?? []))] : [];
  });
}

/**
 * An answer with what its value asks for beside it; a note to an answer that was changed later is not certified.
 * @param {Answer} answer
 * @param {string[]} marks
 */
function asked({ item, value, answered_by, at, note, discovery, no_photo_reason }, marks) {
  return {
    ...{ item, value, answered_by, at },
    ...(marks.includes('note') && note ? { note } : {}),
    ...(marks.includes('discovery') && discovery ? { discovery } : {}),
    ...(marks.includes('photo') && no_photo_reason ? { no_photo_reason } : {}),
  };
}

/** @param {VisitRecord} record */
function rowsGiven({ template, visit, page, body }) {
  /** @type {Record<string, Record<string, any>[]>} */
  const found = {};
  for (const { id, item } of visibleItems(template, visit, page.conditions)) {
    if (item.type !== 'rows' || !body.rows[id]?.length) continue;
    found[id] = body.rows[id].map((row) => {
      const kept = visibleFields(item, row).filter(({ key }) => key in row);
      return { id: row.id, ...Object.fromEntries(kept.map(({ key }) => [key, row[key]])) };
    });
  }
  return found;
}

/** @param {VisitRecord} record */
function noteWanted({ template, body }) {
  return template.outcomes.find(({ code }) => code === body.outcome)?.marks.includes('note');
}

/** @param {string} text */
function names(text) {
  return text.split(',').map((name) => name.trim()).filter(Boolean);
}
