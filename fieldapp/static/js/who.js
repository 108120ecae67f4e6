/** Who uses this phone: the officer of the last page that the office made for it, until they sign out. */

const KEY = 'fieldapp-officer';
const DOOR = 'fieldapp-door';

/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Memory */

/**
 * @param {Memory} memory
 * @returns {string | null} user UUID; null after signing out
 */
export function officerHere(memory) {
  return memory.getItem(KEY);
}

/**
 * @param {Memory} memory
 * @param {string} officer user UUID
 */
export function rememberOfficer(memory, officer) {
  memory.setItem(KEY, officer);
  memory.removeItem(DOOR);
}

/**
 * Forgets the officer since the office does not let this phone in, and keeps why, for the sign-in page to say.
 * @param {Memory} memory
 * @param {string} officer
 * @param {string} door
 */
export function shutOut(memory, officer, door) {
  forgetOfficer(memory);
  memory.setItem(DOOR, JSON.stringify({ officer, door }));
}

/**
 * @param {Memory} memory
 * @returns {{officer: string, door: string} | null} why the last officer was shut out; null when they were not
 */
export function whyShut(memory) {
  return JSON.parse(memory.getItem(DOOR) ?? 'null');
}

/** @param {Memory} memory */
export function forgetOfficer(memory) {
  memory.removeItem(KEY);
}
