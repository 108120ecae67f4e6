/** What the phone says of a stop that it knows more about than the page. */

import { state } from '../element.js';
import { clockTime } from '../words.js';

/** @typedef {import('./deeds.js').Deed} Deed */

/**
 * @param {{reason?: string, note?: string}} skip a reason's code, such as out_of_time, reads as its words do
 * @returns {string} `Out of time: the bridge is out`
 */
export function skipWords({ reason = 'other', note = '' }) {
  const words = note.trim().replace(/\s+/g, ' ');
  if (reason === 'other' && words) return words;
  const why = reason.replaceAll('_', ' ');
  return `${why[0].toUpperCase()}${why.slice(1)}${words ? `: ${words}` : ''}`;
}

/**
 * @param {Deed} deed
 * @returns {HTMLElement} where a visit or a skip is
 */
export function whereabouts({ kind, sent }) {
  const what = { visit: 'Visit made', skip: 'Skipped', unskip: 'Brought back' }[kind] ?? 'Done';
  return sent ? state('ok', 's-ok', `${what}, with the office`) : state('wait', 's-phone', `${what}, on this phone`);
}

/**
 * @param {string | Date} at
 * @returns {string} the clock as the agency reads it
 */
export function clockHere(at) {
  const { zone = 'UTC', clock = '24' } = document.body.dataset;
  return clockTime(at, { zone, clock: Number(clock), unit: '' });
}

/**
 * @param {Date} now
 * @returns {string} the agency's date, `2026-11-23`
 */
export function dateHere(now) {
  const { zone: timeZone = 'UTC' } = document.body.dataset;
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}
