/** The map of a day: its line and pins, and tiles from this phone before the office is asked. */

import { DayTiles } from '/static/js/map/day-tiles.js';
import { OfficeFile } from '/static/js/map/tiles.js';
import { pinsOf, waysOf } from '/static/js/map/ways.js';

const [OFFICE, ANN, BEA, CAL] = [[39.29, -76.61], [39.28, -76.57], [39.285, -76.56], [39.27, -76.55]];
const ROAD = [OFFICE, [39.29, -76.6], ANN];
const PAGE = {
  start: { at: OFFICE, words: 'Office' },
  end: { at: OFFICE, words: 'Office' },
  stops: [{ id: 'a', at: ANN }, { id: 'b', at: BEA }, { id: 'c', at: CAL }, { id: 'd', at: [null, null] }],
  legs: [{ to: 'a', points: ROAD }, { to: 'b', points: [ANN, BEA] }, { to: 'c', points: [BEA, CAL] }, { to: 'end', points: [CAL, OFFICE] }],
};
const day = (...words) => words.map((word) => ({ id: word[0], state: word.slice(2), deed: null }));
const file = (answer) => new OfficeFile('/map/basemap.pmtiles', async () => answer);

export const tests = {
  'the way goes along the points that the office gave, behind up to the last visit and ahead from there': (t) => {
    const { past, ahead } = waysOf(PAGE, day('a done', 'b next', 'c later', 'd later'));
    t.equal(past, [ROAD]);
    t.equal(ahead, [[ANN, BEA], [BEA, CAL], [CAL, OFFICE]]);
  },

  'in another order, or without a stop that was skipped here, the way is straight from stop to stop': (t) => {
    t.equal(waysOf(PAGE, day('a done', 'c next', 'b later')).ahead, [[ANN, CAL], [CAL, BEA], [BEA, OFFICE]]);
    t.equal(waysOf(PAGE, day('a made', 'b skipped', 'c next')).ahead, [[ANN, CAL], [CAL, OFFICE]]);
  },

  'stops at one place share a pin with the numbers of both and the state that matters more': (t) => {
    const page = { ...PAGE, stops: [...PAGE.stops, { id: 'e', at: ANN }] };
    const pins = pinsOf(page, day('a done', 'b skipped', 'c later', 'd later', 'e next'));
    t.equal(pins.map(({ numbers, state }) => `${numbers} ${state}`), ['1,5 next', '2 skipped', '3 later']);
  },

  'a stop without a position has no pin and no way': (t) => {
    t.equal(pinsOf(PAGE, day('d next')), []);
    t.equal(waysOf(PAGE, day('d next')).ahead, [[OFFICE, OFFICE]]);
  },

  'a tile that neither this phone nor the office gives is told, and asked for again the next time': async (t) => {
    const told = [];
    let asked = 0;
    const tiles = new DayTiles(new Blob(['spoiled']), '/map/basemap.pmtiles', (lack) => told.push(lack), async () => {
      asked += 1;
      throw new TypeError('Failed to fetch');
    });
    for (const _time of [1, 2]) await tiles.getZxy(14, 0, 0).catch(() => {});
    t.equal(told, ['office', 'office']);
    t.equal(asked, 2);
  },

  'a basemap that the office cannot read is told as such': async (t) => {
    const told = [];
    const tiles = new DayTiles(undefined, '/map/basemap.pmtiles', (lack) => told.push(lack), async () => new Response('', { status: 409 }));
    await tiles.getZxy(14, 0, 0).catch(() => {});
    t.equal(told, ['file']);
  },

  'bytes of another file under the same address are not taken for the old one': async (t) => {
    const answer = () => new Response('ab', { status: 206, headers: { ETag: '"two"' } });
    t.equal((await file(answer()).getBytes(0, 2)).etag, '"two"');
    const name = await file(answer()).getBytes(0, 2, undefined, '"one"').catch((error) => error.constructor.name);
    t.equal(typeof name, 'string');
  },
};
