/** A re-planned day as the phone itself proposes it, in the form in which the office does. */

import { restOf, roadMeters, rowsOf } from './rest.js';
import { solve } from './solver.js';

/** @typedef {import('./rest.js').DayTravel} DayTravel */
/** @typedef {import('./rest.js').Here} Here */

/**
 * `trouble`: early, late or closed outside the stop's windows, over where the officer would not be back by the shift's
 * end, no_position, unknown where this phone has no travel times of it.
 * @typedef {{id: string, arrive_at: string | null, trouble: string}} ProposedStop
 */

/**
 * Moments are UTC, ISO 8601. `to` is the first stop with a position, `drive_s` and `drive_m` away.
 * @typedef {object} Proposal
 * @property {string} at
 * @property {ProposedStop[]} stops every stop left
 * @property {string | null} to
 * @property {number} drive_s
 * @property {number} drive_m
 * @property {boolean} lunch whether it is still to come
 * @property {string | null} lunch_at
 * @property {string} back_at
 * @property {string} was_back_at in the order as it is
 * @property {string} end where the day ends
 */

const SHIFT_OVER = 'Your shift is over. Skip the stops that are left, or arrange them by hand.';
const OTHER_DAY = 'This is the plan of another day. Open Today again, then re-plan.';

/**
 * @param {DayTravel} day
 * @param {string[]} left ids in the order they have now
 * @param {Here} here
 * @param {{now: Date, zone: string}} when
 * @returns {Proposal}
 * @throws {RangeError} with a sentence for the officer where there is nothing to propose
 */
export function proposeHere(day, left, here, { now, zone }) {
  const clock = localTime(now, zone);
  if (clock.date !== day.on) throw new RangeError(OTHER_DAY);
  if (clock.seconds >= day.shift[1]) throw new RangeError(SHIFT_OVER);
  const begin = Math.max(clock.seconds, day.shift[0]);
  const moment = (/** @type {number} */ seconds) => new Date(now.getTime() + (seconds - clock.seconds) * 1000).toISOString();
  const lunch = lunchToCome(day, moment(begin));
  const rest = restOf(day, left, here, { at: begin, lunch });
  const { order, times, was, beyond } = solve(rest);
  const calls = new Map(times.calls.map((call) => [call.stop.id, call]));
  const [first] = times.calls;
  return {
    at: moment(begin),
    stops: order.map(({ id }) => {
      const call = calls.get(id);
      if (!call) return { id, arrive_at: null, trouble: day.stops.some((stop) => stop.id === id) ? 'no_position' : 'unknown' };
      return { id, arrive_at: moment(call.begin), trouble: call.outside || (beyond.has(id) ? 'over' : '') };
    }),
    to: first?.stop.id ?? null,
    drive_s: first ? rest.travel[0][first.stop.row ?? 0] : 0,
    drive_m: first ? metersTo(day, here, first.stop.id) : 0,
    lunch: lunch && day.lunch !== null,
    lunch_at: times.lunch === null ? null : moment(times.lunch),
    back_at: moment(times.back),
    was_back_at: moment(was.back),
    end: day.end_label,
  };
}

/**
 * @param {DayTravel} day
 * @param {string} at
 */
function lunchToCome({ lunch }, at) {
  if (!lunch) return false;
  return lunch.at === null || Date.parse(lunch.at) + lunch.seconds * 1000 > Date.parse(at);
}

/**
 * @param {DayTravel} day
 * @param {Here} here
 * @param {string} id
 */
function metersTo(day, { position, last }, id) {
  const places = new Map(day.stops.map(({ id: stop, at }) => [stop, at]));
  const [from, to] = [position ?? places.get(last ?? '') ?? day.start, places.get(id)];
  return to && rowsOf(day).has(id) ? Math.ceil(roadMeters(from, to, day)) : 0;
}

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {{date: string, seconds: number}} the agency's date, and seconds of its day by the wall clock
 */
export function localTime(at, zone) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(at);
  const part = (/** @type {string} */ wanted) => parts.find(({ type }) => type === wanted)?.value ?? '';
  const seconds = Number(part('hour')) * 3600 + Number(part('minute')) * 60 + Number(part('second'));
  return { date: `${part('year')}-${part('month')}-${part('day')}`, seconds };
}
