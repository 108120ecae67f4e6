/** The day as it stands on this phone: the page's stops with what the officer did since laid over them. */

/** @typedef {import('./deeds.js').Deed} Deed */

/**
 * The page's day: `stops` are pairs of id and state (done, tried, skipped, next, later) in the order of the plan.
 * `last` is the stop that was visited last, as the office knows it.
 * @typedef {{plan: string, on: string, stops: [string, string][], last?: string | null}} PageDay
 */

/**
 * @typedef {object} StopNow
 * @property {string} id
 * @property {'done' | 'tried' | 'made' | 'skipped' | 'next' | 'later'} state `made`: visited, and the page does not know
 * @property {Deed | null} deed what this phone knows better than the page: the visit or the skip
 */

/**
 * @typedef {object} DayNow
 * @property {StopNow[]} stops in the order in which they are to be made
 * @property {boolean} arranged the stops left come in another order than on the page
 * @property {boolean} skipping a stop was skipped or brought back since the page was made
 */

const OVER = ['done', 'tried'];
const LEFT = ['next', 'later'];

/**
 * @param {PageDay} page
 * @param {Deed[]} deeds in the order in which they were done
 * @returns {DayNow}
 */
export function dayOf({ plan, stops }, deeds) {
  const states = new Map(stops);
  const order = deeds.filter(({ kind, body }) => kind === 'order' && body.plan === plan).at(-1);
  const ids = order ? arranged([...states.keys()], order.body.stops) : [...states.keys()];
  const made = lastOf(deeds, ['visit']);
  const skips = lastOf(deeds, ['skip', 'unskip']);
  let left = /** @type {'next' | 'later'} */ ('next');
  const now = ids.map((id) => {
    const stop = stopNow(id, states.get(id) ?? 'later', made.get(id), skips.get(id), left);
    if (stop.state === 'next') left = 'later';
    return stop;
  });
  const todo = now.filter(({ state }) => LEFT.includes(state)).map(({ id }) => id);
  const before = [...states.keys()].filter((id) => todo.includes(id));
  const skipping = now.some(({ id, state }) => LEFT.includes(state) !== LEFT.includes(states.get(id) ?? '') && skips.has(id) && state !== 'made');
  return { stops: now, arranged: todo.join() !== before.join(), skipping };
}

/**
 * The whole order after those that are left were put in another one; what is over keeps its place.
 * @param {StopNow[]} stops
 * @param {string[]} todo those left, in the new order
 * @returns {string[]}
 */
export function orderWith(stops, todo) {
  const moving = todo[Symbol.iterator]();
  return stops.map(({ id, state }) => (LEFT.includes(state) ? (moving.next().value ?? id) : id));
}

/** @param {StopNow} stop */
export function isLeft({ state }) {
  return LEFT.includes(state);
}

/**
 * As the office does it: those that the order does not name follow.
 * @param {string[]} ids
 * @param {string[]} order
 */
function arranged(ids, order) {
  const known = new Set(ids);
  const named = order.filter((id) => known.has(id));
  return [...named, ...ids.filter((id) => !named.includes(id))];
}

/**
 * @param {Deed[]} deeds
 * @param {string[]} kinds
 * @returns {Map<string, Deed>} the last one of each stop
 */
function lastOf(deeds, kinds) {
  return new Map(deeds.filter(({ kind, body }) => kinds.includes(kind) && body.stop).map((deed) => [deed.body.stop, deed]));
}

/**
 * @param {string} id
 * @param {string} state on the page
 * @param {Deed | undefined} visit
 * @param {Deed | undefined} skip or unskip
 * @param {'next' | 'later'} left what a stop that is left would be
 * @returns {StopNow}
 */
function stopNow(id, state, visit, skip, left) {
  if (OVER.includes(state)) return { id, state: /** @type {'done' | 'tried'} */ (state), deed: null };
  if (visit) return { id, state: 'made', deed: visit };
  if (skip?.kind === 'skip') return { id, state: 'skipped', deed: state === 'skipped' && skip.sent ? null : skip };
  if (state === 'skipped' && skip?.kind !== 'unskip') return { id, state, deed: null };
  return { id, state: left, deed: null };
}
