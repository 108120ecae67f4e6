/** Making an order of the same stops cheaper: parts reversed (2-opt), and chains of up to three stops moved elsewhere. */

import { IMPOSSIBLE, ROAD_WEIGHT } from './route-cost.js';

/** @typedef {import('./route-cost.js').RouteCost} RouteCost */

const LONGEST_CHAIN = 3;

/**
 * @param {number[]} order one that keeps all limits
 * @param {RouteCost} costs
 * @returns {number[]} an order that no single move makes cheaper
 */
export function shortened(order, costs) {
  const round = new Round(order, costs);
  // round and round, until nothing was found from any place
  for (let [from, quiet] = [1, 0]; quiet < order.length; from = (from % order.length) + 1) {
    quiet = round.improve(from) ? 0 : quiet + 1;
  }
  return round.order;
}

/**
 * One order with the clocks at each of its stops, so that a move is counted only where it changes something. Places are
 * those of the path: 0 is where the officer is, 1 the first stop.
 */
class Round {
  order = /** @type {number[]} */ ([]);
  path = /** @type {number[]} */ ([]);
  hungry = /** @type {number[]} */ ([]);
  fed = /** @type {number[]} */ ([]);
  road = 0;
  cost = IMPOSSIBLE;
  busy = 0;

  /**
   * @param {number[]} order
   * @param {RouteCost} costs
   */
  constructor(order, costs) {
    this.costs = costs;
    this.part = /** @type {number[]} */ (new Array(order.length)); // the changed part of the order, written over and over
    this.take(order);
  }

  /** @param {number[]} order */
  take(order) {
    const { costs } = this;
    this.order = order;
    this.path = costs.path(order);
    this.road = costs.road(order);
    this.cost = costs.of(order);
    this.busy = costs.least(order, 0);
    costs.start();
    this.hungry = [costs.hungry];
    this.fed = [costs.fed];
    order.forEach((index, at) => {
      costs.drive(costs.way(this.path[at], this.path[at + 1]));
      costs.visit(index);
      this.hungry.push(costs.hungry);
      this.fed.push(costs.fed);
    });
  }

  /**
   * Takes the first move of a part that begins at this place, if one makes the order cheaper.
   * @param {number} from
   * @returns {boolean} whether there was one
   */
  improve(from) {
    const { costs, path } = this;
    let turn = 0; // how much longer the part is the other way round
    for (let to = from; to < path.length - 1; to += 1) {
      if (to > from) turn += costs.way(path[to], path[to - 1]) - costs.way(path[to - 1], path[to]);
      if (to > from && this.reverse(from, to, turn)) return true;
      if (to - from < LONGEST_CHAIN && this.move(from, to, turn)) return true;
    }
    return false;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} turn
   */
  reverse(from, to, turn) {
    const { costs, path } = this;
    const cut = costs.way(path[from - 1], path[from]) + costs.way(path[to], path[to + 1]);
    const joined = costs.way(path[from - 1], path[to]) + costs.way(path[from], path[to + 1]);
    if (joined + turn - cut >= this.mostRoad()) return false;
    let size = 0;
    for (let at = to; at >= from; at -= 1) this.part[size++] = this.order[at - 1];
    return this.takeIfCheaper(from, size, joined + turn - cut);
  }

  /**
   * Moves the chain behind each other place, also turned round.
   * @param {number} from
   * @param {number} to
   * @param {number} turn
   */
  move(from, to, turn) {
    const { costs, path } = this;
    const { travel, size } = costs; // read here and not asked for: most of all the solver's time is spent in this loop
    const [first, last] = [path[from], path[to]];
    const cut = costs.way(path[from - 1], first) + costs.way(last, path[to + 1]);
    const closed = costs.way(path[from - 1], path[to + 1]) - cut;
    const most = this.mostRoad();
    for (let at = 0; at < path.length - 1; at += 1) {
      if (at >= from - 1 && at <= to) continue;
      const here = path[at] * size;
      const next = path[at + 1];
      const opened = closed - travel[here + next];
      const straight = opened + travel[here + first] + travel[last * size + next];
      if (straight < most && this.put(from, to, at, false, straight)) return true;
      if (from === to) continue;
      const turned = opened + turn + travel[here + last] + travel[first * size + next];
      if (turned < most && this.put(from, to, at, true, turned)) return true;
    }
    return false;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} at
   * @param {boolean} turned
   * @param {number} more road
   */
  put(from, to, at, turned, more) {
    let size = 0;
    for (let place = to + 1; place <= at; place += 1) this.part[size++] = this.order[place - 1];
    for (let step = 0; step <= to - from; step += 1) this.part[size++] = this.order[(turned ? to - step : from + step) - 1];
    for (let place = at + 1; place < from; place += 1) this.part[size++] = this.order[place - 1];
    return this.takeIfCheaper(Math.min(at + 1, from), size, more);
  }

  /** @returns {number} how much more road an order may have to be cheaper, if nobody waits at all */
  mostRoad() {
    return (this.cost - this.busy) / (ROAD_WEIGHT + 1) - this.road;
  }

  /**
   * @param {number} first place of the changed part
   * @param {number} size of it
   * @param {number} more road
   */
  takeIfCheaper(first, size, more) {
    const { costs, part, order } = this;
    costs.hungry = this.hungry[first - 1];
    costs.fed = this.fed[first - 1];
    let here = this.path[first - 1];
    for (let at = first - 1; at < order.length; at += 1) {
      const changed = at < first - 1 + size;
      // behind the changed part, clocks that are no earlier than before stay so
      if (at === first - 1 + size && more >= 0 && costs.fed >= this.fed[at] && costs.hungry >= this.hungry[at]) return false;
      const index = changed ? part[at - first + 1] : order[at];
      const row = costs.rows[index];
      costs.drive(costs.way(here, row));
      costs.visit(index);
      if (costs.isOver()) return false;
      here = row;
    }
    costs.drive(costs.way(here, 1));
    if (costs.fed > costs.end || costs.cost(this.road + more, costs.fed) >= this.cost) return false;
    this.take([...order.slice(0, first - 1), ...part.slice(0, size), ...order.slice(first - 1 + size)]);
    return true;
  }
}
