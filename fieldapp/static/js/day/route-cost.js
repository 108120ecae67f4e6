/** What an order of stops costs, counted fast: the phone's solver asks it some ten thousand times. */

import { lunchOf } from './timetable.js';

/** @typedef {import('./timetable.js').Rest} Rest */
/** @typedef {import('./timetable.js').Lunch} Lunch */

/** A second on the road costs as much as so many of waiting: routes are short first, then over early. As at the office. */
export const ROAD_WEIGHT = 10;
export const IMPOSSIBLE = Infinity;

/**
 * Orders are lists of indices into `rest.stops`, of stops with a position. Earlier is never worse, so two clocks are
 * enough on the way: `hungry` of who has not had lunch yet, `fed` of who has. Without lunch all are fed.
 */
export class RouteCost {
  /** @param {Rest} rest */
  constructor({ begin, end, lunch, stops, travel }) {
    this.begin = begin;
    this.end = end;
    this.size = travel.length;
    this.travel = Float64Array.from(travel.flat());
    this.rows = Int32Array.from(stops.map(({ row }) => row ?? 0));
    this.service = Float64Array.from(stops.map(({ service_s }) => service_s));
    this.windows = stops.map(({ windows }) => Float64Array.from([...windows].sort(([one], [other]) => one - other).flat()));
    this.lunch = lunchOf({ begin, end, lunch, stops, travel });
    this.hungry = 0;
    this.fed = 0;
  }

  /**
   * @param {number} from a row
   * @param {number} to a row
   * @returns {number} seconds
   */
  way(from, to) {
    return this.travel[from * this.size + to];
  }

  /**
   * Seconds of road, weighed, and of the day; IMPOSSIBLE where a window or the end of the shift is missed.
   * @param {number[]} order
   */
  of(order) {
    this.start();
    return this.cost(this.road(order), this.back(order, 0, 0));
  }

  /**
   * @param {number} road seconds
   * @param {number} back when one is back
   */
  cost(road, back) {
    return ROAD_WEIGHT * road + back - this.begin;
  }

  /** Sets both clocks to the beginning of the day. */
  start() {
    this.hungry = this.lunch ? this.begin : IMPOSSIBLE;
    this.fed = this.lunch ? IMPOSSIBLE : this.begin;
  }

  /**
   * @param {number[]} order
   * @param {number} from how many of its stops are behind what the clocks show
   * @param {number} row where one is then
   * @returns {number} when one is back after the others, IMPOSSIBLE where a window or the end of the shift is missed
   */
  back(order, from, row) {
    let here = row;
    for (let at = from; at < order.length; at += 1) {
      const index = order[at];
      this.drive(this.way(here, this.rows[index]));
      this.visit(index);
      if (this.isOver()) return IMPOSSIBLE;
      here = this.rows[index];
    }
    this.drive(this.way(here, 1));
    return this.fed > this.end ? IMPOSSIBLE : this.fed;
  }

  /** @param {number} way seconds on the road, with lunch on it where that is possible */
  drive(way) {
    const { lunch, hungry } = this;
    this.fed += way;
    if (!lunch || hungry === IMPOSSIBLE) return;
    const start = Math.max(hungry, lunch.earliest);
    this.hungry = hungry + way;
    if (start <= lunch.latest) this.fed = Math.min(this.fed, Math.max(hungry + way, start) + lunch.seconds);
  }

  /** @param {number} index of the stop whose door both clocks stand at */
  visit(index) {
    this.fed = this.leaves(this.fed, index);
    this.hungry = this.leaves(this.hungry, index);
  }

  isOver() {
    return this.fed > this.end && this.hungry > this.end;
  }

  /**
   * @param {number} arrive
   * @param {number} index of a stop
   * @returns {number} when one leaves after a visit that begins in the next window
   */
  leaves(arrive, index) {
    const windows = this.windows[index];
    for (let at = 0; at < windows.length; at += 2) {
      if (windows[at + 1] >= arrive) return Math.max(windows[at], arrive) + this.service[index];
    }
    return IMPOSSIBLE;
  }

  /**
   * @param {number[]} order
   * @returns {number[]} the rows it leads to, from where the officer is to where the day ends
   */
  path(order) {
    return [0, ...order.map((index) => this.rows[index]), 1];
  }

  /** @param {number[]} order */
  road(order) {
    let here = 0;
    let road = 0;
    for (const index of order) {
      road += this.way(here, this.rows[index]);
      here = this.rows[index];
    }
    return road + this.way(here, 1);
  }

  /**
   * What an order with these stops and this road costs at least: nobody ever waits.
   * @param {number[]} order
   * @param {number} road
   */
  least(order, road) {
    let busy = this.lunch?.seconds ?? 0;
    for (const index of order) busy += this.service[index];
    return (ROAD_WEIGHT + 1) * road + busy;
  }
}
