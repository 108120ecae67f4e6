/** When the stops of a re-planned day come, as it was estimated then: shown until the office has timed the order itself. */

const KEY = 'fieldapp-replanned';

/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} Memory */

/**
 * @param {Memory} memory
 * @param {string} plan
 * @param {{id: string, arrive_at: string | null}[]} stops in the order that was used; UTC, ISO 8601
 */
export function rememberTimes(memory, plan, stops) {
  memory.setItem(KEY, JSON.stringify({ plan, times: stops.map(({ id, arrive_at }) => [id, arrive_at]) }));
}

/**
 * @param {Memory} memory
 * @param {string} plan
 * @param {string[]} left ids of the stops to go, in their order
 * @returns {Map<string, string>} nothing where that order is not the one that was estimated; stops made since are no difference
 */
export function timesOf(memory, plan, left) {
  const kept = JSON.parse(memory.getItem(KEY) ?? 'null');
  if (kept?.plan !== plan) return new Map();
  const ahead = new Set(left);
  const known = /** @type {[string, string | null][]} */ (kept.times).filter(([id]) => ahead.has(id));
  const named = new Set(known.map(([id]) => id));
  if (known.map(([id]) => id).join() !== left.filter((id) => named.has(id)).join()) return new Map();
  return new Map(known.flatMap(([id, at]) => (at ? [[id, at]] : [])));
}
