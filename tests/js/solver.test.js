/** The phone's own solver, tried with the office's times and with the exact search on the same days. */

import { proposeHere } from '/static/js/day/propose.js';
import { roadMeters, waysFrom } from '/static/js/day/rest.js';
import { fitting, solve } from '/static/js/day/solver.js';
import { timetable } from '/static/js/day/timetable.js';

const { days, ways } = await (await fetch('/tests/js/cases/rest-cases.json')).json();
const HOUR = 3600;
const ZONE = 'America/New_York';
const NOW = new Date('2026-11-19T19:00:00Z'); // 14:00 there

/** Four stops to the north of the office, each two minutes from the next; b is the one without a position. */
function dayTravel(changes = {}) {
  const stop = (id, north) => ({ id, at: north ? [39.29 + north / 100, -76.61] : null, service_s: 900, windows: [[0, 172_800]], priority: 10, kept: false });
  const norths = [0, 0, 1, 3, 4];
  return {
    plan: 'p', on: '2026-11-19', shift: [9 * HOUR, 17 * HOUR], start: [39.29, -76.61], end: [39.29, -76.61], end_label: 'Office',
    lunch: null, stops: [stop('a', 1), stop('b', 0), stop('c', 3), stop('d', 4)],
    seconds: norths.map((from) => norths.map((to) => 120 * Math.abs(from - to))),
    road_factor: 1.3, speed_kmh: 40, source: 'estimate', ...changes,
  };
}

function propose(day, left, here = {}) {
  return proposeHere(day, left, { position: null, last: null, ...here }, { now: NOW, zone: ZONE });
}

function words({ stops }) {
  return stops.map(({ id, arrive_at, trouble }) => `${id} ${arrive_at?.slice(11, 16) ?? '–'}${trouble && ` ${trouble}`}`).join(', ');
}

function value(order, { rest, worth }) {
  const { late, road, back } = timetable(order, rest);
  const prizes = order.reduce((sum, stop) => sum + worth[rest.stops.indexOf(stop)], 0);
  return late === 0 ? prizes - 10 * road - (back - rest.begin) : -Infinity;
}

export const tests = {
  'any order is timed as the office times it': (t) => {
    for (const { rest, order, times } of days) {
      const found = timetable(order.map((id) => rest.stops.find((stop) => stop.id === id)), rest);
      const { lunch, back, late, road } = found;
      const [begins, outside] = [found.calls.map(({ begin }) => begin), found.calls.map((call) => call.outside)];
      t.equal({ begins, outside, lunch, back, late, road }, times);
    }
  },

  'the stops that fit and their order are as good as the exact search finds': (t) => {
    const values = days.map((day) => value(fitting(day.rest), day));
    t.equal(values, days.map(({ best }) => best));
  },

  'the same question gives the same answer, with every stop in it once': (t) => {
    for (const { rest } of days) {
      const [one, other] = [solve(rest), solve(rest)].map(({ order }) => order.map(({ id }) => id));
      t.equal(one, other);
      t.equal([...one].sort(), rest.stops.map(({ id }) => id).sort());
    }
  },

  'an order that cannot be bettered stays as it is': (t) => {
    // from the office and back it is as far the other way round
    t.equal(propose(dayTravel(), ['d', 'c', 'a']).stops.map(({ id }) => id), ['d', 'c', 'a']);
    t.equal(propose(dayTravel(), ['a', 'c', 'd']).stops.map(({ id }) => id), ['a', 'c', 'd']);
  },

  'a stop that no longer fits does not hold up the others': (t) => {
    const day = dayTravel();
    day.stops[2].windows = [[9 * HOUR, 10 * HOUR]];
    t.equal(words(propose(day, ['a', 'c', 'd'], { position: [39.345, -76.61] })), 'd 19:03, a 19:24, c 19:43 late');
  },

  'the way from the phone is estimated as the office does, to a second and a meter': (t) => {
    for (const { position, places, seconds, meters, ...manner } of ways) {
      const stops = places.map((at) => ({ at }));
      const found = waysFrom(position, { ...manner, start: position, end: position, stops }).slice(2);
      t.ok(found.every((way, place) => Math.abs(way - seconds[place]) <= 1), `${found} are not ${seconds}`);
      const far = places.map((place) => Math.ceil(roadMeters(position, place, manner)));
      t.ok(far.every((way, place) => Math.abs(way - meters[place]) <= 1), `${far} are not ${meters}`);
    }
  },

  'the rest of the day begins now, at the position of the phone': (t) => {
    const found = propose(dayTravel(), ['a', 'c', 'd'], { position: [39.345, -76.61] });
    t.equal(words(found), 'd 19:03, c 19:20, a 19:39');
    t.equal([found.at, found.to, found.back_at.slice(11, 16), found.was_back_at.slice(11, 16)], ['2026-11-19T19:00:00.000Z', 'd', '19:56', '20:08']);
    t.ok(found.drive_s > 150 && found.drive_s < 210 && found.drive_m > 1800, `${found.drive_s} s, ${found.drive_m} m`);
  },

  'without a position it goes on from the stop made last, else from where the day starts': (t) => {
    t.equal(words(propose(dayTravel(), ['d', 'c'], { last: 'a' })).slice(0, 7), 'd 19:06');
    t.equal(words(propose(dayTravel(), ['d', 'a'])).slice(0, 7), 'd 19:08');
  },

  'what no longer fits, has no position or is not known here follows at the end and says so': (t) => {
    const day = dayTravel({ shift: [9 * HOUR, 14.75 * HOUR] });
    day.stops[2].windows = [[8 * HOUR, 13 * HOUR]];
    t.equal(words(propose(day, ['c', 'b', 'x', 'd'])), 'd 19:08, c 19:25 late, b – no_position, x – unknown');
    day.stops[2].windows = [[8 * HOUR, 20 * HOUR]];
    day.stops[2].priority = 1;
    t.equal(words(propose(day, ['c', 'd'])).includes('c 19:25 over'), true);
  },

  'a stop kept outside of its window on purpose is made at any time': (t) => {
    const day = dayTravel();
    Object.assign(day.stops[0], { windows: [[8 * HOUR, 9 * HOUR]], kept: true });
    t.equal(words(propose(day, ['a', 'c'])), 'a 19:02, c 19:21');
  },

  'lunch is still to come until the planned one has passed': (t) => {
    const lunch = { seconds: 1800, earliest: 11.5 * HOUR, latest: 14.5 * HOUR };
    const at = (moment) => propose(dayTravel({ lunch: { ...lunch, at: moment } }), ['a']);
    t.equal(at('2026-11-19T17:00:00+00:00').lunch, false);
    t.equal(at('2026-11-19T18:45:00+00:00').lunch_at?.slice(11, 16), '19:00');
    t.equal(at(null).lunch, true);
  },

  'another day and the end of the shift are told in a sentence': (t) => {
    for (const [changes, said] of [[{ on: '2026-11-18' }, 'another day'], [{ shift: [9 * HOUR, 14 * HOUR] }, 'shift is over']]) {
      try {
        propose(dayTravel(changes), ['a']);
        t.ok(false, 'it proposed something');
      } catch (error) {
        t.ok(error instanceof RangeError && error.message.includes(said), String(error));
      }
    }
  },
};
