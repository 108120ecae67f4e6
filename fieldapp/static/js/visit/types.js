/** Shapes that the visit's modules share, for the type checker alone. */

/** @typedef {import('../../../service-worker/checklist-types.js').Template} Template */
/** @typedef {import('../../../service-worker/positions.js').Position} Position */
/** @typedef {{id: string, kind: string, number: number, text: string}} Condition */
/**
 * @typedef {object} Answer
 * @property {string} item
 * @property {any} value
 * @property {'tap' | 'rest'} answered_by
 * @property {string} at UTC, ISO 8601
 * @property {string} [note]
 * @property {string} [discovery]
 * @property {string} [no_photo_reason]
 */
/**
 * @typedef {object} Body what the draft holds; the submission is made from it
 * @property {string} arrived_at UTC, ISO 8601
 * @property {string} [left_at] when the officer turned to the review
 * @property {Position | null} position null until the phone has answered
 * @property {string} check_in id of the check-in's submission
 * @property {boolean} [checked_in] whether the check-in is in the outbox or further
 * @property {string} [outcome]
 * @property {string} [outcome_note]
 * @property {Answer[]} answers
 * @property {Record<string, Record<string, any>[]>} rows
 * @property {string} narrative
 * @property {string} accompanied_by
 * @property {boolean} scheduled
 * @property {string} reason
 */
/**
 * @typedef {object} Page what the office told this page; a draft carries it on
 * @property {string} officer user UUID
 * @property {string} officer_name
 * @property {string} supervisee UUID
 * @property {string} name
 * @property {string | null} stop UUID
 * @property {'home' | 'work'} place
 * @property {{id: string, lat: number | null, lon: number | null}} address
 * @property {{key: string, version: number}} checklist
 * @property {Condition[]} conditions
 * @property {string} reason
 * @property {number} days_late
 * @property {boolean} collateral_counts
 * @property {number} tolerance_m
 * @property {number} poor_beyond_m
 * @property {import('../words.js').Manner} manner
 * @property {Record<string, [string, boolean][]>} [told] by question: what its hint says of this person, in pieces; true for
 *   those that name a condition, which nobody else at the door may read
 */

export {};
