/** The day on the phone: what the page knew, with visits, skipped stops and orders laid over it, whatever came first. */

import { dayOf, orderWith } from '/static/js/day/state.js';

const PAGE = { plan: 'p', on: '2026-11-23', stops: [['a', 'done'], ['b', 'next'], ['c', 'later'], ['d', 'skipped'], ['e', 'later']] };
let minute = 0;

function deed(kind, body, sent = false) {
  minute += 1;
  return { id: `${kind}-${minute}`, kind, sent, made_at: new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString(), body };
}

function words({ stops }) {
  return stops.map(({ id, state }) => `${id} ${state}`).join(', ');
}

export const tests = {
  'without deeds the day is the page, and nothing is said to have changed': (t) => {
    const day = dayOf(PAGE, []);
    t.equal(words(day), 'a done, b next, c later, d skipped, e later');
    t.equal([day.arranged, day.skipping, day.stops.some(({ deed }) => deed)], [false, false, false]);
  },

  'after a visit or a skip on this phone the next stop is one that is left': (t) => {
    const day = dayOf(PAGE, [deed('visit', { stop: 'b' }), deed('skip', { stop: 'c', reason: 'unsafe' })]);
    t.equal(words(day), 'a done, b made, c skipped, d skipped, e next');
    t.equal([day.arranged, day.skipping], [false, true]);
  },

  'a visit wins over a skip, made before or after it': (t) => {
    t.equal(words(dayOf(PAGE, [deed('visit', { stop: 'b' }), deed('skip', { stop: 'b' })])).slice(0, 14), 'a done, b made');
    t.equal(words(dayOf(PAGE, [deed('skip', { stop: 'b' }), deed('visit', { stop: 'b' })])).slice(0, 14), 'a done, b made');
  },

  'the last decision about a stop holds, also about one that the page calls skipped': (t) => {
    const back = dayOf(PAGE, [deed('skip', { stop: 'b' }), deed('unskip', { stop: 'b' }), deed('unskip', { stop: 'd' })]);
    t.equal(words(back), 'a done, b next, c later, d later, e later');
    t.equal([back.arranged, back.skipping], [false, true]);
  },

  'the last order of this plan holds; what it names and is gone is passed over, what it does not name follows': (t) => {
    const orders = [deed('order', { plan: 'p', stops: ['c', 'b', 'a', 'd', 'e'] }), deed('order', { plan: 'q', stops: ['b'] })];
    t.equal(words(dayOf(PAGE, orders)), 'c next, b later, a done, d skipped, e later');
    const day = dayOf(PAGE, [...orders, deed('order', { plan: 'p', stops: ['a', 'e', 'gone', 'd', 'c'] })]);
    t.equal(words(day), 'a done, e next, d skipped, c later, b later');
    t.equal(day.arranged, true);
  },

  'an order that is with the office and on the page already changes nothing': (t) => {
    const day = dayOf(PAGE, [deed('order', { plan: 'p', stops: ['a', 'b', 'c', 'd', 'e'] }, true), deed('skip', { stop: 'd' }, true)]);
    t.equal([day.arranged, day.skipping, day.stops.some(({ deed }) => deed)], [false, false, false]);
  },

  'a new order moves what is left among its own places': (t) => {
    const { stops } = dayOf(PAGE, []);
    t.equal(orderWith(stops, ['e', 'b', 'c']), ['a', 'e', 'b', 'd', 'c']);
  },
};
