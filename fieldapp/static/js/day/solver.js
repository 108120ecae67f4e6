/**
 * The phone's own solver: which stops still fit, and the best order of them, without the office. Cheapest insertion with
 * windows and lunch from several beginnings, then moving, reversing and exchanging until nothing gets better.
 */

import { IMPOSSIBLE, ROAD_WEIGHT, RouteCost } from './route-cost.js';
import { shortened } from './shorten.js';
import { isLess, timetable } from './timetable.js';

/** @typedef {import('./timetable.js').Rest} Rest */
/** @typedef {import('./timetable.js').StopAhead} StopAhead */
/** @typedef {import('./timetable.js').Timetable} Timetable */

/** The best order is broken up and mended again, to leave a valley that single moves do not: the oftener the shorter it is. */
const KICKS = 12;
const KICKED_STOPS = 900;
/** Of more stops than this only the two best beginnings are improved: a slow phone has a tenth of a second for all of it. */
const MANY = 12;

/**
 * The best order found of all stops ahead: those that fit, then the others as they came. Never worse than `rest.stops`
 * as they are. The same question gives the same answer.
 * @param {Rest} rest `stops` in the order they have now
 * @returns {{order: StopAhead[], times: Timetable, was: Timetable, beyond: Set<string>}} `was`: the order as it is;
 *   `beyond`: ids after which the officer is not back by the end
 */
export function solve(rest) {
  const found = fitting(rest);
  const order = [...found, ...rest.stops.filter((stop) => !found.includes(stop))];
  const was = timetable(rest.stops, rest);
  const times = timetable(order, rest);
  const better = isLess(worth(times, rest), worth(was, rest)) ? { order, times } : { order: rest.stops, times: was };
  return { ...better, was, beyond: beyondEnd(better.times, rest) };
}

/**
 * @param {Rest} rest
 * @returns {StopAhead[]} the most urgent stops that fit together, in the best order found
 */
export function fitting(rest) {
  return new Search(rest).best().map((index) => rest.stops[index]);
}

/**
 * @param {Timetable} times
 * @param {Rest} rest
 */
export function beyondEnd({ calls }, { end, travel }) {
  return new Set(calls.filter(({ stop, leave }) => leave + travel[stop.row ?? 0][1] > end).map(({ stop }) => stop.id));
}

/**
 * What makes one order worse than another: urgent stops that do not fit, then the limits and the time of those that do.
 * @param {Timetable} times
 * @param {Rest} rest
 */
function worth(times, rest) {
  const beyond = beyondEnd(times, rest);
  const fits = times.calls.filter(({ stop, outside }) => !outside && !beyond.has(stop.id)).map(({ stop }) => stop);
  const alone = fits.length === times.calls.length ? times : timetable(fits, rest);
  return [-fits.reduce((sum, { priority }) => sum + priority, 0), alone.late, ROAD_WEIGHT * alone.road + alone.back];
}

/** Orders are lists of indices into `rest.stops`; those it makes keep every limit. */
class Search {
  /** @param {Rest} rest */
  constructor(rest) {
    this.costs = new RouteCost(rest);
    this.priority = rest.stops.map(({ priority }) => priority);
    this.closing = rest.stops.map(({ windows }) => Math.max(0, ...windows.map(([, closes]) => closes)));
    // what would not fit even alone, with lunch put aside, is not tried again and again
    const withoutLunch = new RouteCost({ ...rest, lunch: null });
    const fitsAlone = (/** @type {number} */ index) => withoutLunch.of([index]) < IMPOSSIBLE;
    this.usable = [...rest.stops.keys()].filter((index) => rest.stops[index].row !== null && fitsAlone(index));
  }

  /** @returns {number[]} */
  best() {
    const byUrgency = [...this.usable].sort((one, other) => this.priority[other] - this.priority[one]);
    const byClosing = [...this.usable].sort((one, other) => this.closing[one] - this.closing[other]);
    const beginnings = [this.nearest(), this.filled(byUrgency), this.filled(byClosing), this.inTurn(this.usable)];
    beginnings.sort((one, other) => (this.isBetter(one, other) ? -1 : 1));
    const tried = beginnings.slice(0, this.usable.length > MANY ? 2 : beginnings.length);
    let best = tried.map((order) => this.improved(order)).reduce((one, other) => (this.isBetter(other, one) ? other : one));
    const kicks = best.length > 2 ? Math.min(KICKS, Math.round(KICKED_STOPS / best.length ** 2)) : 0;
    for (let turn = 1; turn <= kicks; turn += 1) {
      const other = this.improved(this.shaken(best, turn));
      if (this.isBetter(other, best)) best = other;
    }
    return best;
  }

  /**
   * @param {number[]} order
   * @param {number} turn
   * @returns {number[]} broken up, without one or two of its stops, and with one that it leaves out where that fits
   */
  shaken(order, turn) {
    const left = this.left(order);
    const out = order[turn % order.length];
    const fewer = kicked(order, turn).filter((index, at) => index !== out && !(left.length && at === turn % 5));
    return left.length ? (this.inserted(fewer, left[turn % left.length])?.order ?? fewer) : fewer;
  }

  /**
   * @param {number[]} one
   * @param {number[]} other
   */
  isBetter(one, other) {
    return isLess([-this.value(one), this.costs.of(one)], [-this.value(other), this.costs.of(other)]);
  }

  /** @param {number[]} order what its stops are worth together: more than any saving of time */
  value(order) {
    return order.reduce((sum, index) => sum + this.priority[index], 0);
  }

  /** @param {number[]} indices in the order they have, without those that do not fit then */
  inTurn(indices) {
    return indices.reduce((/** @type {number[]} */ order, index) => {
      const longer = [...order, index];
      return this.costs.of(longer) < IMPOSSIBLE ? longer : order;
    }, []);
  }

  /**
   * @param {number[]} indices each is put where it costs least, in this turn
   * @param {number[]} [order]
   */
  filled(indices, order = []) {
    return indices.reduce((now, index) => this.inserted(now, index)?.order ?? now, order);
  }

  /** Always the stop nearest to any that is there already, where it costs least. */
  nearest() {
    const { costs } = this;
    /** @type {number[]} */
    let order = [];
    let left = this.usable.map((index) => ({ index, far: costs.way(0, costs.rows[index]) }));
    while (left.length) {
      const { index } = left.reduce((one, other) => (other.far < one.far ? other : one));
      order = this.inserted(order, index)?.order ?? order;
      left = left.filter((one) => one.index !== index);
      for (const one of left) one.far = Math.min(one.far, costs.way(costs.rows[index], costs.rows[one.index]));
    }
    return order;
  }

  /**
   * @param {number[]} order
   * @param {number} index
   * @param {number} [below] only what costs less counts
   * @returns {{order: number[], cost: number} | null} with this stop where it costs least, null where it does not fit
   */
  inserted(order, index, below = IMPOSSIBLE) {
    const { costs } = this;
    const row = costs.rows[index];
    const road = costs.road(order);
    const least = costs.least(order, road) + costs.service[index];
    const weight = ROAD_WEIGHT + 1;
    let best = -1;
    let cost = below;
    let next = 0;
    costs.start();
    for (let at = 0; at <= order.length; at += 1) {
      const here = next;
      next = at < order.length ? costs.rows[order[at]] : 1;
      const more = costs.way(here, row) + costs.way(row, next) - costs.way(here, next);
      if (least + weight * more < cost) {
        const { hungry, fed } = costs;
        costs.drive(costs.way(here, row));
        costs.visit(index);
        const now = costs.isOver() ? IMPOSSIBLE : costs.cost(road + more, costs.back(order, at, row));
        if (now < cost) [best, cost] = [at, now];
        costs.hungry = hungry;
        costs.fed = fed;
      }
      if (at === order.length) break;
      costs.drive(costs.way(here, next));
      costs.visit(order[at]);
    }
    return best < 0 ? null : { order: [...order.slice(0, best), index, ...order.slice(best)], cost };
  }

  /**
   * Until nothing helps: shorter with the same stops, then with a stop more, then with a more urgent one for another.
   * @param {number[]} order
   */
  improved(order) {
    let now = order;
    for (;;) {
      now = shortened(now, this.costs);
      const better = this.longer(now) ?? this.exchanged(now);
      if (!better) return now;
      now = better;
    }
  }

  /** @param {number[]} order */
  longer(order) {
    const more = this.filled(this.left(order), order);
    return more.length > order.length ? more : null;
  }

  /** @param {number[]} order @returns {number[] | null} with one stop for another that is as urgent at most */
  exchanged(order) {
    const cost = this.costs.of(order);
    for (const index of this.left(order)) {
      for (const out of order) {
        const gain = this.priority[index] - this.priority[out];
        if (gain < 0) continue;
        const others = order.filter((each) => each !== out);
        const found = this.inserted(others, index, gain > 0 ? IMPOSSIBLE : cost);
        if (found) return found.order;
      }
    }
    return null;
  }

  /** @param {number[]} order @returns {number[]} what it leaves out, the most urgent first */
  left(order) {
    const left = this.usable.filter((index) => !order.includes(index));
    return left.sort((one, other) => this.priority[other] - this.priority[one]);
  }
}

/**
 * Four parts in another order, by a fixed turn.
 * @param {number[]} order
 * @param {number} turn
 */
function kicked(order, turn) {
  const { length } = order;
  if (length < 4) return order;
  const [a, b, c] = [1, 2, 3].map((part) => 1 + ((turn * 7919 * part + part * 104_729) % (length - 1))).sort((one, other) => one - other);
  return [...order.slice(0, a), ...order.slice(b, c), ...order.slice(a, b), ...order.slice(c)];
}
