/** The line of a day and the pins on it, from what the page and this phone know: no drawing here. */

/** @typedef {[number, number]} Point latitude and longitude, degrees */
/** @typedef {import('../day/state.js').StopNow} StopNow */
/** @typedef {{to: string, points: Point[]}} Leg the way from the place before to a stop's id, or to `end` */

/**
 * @typedef {object} MapData what the office told the page
 * @property {string} plan
 * @property {string} on
 * @property {string} unit mi or km
 * @property {import('./tiles.js').BasemapFacts | null} basemap
 * @property {[Point, Point]} bounds
 * @property {{at: Point, words: string}} start
 * @property {{at: Point, words: string}} end
 * @property {{id: string, state: string, at: [number | null, number | null]}[]} stops
 * @property {Leg[]} legs
 */

/**
 * @typedef {object} Pin one place on the map; people who live in one house share it
 * @property {Point} at
 * @property {string[]} ids
 * @property {number[]} numbers places in the day, from 1
 * @property {string} state of the stop that matters most there
 */

/** What matters most comes first. */
const RANKS = ['next', 'later', 'made', 'done', 'tried', 'skipped'];
const OVER = ['done', 'tried', 'made'];

/**
 * @param {MapData} page
 * @param {StopNow[]} stops in the order in which they are to be made
 * @returns {Pin[]}
 */
export function pinsOf(page, stops) {
  /** @type {Map<string, Pin>} */
  const pins = new Map();
  stops.forEach(({ id, state }, place) => {
    const at = positionOf(page, id);
    if (!at) return;
    const key = at.map((degrees) => degrees.toFixed(5)).join();
    const pin = pins.get(key) ?? { at, ids: [], numbers: [], state };
    pin.ids.push(id);
    pin.numbers.push(place + 1);
    if (RANKS.indexOf(state) < RANKS.indexOf(pin.state)) pin.state = state;
    pins.set(key, pin);
  });
  return [...pins.values()];
}

/**
 * The way: what lies behind and what is still to go. In an order that is the phone's own it is straight from stop to stop.
 * @param {MapData} page
 * @param {StopNow[]} stops
 * @returns {{past: Point[][], ahead: Point[][]}}
 */
export function waysOf(page, stops) {
  const states = new Map(stops.map(({ id, state }) => [id, state]));
  const goals = stops.filter(({ id, state }) => state !== 'skipped' && positionOf(page, id)).map(({ id }) => id);
  const known = page.legs.map(({ to }) => to).join() === [...goals, 'end'].join();
  const legs = known ? page.legs : straightLegs(page, goals);
  const isPast = (/** @type {Leg} */ { to }) => OVER.includes(states.get(to) ?? '');
  return {
    past: legs.filter(isPast).map(({ points }) => points),
    ahead: legs.filter((leg) => !isPast(leg)).map(({ points }) => points),
  };
}

/**
 * @param {MapData} page
 * @param {string[]} goals ids of stops
 * @returns {Leg[]}
 */
function straightLegs(page, goals) {
  let here = page.start.at;
  return [...goals, 'end'].map((to) => {
    const there = positionOf(page, to) ?? page.end.at;
    const leg = { to, points: [here, there] };
    here = there;
    return leg;
  });
}

/**
 * @param {MapData} page
 * @param {string} id
 * @returns {Point | null}
 */
function positionOf({ stops }, id) {
  const [lat, lon] = stops.find((stop) => stop.id === id)?.at ?? [null, null];
  return lat === null || lon === null ? null : [lat, lon];
}
