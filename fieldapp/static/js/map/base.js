/** A map in a page: Leaflet over the agency's own basemap, or over plain ground. It asks nobody but the office. */

import { Map as LeafletMap, control } from '../../vendor/leaflet.js';
import { leafletLayer, namedFlavor } from '../../vendor/protomaps-leaflet.js';

/** @typedef {import('../../vendor/leaflet.js').Corners} Corners */
/** @typedef {import('./tiles.js').Basemap} Basemap */

const ATTRIBUTION = '<a href="https://www.openstreetmap.org/copyright" rel="noopener" target="_blank">© OpenStreetMap contributors</a>';
const NEAREST = 19;
const CLOSE_ENOUGH = 17;
const MARGIN_PX = 40;
const SHARPEST = 2; // device pixels: a third one makes a map slow and hardly clearer

/**
 * Opens a map with zoom buttons, a scale and the basemap's attribution. It follows the light or dark screen.
 * @param {HTMLElement} container with a height of its own
 * @param {object} options
 * @param {Basemap | null} options.basemap
 * @param {Corners} options.bounds south-west and north-east, degrees
 * @param {string} [options.unit] `mi` or `km`
 * @returns {LeafletMap}
 */
export function openMap(container, { basemap, bounds, unit = 'km' }) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const moving = { zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm };
  const map = new LeafletMap(container, { ...moving, maxZoom: NEAREST, zoomControl: false });
  map.attributionControl.setPrefix(false);
  control.zoom({ zoomInTitle: 'Nearer', zoomOutTitle: 'Farther' }).addTo(map);
  control.scale({ imperial: unit === 'mi', metric: unit !== 'mi' }).addTo(map);
  fit(map, bounds);
  if (basemap) showBasemap(map, basemap);
  return map;
}

/**
 * @param {LeafletMap} map
 * @param {Corners} bounds
 */
export function fit(map, bounds) {
  map.fitBounds(bounds, { maxZoom: CLOSE_ENOUGH, padding: [MARGIN_PX, MARGIN_PX] });
}

/**
 * Draws the basemap, and draws it anew when the screen turns light or dark.
 * @param {LeafletMap} map
 * @param {Basemap} basemap
 */
function showBasemap(map, { tiles, maxZoom }) {
  /** @type {import('../../vendor/leaflet.js').GridLayer | undefined} */
  let layer;
  let shown = '';
  const show = () => {
    const flavor = isDark() ? 'dark' : 'light';
    if (flavor === shown) return;
    shown = flavor;
    layer?.remove();
    layer = groundOf(flavor, tiles, maxZoom).addTo(map);
  };
  show();
  window.addEventListener('online', () => void layer?.redraw()); // what could not be had before
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

/**
 * @param {string} flavor
 * @param {import('./tiles.js').Tiles} tiles
 * @param {number} maxZoom
 */
function groundOf(flavor, tiles, maxZoom) {
  const devicePixelRatio = Math.min(window.devicePixelRatio, SHARPEST);
  const layer = leafletLayer({ url: tiles, maxDataZoom: maxZoom, flavor, attribution: ATTRIBUTION, lang: 'en', devicePixelRatio });
  layer.backgroundColor = namedFlavor(flavor).earth; // not every basemap says where land is
  return layer;
}

/** @returns {boolean} as the light switch has it, else as the phone has it */
function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
