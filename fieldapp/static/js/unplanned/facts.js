/** What a line of the caseload carries, and the page of a visit made from it. */

/**
 * @typedef {object} Facts
 * @property {string} name
 * @property {[string, string, string][]} cautions text, source and age, and when a review is due
 * @property {[number, string, string][]} conditions number, kind, text
 * @property {Place[]} places
 */
/** @typedef {[place: 'home' | 'work', id: string, text: string, notes: string, lat: number | null, lon: number | null, daysLate: number, discreet: string]} Place */
/** @typedef {Record<string, any> & {officer: string, officer_name: string, checklists: Record<string, {key: string, version: number}>}} Shared */

/**
 * The facts of a visit to this person at this place, as the office would tell them on a page of its own.
 * @param {string} supervisee UUID
 * @param {Facts} facts
 * @param {Place} at
 * @param {Shared} shared
 * @returns {import('../visit/types.js').Page}
 */
export function visitPage(supervisee, { name, conditions }, [place, id, , , lat, lon, daysLate], { checklists, ...rules }) {
  return /** @type {import('../visit/types.js').Page} */ ({
    ...rules,
    ...{ supervisee, name, stop: null, place, address: { id, lat, lon }, checklist: checklists[place] },
    conditions: conditions.map(([number, kind, text]) => ({ id: String(number), kind, number, text })),
    ...{ reason: daysLate ? 'standard' : 'other', days_late: daysLate },
  });
}

/**
 * Whether a line holds every word that was typed; letters with and without marks are the same.
 * @param {string} line as plain() gives it
 * @param {string} words
 */
export function holds(line, words) {
  return plain(words).split(' ').every((word) => line.includes(word));
}

/** @param {string} text */
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
