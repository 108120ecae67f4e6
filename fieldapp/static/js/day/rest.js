/** What is left of the day as the solver takes it, from the travel times that came with the day pack and where the phone is. */

/** @typedef {import('./timetable.js').Rest} Rest */
/** @typedef {import('./timetable.js').Window} Window */
/** @typedef {[number, number]} LatLon degrees, WGS 84 */

/**
 * The day as the office gave it along. `seconds` has a row for the start, the end, and each stop with a position.
 * @typedef {object} DayTravel
 * @property {string} plan
 * @property {string} on local date
 * @property {[number, number]} shift seconds of the local day
 * @property {LatLon} start
 * @property {LatLon} end
 * @property {string} end_label
 * @property {{seconds: number, earliest: number, latest: number, at: string | null} | null} lunch `at`: as planned
 * @property {{id: string, at: LatLon | null, service_s: number, windows: Window[], priority: number, kept: boolean}[]} stops
 * @property {number[][]} seconds
 * @property {number} road_factor how much longer a road is than the straight line
 * @property {number} speed_kmh
 * @property {string} source
 */

/** Where the phone is; else the stop made last; else where the day starts. @typedef {{position: LatLon | null, last: string | null}} Here */

const DEGREE = Math.PI / 180;
// WGS 84
const EQUATOR_M = 6_378_137;
const FLAT = 0.006_694_379_990_14;
const ALL_DAY = /** @type {Window[]} */ ([[0, 172_800]]);

/**
 * @param {DayTravel} day
 * @param {string[]} left ids in the order they have now; of one that the day does not know nobody knows the way
 * @param {Here} here
 * @param {{at: number, lunch: boolean}} now seconds of the local day; whether lunch is still to come
 * @returns {Rest}
 */
export function restOf(day, left, here, { at, lunch }) {
  const known = new Map(day.stops.map((stop) => [stop.id, stop]));
  const rows = rowsOf(day);
  const stops = left.map((id) => {
    const { service_s = 0, windows = [], priority = 1, kept = false } = known.get(id) ?? {};
    return { id, row: rows.get(id) ?? null, service_s, windows: kept ? ALL_DAY : windows, priority };
  });
  const travel = day.seconds.map((row) => [...row]);
  travel[0] = here.position ? waysFrom(here.position, day) : [...day.seconds[rows.get(here.last ?? '') ?? 0]];
  const begin = Math.max(at, day.shift[0]);
  return { begin, end: Math.max(day.shift[1], begin + 1), lunch: lunch ? day.lunch : null, stops, travel };
}

/**
 * @param {DayTravel} day
 * @returns {Map<string, number>} the row of each stop that has a position
 */
export function rowsOf({ stops }) {
  return new Map(stops.filter(({ at }) => at).map(({ id }, index) => [id, index + 2]));
}

/**
 * From a position to each place of the day, estimated as the office does where it has no roads.
 * @param {LatLon} position
 * @param {DayTravel} day
 * @returns {number[]} seconds, by row
 */
export function waysFrom(position, day) {
  const places = [day.start, day.end, ...day.stops.flatMap(({ at }) => (at ? [at] : []))];
  return places.map((place) => Math.ceil((roadMeters(position, place, day) * 3.6) / day.speed_kmh));
}

/**
 * Meters along the ellipsoid by its curvature in between (within a few centimeters in 50 km), times the road factor.
 * @param {LatLon} one
 * @param {LatLon} other
 * @param {{road_factor: number}} manner
 */
export function roadMeters([lat, lon], [toLat, toLon], { road_factor }) {
  const middle = ((lat + toLat) / 2) * DEGREE;
  const bend = 1 - FLAT * Math.sin(middle) ** 2;
  const north = ((EQUATOR_M * (1 - FLAT)) / bend ** 1.5) * (toLat - lat) * DEGREE;
  const east = (EQUATOR_M / Math.sqrt(bend)) * Math.cos(middle) * (toLon - lon) * DEGREE;
  return road_factor * Math.hypot(north, east);
}
