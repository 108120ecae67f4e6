/** Page module of the map of a day. */

import { find, state } from '../element.js';
import { deedsOf } from '../day/deeds.js';
import { dayOf } from '../day/state.js';
import { fit, openMap } from './base.js';
import { DayMap } from './day-map.js';
import { DayTiles } from './day-tiles.js';
import { Here } from './here.js';
import { StopList } from './stop-list.js';
import { packedArea } from '../../../service-worker/day-pack.js';
import { Stores } from '../../../service-worker/stores.js';

/** @typedef {import('./ways.js').MapData} MapData */

const LACKS = {
  '': '',
  office: 'This part of the map is not on this phone, and the office cannot be reached. Stops and line are right.',
  file: 'The office cannot read a part of its basemap. Stops and line are right. Tell the administrator.',
};
const { officer } = document.body.dataset;
const root = /** @type {HTMLElement | null} */ (document.querySelector('[data-day-map]'));
if (officer && root) void start(officer, root).catch((error) => console.error(error));

/**
 * @param {string} officer
 * @param {HTMLElement} root
 */
async function start(officer, root) {
  /** @type {MapData} */
  const page = JSON.parse(root.dataset.dayMap ?? '{}');
  const note = noteIn(find(root, '[data-map-note]'));
  const basemap = await basemapOf(officer, page, (lack) => note('lack', LACKS[lack]));
  const map = openMap(find(root, '[data-map]'), { basemap, bounds: page.bounds, unit: page.unit });
  const list = new StopList(find(root, 'ol'));
  const drawn = new DayMap(map, page, (id) => list.about(id));
  const stores = new Stores();
  const show = async () => {
    const stops = page.stops.map(({ id, state }) => /** @type {[string, string]} */ ([id, state]));
    const day = dayOf({ plan: page.plan, on: page.on, stops }, await deedsOf(stores, officer, document.body.dataset.at));
    drawn.show(day);
    list.show(day);
    document.dispatchEvent(new Event('stops'));
  };
  enableButtons(root, map, page, (id) => drawn.open(id));
  enableHere(root, map, page, (words) => note('here', words));
  for (const type of ['outbox', 'drained']) document.addEventListener(type, () => void show());
  await show();
}

/**
 * @param {string} officer
 * @param {MapData} page
 * @param {(lack: import('./day-tiles.js').Lack) => void} tell
 * @returns {Promise<import('./tiles.js').Basemap | null>}
 */
async function basemapOf(officer, { plan, basemap }, tell) {
  if (!basemap) return null;
  const area = await packedArea(officer, plan, { caches, now: () => new Date() }).catch(() => undefined);
  return { tiles: new DayTiles(area, basemap.address, tell), maxZoom: basemap.max_zoom };
}

/**
 * @param {HTMLElement} root
 * @param {import('../../vendor/leaflet.js').Map} map
 * @param {MapData} page
 * @param {(id: string) => void} open
 */
function enableButtons(root, map, page, open) {
  const whole = /** @type {HTMLButtonElement} */ (find(root, '[data-fit]'));
  whole.addEventListener('click', () => fit(map, page.bounds));
  whole.disabled = false;
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-show]') : null;
    const stop = button?.closest('[data-stop]')?.getAttribute('data-stop');
    if (!stop) return;
    open(stop);
    map.getContainer().scrollIntoView({ block: 'nearest' });
  });
}

/**
 * @param {HTMLElement} root
 * @param {import('../../vendor/leaflet.js').Map} map
 * @param {MapData} page
 * @param {(words: string) => void} tell
 */
function enableHere(root, map, { unit }, tell) {
  const { geolocation } = navigator;
  if (!geolocation) return;
  const here = new Here(map, { geolocation, unit, tell });
  const button = /** @type {HTMLButtonElement} */ (find(root, '[data-me]'));
  button.addEventListener('click', () => button.setAttribute('aria-pressed', String(here.toggle())));
  button.disabled = false;
  document.addEventListener('visibilitychange', () => here.look(document.visibilityState === 'visible'));
  window.addEventListener('pagehide', () => here.look(false));
  window.addEventListener('pageshow', () => here.look(true));
}

/**
 * @param {HTMLElement} place
 * @returns {(kind: string, words: string) => void} shows a line of each kind, or none
 */
function noteIn(place) {
  /** @type {Map<string, string>} */
  const said = new Map();
  return (kind, words) => {
    if ((said.get(kind) ?? '') === words) return;
    said.set(kind, words);
    const shape = (/** @type {string} */ one) => (one === 'here' ? 'navigation' : 'cloud-off');
    place.replaceChildren(...[...said].filter(([, line]) => line).map(([one, line]) => state('wait', shape(one), line)));
  };
}
