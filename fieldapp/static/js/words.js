/** Times, distances and sizes as the agency writes them; the office's pages follow the same rules. */

/** @typedef {{zone: string, clock: number, unit: string}} Manner zone: IANA name; clock: 12 or 24; unit: mi or km */

const FEET_PER_METER = 1 / 0.3048;
const METERS_PER_MILE = 1609.344;

/**
 * @param {string | Date} at
 * @param {Manner} manner
 * @returns {string} `13:50` or `1:50 pm`
 */
export function clockTime(at, manner) {
  return timeWords(at, manner, { minute: '2-digit' });
}

/**
 * @param {string | Date} at
 * @param {Manner} manner
 * @param {Date} now
 * @returns {string} the clock, of another day with its date: `Nov 22, 23:50`
 */
export function whenWords(at, manner, now) {
  const format = formatOf({ timeZone: manner.zone, month: 'short', day: 'numeric' });
  const day = format.format(new Date(at));
  return day === format.format(now) ? clockTime(at, manner) : `${day}, ${clockTime(at, manner)}`;
}

/**
 * @param {string | Date} at
 * @param {Manner} manner
 * @returns {string} the clock with seconds, for photos and receipts
 */
export function exactTime(at, manner) {
  return timeWords(at, manner, { minute: '2-digit', second: '2-digit' });
}

/**
 * @param {string | Date} at
 * @param {Manner} manner
 * @param {Intl.DateTimeFormatOptions} parts beside the hours
 */
function timeWords(at, { zone, clock }, parts) {
  /** @type {Intl.DateTimeFormatOptions} */
  const hours = clock === 24 ? { hour: '2-digit', hourCycle: 'h23' } : { hour: 'numeric', hour12: true };
  const format = formatOf({ ...hours, ...parts, timeZone: zone });
  return format.format(new Date(at)).replace(/\s*([AP])M$/, (_all, half) => ` ${half.toLowerCase()}m`);
}

/** Each tap asks for one, and making it costs a slow phone a millisecond and more. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options */
function formatOf(options) {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-US', options);
  formats.set(key, format);
  return format;
}

/**
 * @param {number} meters
 * @param {Manner} manner
 * @returns {string} `31 m`, `1.8 km`, or `102 ft`, `1.1 mi`
 */
export function distanceWords(meters, { unit }) {
  const metric = unit === 'km';
  const near = Math.round(metric ? meters : meters * FEET_PER_METER);
  if (near < 1000) return `${near} ${metric ? 'm' : 'ft'}`;
  const far = metric ? meters / 1000 : meters / METERS_PER_MILE;
  const text = far < 9.95 ? far.toFixed(1).replace(/\.0$/, '') : Math.round(far).toLocaleString('en-US');
  return `${text} ${unit}`;
}

/**
 * @param {number} bytes
 * @returns {string} `612 B`, `38 KB`, `2.8 MB`, `11.4 GB`
 */
export function sizeWords(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * @param {number} ms
 * @returns {string} `now`, `7 min`, `2 h`, `3 days`
 */
export function ageWords(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 * @returns {string} `1 photo`, `4 photos`
 */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
