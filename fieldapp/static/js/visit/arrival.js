/** "I'm here": the visit begins at once, the position follows, and the office is told by a check-in. */

import { setState } from '../element.js';
import { distanceWords } from '../words.js';
import { submitCheckIn } from '../../../service-worker/check-in.js';
import { distanceMeters, noPosition, takePosition } from '../../../service-worker/positions.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Position} Position */

/** So long after the arrival a position says nothing of the door any more, and might say where the officer lives. */
const LATEST_POSITION_MS = 30 * 60_000;

/**
 * Takes the position if the visit has none yet, and sends the check-in if that was not done. Never rejects.
 * @param {VisitRecord} record of a visit that has begun
 * @param {string} app version
 */
export async function checkIn(record, app) {
  const position = record.body.position ?? (await positionOfArrival(record));
  if (!record.body.position) record.change((body) => (body.position = position));
  const { draft } = record;
  if (record.body.checked_in || !draft) return;
  await submitCheckIn(record.stores, draft, position, app, record.tools);
  record.change((kept) => (kept.checked_in = true));
  await record.save();
  document.dispatchEvent(new Event('submitted'));
}

/**
 * @param {Pick<VisitRecord, 'body' | 'page' | 'tools'>} record
 * @returns {Promise<Position>}
 */
export async function positionOfArrival({ body, page, tools }) {
  const isLate = () => tools.now().getTime() - Date.parse(body.arrived_at) > LATEST_POSITION_MS;
  const position = isLate() ? null : await takePosition({ poorBeyondM: page.poor_beyond_m });
  // asked again: a phone that was locked while it sought may answer hours later
  return position && !isLate() ? position : noPosition('unavailable', tools.now());
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
  unavailable: 'No position from the arrival. Recorded so; go on.',
});
