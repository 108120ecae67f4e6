/** The times of a re-planned day stand on Today until the office has timed it. */

import { rememberTimes, timesOf } from '/static/js/day/own-times.js';

const STOPS = [
  { id: 'b', arrive_at: '2026-11-23T17:20:00.000Z' },
  { id: 'c', arrive_at: null },
  { id: 'a', arrive_at: '2026-11-23T18:05:00.000Z' },
];

/** A phone's memory. */
function memory() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** What is known of the times. */
function known(store, plan, left) {
  return Object.fromEntries(timesOf(store, plan, left));
}

export const tests = {
  'an order that was re-planned has its times, whatever was made or came before it since': (t) => {
    const store = memory();
    rememberTimes(store, 'p', STOPS);
    const both = { b: STOPS[0].arrive_at, a: STOPS[2].arrive_at };
    t.equal(known(store, 'p', ['b', 'c', 'a']), both);
    t.equal(known(store, 'p', ['new', 'b', 'c', 'a']), both);
    t.equal(known(store, 'p', ['c', 'a']), { a: STOPS[2].arrive_at });
  },

  'another order, another plan and an empty memory have none': (t) => {
    const store = memory();
    t.equal(known(store, 'p', ['b']), {});
    rememberTimes(store, 'p', STOPS);
    t.equal(known(store, 'p', ['a', 'b', 'c']), {});
    t.equal(known(store, 'q', ['b', 'c', 'a']), {});
  },
};
