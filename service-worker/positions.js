/** Where the phone is, taken fresh, with an honest state instead of an error; and how far that is from an address. */

/**
 * @typedef {object} Position
 * @property {'fix' | 'poor' | 'refused' | 'unavailable'} state
 * @property {number | null} lat degrees, WGS 84; null unless fix or poor
 * @property {number | null} lon degrees, WGS 84
 * @property {number | null} accuracy_m meters, radius of 95 % confidence (W3C Geolocation section 9.4)
 * @property {string} taken_at UTC, ISO 8601, by the phone's clock
 */

/** A fix less accurate than this does not tell one house from the next street. */
export const POOR_BEYOND_M = 100;
const TIMEOUT_MS = 10_000;
const EARTH_RADIUS_M = 6_371_008.8; // mean radius, IUGG
const REFUSED = 1; // GeolocationPositionError.PERMISSION_DENIED

/**
 * Takes a position that is not older than this call. Never rejects and never takes longer than the timeout: a visit
 * is not held up by a missing position, it is recorded as missing.
 * @param {{geolocation?: Geolocation, now?: () => Date, timeoutMs?: number, poorBeyondM?: number}} [options]
 * @returns {Promise<Position>}
 */
export function takePosition({
  geolocation = globalThis.navigator.geolocation,
  now = () => new Date(),
  timeoutMs = TIMEOUT_MS,
  poorBeyondM = POOR_BEYOND_M,
} = {}) {
  return new Promise((resolve) => {
    /** @param {'refused' | 'unavailable'} state */
    const without = (state) => resolve(noPosition(state, now()));
    if (!geolocation) return without('unavailable');
    // The browser's own timeout does not run while it asks for permission, and an unanswered question must not block.
    const timer = setTimeout(without, timeoutMs, 'unavailable');
    geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer);
        const { latitude: lat, longitude: lon, accuracy: accuracy_m } = coords;
        const state = accuracy_m > poorBeyondM ? 'poor' : 'fix';
        resolve({ state, lat, lon, accuracy_m, taken_at: now().toISOString() });
      },
      (error) => {
        clearTimeout(timer);
        without(error.code === REFUSED ? 'refused' : 'unavailable');
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: timeoutMs },
    );
  });
}

/**
 * @param {'refused' | 'unavailable'} state
 * @param {Date} now
 * @returns {Position} without degrees
 */
export function noPosition(state, now) {
  return { state, lat: null, lon: null, accuracy_m: null, taken_at: now.toISOString() };
}

/**
 * Great-circle distance by the haversine formula, within 0.6 % of the geodesic.
 * @param {{lat: number | null, lon: number | null}} here degrees
 * @param {{lat: number | null, lon: number | null}} there degrees
 * @returns {number | null} meters; null when either is unknown
 */
export function distanceMeters(here, there) {
  if (here.lat === null || here.lon === null || there.lat === null || there.lon === null) return null;
  const half = (/** @type {number} */ from, /** @type {number} */ to) => Math.sin(radians(to - from) / 2) ** 2;
  const shrink = Math.cos(radians(here.lat)) * Math.cos(radians(there.lat));
  const chord = half(here.lat, there.lat) + shrink * half(here.lon, there.lon);
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
