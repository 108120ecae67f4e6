/** Page module of one address's position: a map on which the pin is moved. Without it the fields do. */

import { find, icon, make } from '../element.js';
import { openMap } from '../map/base.js';
import { officeBasemap } from '../map/tiles.js';
import { Pin } from './pin.js';

/** @typedef {import('../../vendor/leaflet.js').Corners} Corners */
/** @typedef {{bounds: Corners, unit: string, basemap: import('../map/tiles.js').BasemapFacts | null}} PinData */

const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-pin]'));
if (place) start(place);

/** @param {HTMLElement} place */
function start(place) {
  /** @type {PinData} */
  const { bounds, unit, basemap } = JSON.parse(place.dataset.pin ?? '{}');
  place.hidden = false;
  const map = openMap(find(place, '[data-map]'), { basemap: officeBasemap(basemap), bounds, unit });
  const lat = /** @type {HTMLInputElement} */ (document.querySelector('#lat'));
  const lon = /** @type {HTMLInputElement} */ (document.querySelector('#lon'));
  new Pin(map, { lat, lon }, make('span', {}, icon('map-pin-check-inside')));
}
