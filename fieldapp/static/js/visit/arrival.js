/** "I'm here": the visit begins at once, the position follows, and the office is told by a check-in. */

import { setState } from '../element.js';
import { distanceWords } from '../words.js';
import { submit } from '../../../service-worker/outbox.js';
import { distanceMeters, takePosition } from '../../../service-worker/positions.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Position} Position */

/**
 * Takes the position if the visit has none yet, and sends the check-in if that was not done. Never rejects.
 * @param {VisitRecord} record of a visit that has begun
 * @param {string} app version
 */
export async function checkIn(record, app) {
  if (!record.body.position) {
    const position = await takePosition({ poorBeyondM: record.page.poor_beyond_m });
    record.change((body) => (body.position ??= position));
  }
  if (record.body.checked_in) return;
  const { officer, name } = record.page;
  const { draft } = record;
  if (!draft) return;
  const { supervisee, stop, address } = draft;
  const { check_in: id, position } = record.body;
  const body = { supervisee, stop, address, position };
  await submit(record.stores, { id, officer, kind: 'check_in', body, app }, `${name}, check-in`, record.tools);
  record.change((kept) => (kept.checked_in = true));
  await record.save();
  document.dispatchEvent(new Event('submitted'));
}

/**
 * @param {Element} line
 * @param {Position | null} position
 * @param {Page} page
 */
export function showPosition(line, position, page) {
  setState(line, positionState(position, page));
}

/**
 * @param {Position | null} position
 * @param {Page} page
 * @returns {{tone: string, shape: string, text: string}}
 */
export function positionState(position, page) {
  if (!position) return { tone: 'wait', shape: 'navigation', text: 'Taking your position' };
  const without = WITHOUT[position.state];
  if (without) return { tone: 'warn', shape: 'map-pin-off', text: without };
  const accuracy = `accuracy ${distanceWords(position.accuracy_m ?? 0, page.manner)}`;
  const meters = distanceMeters(position, page.address);
  const where = meters === null ? 'Position taken' : `${distanceWords(meters, page.manner)} from the address`;
  if (position.state === 'poor') return { tone: 'warn', shape: 's-warn', text: `Rough position: ${where}, ${accuracy}` };
  const far = meters !== null && meters - (position.accuracy_m ?? 0) > page.tolerance_m;
  return { tone: far ? 'warn' : 'ok', shape: far ? 's-warn' : 's-ok', text: `${where}, ${accuracy}` };
}

const WITHOUT = /** @type {Record<string, string | undefined>} */ ({
  refused: 'No position: this phone does not allow it. Recorded so; go on.',
  unavailable: 'No position: this phone found none. Recorded so; go on.',
});
