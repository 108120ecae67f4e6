/** The times of a day's rest in a given order, by the office's own rules: windows, waiting, lunch, the way back. */

/**
 * A window is open from, to in seconds of the local day, both included: a visit has to begin inside one.
 * @typedef {[number, number]} Window
 */

/**
 * One stop ahead. `row` is its row of the travel times, null where the address has no position.
 * @typedef {{id: string, row: number | null, service_s: number, windows: Window[], priority: number}} StopAhead
 */

/** @typedef {{seconds: number, earliest: number, latest: number}} Lunch in seconds; it begins between the two */

/**
 * What is left of a day. `travel` are seconds from row to row: row 0 is where the officer is, row 1 where the day ends.
 * @typedef {{begin: number, end: number, lunch: Lunch | null, stops: StopAhead[], travel: number[][]}} Rest
 */

/**
 * `outside`: early, late or closed where the stop misses its windows, else ''.
 * @typedef {{stop: StopAhead, begin: number, leave: number, outside: string, miss: number}} Call
 */

/**
 * `late`: seconds by which the order breaks its limits; `lunch`: when it begins; `road`: seconds of travel.
 * @typedef {{calls: Call[], lunch: number | null, back: number, late: number, road: number}} Timetable
 */

/**
 * Times the stops in exactly this order, whatever it costs. Those without a position are passed over.
 * @param {StopAhead[]} order
 * @param {Rest} rest
 * @returns {Timetable} with lunch where it costs least
 */
export function timetable(order, rest) {
  const stops = order.filter(({ row }) => row !== null);
  const lunch = lunchOf(rest);
  if (!lunch) return timed(stops, rest, null, -1).times;
  const ways = Array.from({ length: stops.length + 1 }, (_none, leg) => timed(stops, rest, lunch, leg));
  return ways.reduce((best, way) => (isLess(way.cost, best.cost) ? way : best)).times;
}

/**
 * Lunch, unless the time left has no room for it even without stops.
 * @param {Rest} rest
 * @returns {Lunch | null}
 */
export function lunchOf({ begin, end, lunch, travel }) {
  if (!lunch) return null;
  const drive = travel[0][1];
  const ways = [[begin, drive], [begin + drive, 0]];
  const fits = ways.some(([reached, after]) => {
    const start = Math.max(reached, lunch.earliest);
    return start <= lunch.latest && start + lunch.seconds + after <= end;
  });
  return fits ? lunch : null;
}

/**
 * @param {number[]} one
 * @param {number[]} other
 * @returns {boolean} whether the first of two lists of the same length comes before the other
 */
export function isLess(one, other) {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at !== -1 && one[at] < other[at];
}

/**
 * @param {StopAhead[]} stops with a position
 * @param {Rest} rest
 * @param {Lunch | null} lunch
 * @param {number} lunchLeg on the way to which stop; their number means the way back
 * @returns {{times: Timetable, cost: number[]}}
 */
function timed(stops, rest, lunch, lunchLeg) {
  const { begin, end, travel } = rest;
  let [now, here, road, idle] = [begin, 0, 0, 0];
  /** @type {number | null} */
  let eaten = null;
  /** @param {number} row */
  const drive = (row, leg = -1) => {
    const way = travel[here][row];
    road += way;
    if (!lunch || leg !== lunchLeg) return now + way;
    eaten = Math.max(now, lunch.earliest);
    idle = Math.max(0, eaten - now - way);
    return Math.max(now + way, eaten) + lunch.seconds;
  };
  const calls = stops.map((stop, leg) => {
    const row = /** @type {number} */ (stop.row);
    const call = callAt(stop, drive(row, leg), end - stop.service_s - travel[row][1]);
    [now, here] = [call.leave, row];
    return call;
  });
  const back = drive(1, stops.length);
  const lateLunch = lunch && eaten !== null ? Math.max(0, eaten - lunch.latest) : 0;
  const late = calls.reduce((sum, { miss }) => sum + miss, 0) + lateLunch + Math.max(0, back - end);
  return { times: { calls, lunch: eaten, back, late, road }, cost: [late, back, idle, eaten ?? 0] };
}

/**
 * One waits for the next window only when the visit then still fits in; else it is made on arrival, outside.
 * @param {StopAhead} stop
 * @param {number} arrive
 * @param {number} lastBegin
 * @returns {Call}
 */
function callAt(stop, arrive, lastBegin) {
  const { windows, service_s } = stop;
  if (windows.some(([from, closes]) => from <= arrive && arrive <= closes)) {
    return { stop, begin: arrive, leave: arrive + service_s, outside: '', miss: 0 };
  }
  const opens = windows.filter(([, closes]) => closes >= arrive).map(([from]) => Math.max(from, arrive));
  const next = opens.length ? Math.min(...opens) : null;
  if (next !== null && next <= lastBegin) {
    return { stop, begin: next, leave: next + service_s, outside: '', miss: 0 };
  }
  const closed = windows.map(([, closes]) => closes).filter((closes) => closes < arrive);
  const late = closed.length ? arrive - Math.max(...closed) : 0;
  const early = next === null ? 0 : next - arrive;
  const misses = [late, early].filter((seconds) => seconds > 0);
  const miss = Math.max(1, misses.length ? Math.min(...misses) : 0);
  return { stop, begin: arrive, leave: arrive + service_s, outside: outsideWord(windows, late, early), miss };
}

/**
 * @param {Window[]} windows
 * @param {number} late
 * @param {number} early
 */
function outsideWord(windows, late, early) {
  if (!windows.length) return 'closed';
  return early && (!late || early <= late) ? 'early' : 'late';
}
