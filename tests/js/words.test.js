/** Times, distances and sizes in the agency's manner, as the office's own pages write them. */

import { ageWords, clockTime, count, distanceWords, exactTime, sizeWords, whenWords } from '/static/js/words.js';
import { positionState } from '/static/js/visit/arrival.js';

const AT = '2026-11-19T18:50:07.000Z';
const MANNER = { zone: 'America/New_York', clock: 24, unit: 'km' };
const PAGE = { address: { lat: 39.29, lon: -76.61 }, tolerance_m: 150, manner: MANNER };
const fix = (values) => ({ state: 'fix', lat: 39.29, lon: -76.61, accuracy_m: 8, taken_at: AT, ...values });

export const tests = {
  'the clock is that of the zone, in 24 or 12 hours': async (t) => {
    t.equal([clockTime(AT, MANNER), clockTime(AT, { ...MANNER, clock: 12 }), exactTime(AT, MANNER)], ['13:50', '1:50 pm', '13:50:07']);
    t.equal(exactTime(AT, { ...MANNER, clock: 12 }), '1:50:07 pm');
    t.equal(clockTime('2026-11-19T05:05:00Z', { ...MANNER, clock: 12 }), '12:05 am');
    t.equal(clockTime('2026-11-19T05:05:00Z', MANNER), '00:05');
  },

  'a moment of another day has its date': async (t) => {
    const at = (now) => whenWords(AT, MANNER, new Date(now));
    t.equal([at('2026-11-20T04:59:00Z'), at('2026-11-20T05:00:00Z')], ['13:50', 'Nov 19, 13:50']);
  },

  'distances are whole below a thousand and short above': async (t) => {
    t.equal([31, 999.4, 1000, 1810, 62_300].map((meters) => distanceWords(meters, MANNER)), ['31 m', '999 m', '1 km', '1.8 km', '62 km']);
    t.equal([31, 1700].map((meters) => distanceWords(meters, { ...MANNER, unit: 'mi' })), ['102 ft', '1.1 mi']);
  },

  'sizes and ages are said in the nearest unit': async (t) => {
    t.equal([612, 38_000, 2_800_000, 11.4e9].map(sizeWords), ['612 B', '38 KB', '2.8 MB', '11.4 GB']);
    t.equal([10_000, 7 * 60_000, 3 * 3_600_000, 72 * 3_600_000].map(ageWords), ['now', '7 min', '3 h', '3 days']);
    t.equal([count(1, 'photo'), count(1200, 'photo')], ['1 photo', '1,200 photos']);
  },

  'a position is near, far, rough or missing, each in its own words': async (t) => {
    t.equal(positionState(fix({ lat: 39.29028 }), PAGE), { tone: 'ok', shape: 's-ok', text: '31 m from the address, accuracy 8 m' });
    t.equal(positionState(fix({ lat: 39.2914 }), PAGE).tone, 'ok');
    t.equal(positionState(fix({ lat: 39.2915 }), PAGE).tone, 'warn');
    t.equal(positionState(fix({ state: 'poor', accuracy_m: 800 }), PAGE).text, 'Rough position: 0 m from the address, accuracy 800 m');
    const none = { state: 'refused', lat: null, lon: null, accuracy_m: null, taken_at: AT };
    t.equal(positionState(none, PAGE).tone, 'warn');
    t.equal(positionState(null, PAGE).text, 'Taking your position');
    t.equal(positionState(fix(), { ...PAGE, address: { lat: null, lon: null } }).text, 'Position taken, accuracy 8 m');
  },
};
