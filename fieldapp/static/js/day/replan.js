/**
 * Re-plan from here: what is left, in the best order from where the phone is. The office is asked for it; where it cannot be
 * reached the phone finds the order itself. Nothing changes before the officer uses it; then it goes as any order does.
 */

import { keepOrder } from './arrange.js';
import { deedsOf } from './deeds.js';
import { proposeHere } from './propose.js';
import { rememberTimes } from './own-times.js';
import { ReplanSheet } from './replan-sheet.js';
import { isLeft, orderWith } from './state.js';
import { asOfficer } from '../../../service-worker/as-officer.js';
import { askOffice } from '../../../service-worker/ask.js';
import { packedCopy, readPack } from '../../../service-worker/day-pack.js';
import { listDrafts } from '../../../service-worker/drafts.js';
import { takePosition } from '../../../service-worker/positions.js';
import { browserTools } from '../../../service-worker/tools.js';

/** @typedef {import('./propose.js').Proposal} Proposal */
/** @typedef {import('./rest.js').Here} Here */
/** @typedef {import('./state.js').DayNow} DayNow */
/** @typedef {import('./view.js').DayView} DayView */
/** @typedef {{stores: import('../../../service-worker/stores.js').Stores, officer: string, now: () => DayNow}} Day */

/** A position rougher than this says less than the last stop does. */
const USELESS_M = 1000;
const POSITION_MS = 8000;
const OFFICE_MS = 12_000;
/** These answers of the office say that nothing can be re-planned, not that it is out of reach. */
const FINAL = [403, 404, 409, 422];
const NO_TIMES = 'The office cannot be reached, and the travel times of this day are not on this phone. Arrange the stops by hand.';

/**
 * Opens the sheet, asks, and shows what came of it.
 * @param {DayView} view
 * @param {Day} day
 */
export async function openReplan(view, day) {
  const sheet = new ReplanSheet(view);
  sheet.onUse = (proposal) => use(view, day, proposal);
  sheet.open();
  try {
    await ask(view, day, sheet);
  } catch (error) {
    if (!(error instanceof RangeError)) console.error(error);
    sheet.refuse(error instanceof RangeError ? error.message : 'This could not be re-planned. Close it and try again.');
  }
}

/**
 * @param {DayView} view
 * @param {Day} day
 * @param {ReplanSheet} sheet
 */
async function ask(view, day, sheet) {
  const stops = (await aheadOf(day)).map(({ id }) => id);
  const here = await whereNow(view, day);
  sheet.say('Finding the best order');
  const said = await askTheOffice(view.page.plan, stops, here, day.officer);
  const proposal = said ?? (await proposeOnPhone(view.page.plan, stops, here));
  if (sheet.closed) return;
  sheet.show(proposal, { here, now: stops, office: said !== null });
}

/**
 * Stops left, but not the one whose visit has begun: the officer is there.
 * @param {Day} day
 */
async function aheadOf({ stores, officer, now }) {
  const begun = new Set((await listDrafts(stores, officer)).map(({ stop }) => stop));
  return now().stops.filter((stop) => isLeft(stop) && !begun.has(stop.id));
}

/**
 * @param {DayView} view
 * @param {Day} day
 * @returns {Promise<Here>}
 */
async function whereNow({ page }, { stores, officer }) {
  const [{ lat, lon, accuracy_m }, deeds] = await Promise.all([
    takePosition({ timeoutMs: POSITION_MS }),
    deedsOf(stores, officer, document.body.dataset.at),
  ]);
  const stops = new Set(page.stops.map(([id]) => id));
  const made = deeds.findLast(({ kind, body }) => kind === 'visit' && stops.has(body.stop));
  const known = lat !== null && lon !== null && (accuracy_m ?? Infinity) <= USELESS_M;
  return { position: known ? [lat, lon] : null, last: made?.body.stop ?? page.last ?? null };
}

/**
 * @param {string} plan
 * @param {string[]} stops
 * @param {Here} here
 * @param {string} officer
 * @returns {Promise<Proposal | null>} null where the office is out of reach
 * @throws {RangeError} with the office's sentence where nothing can be re-planned
 */
async function askTheOffice(plan, stops, { position, last }, officer) {
  if (!navigator.onLine) return null;
  const at = position && { lat: position[0], lon: position[1] };
  const tools = asOfficer(browserTools(), officer);
  const answer = await askOffice(`/replan/${plan}`, { json: { stops, position: at, last } }, tools, OFFICE_MS);
  if (answer.state === 'ok') return answer.body;
  if (answer.state === 'trouble' && FINAL.includes(answer.status)) throw new RangeError(answer.reason);
  return null;
}

/**
 * @param {string} plan
 * @param {string[]} stops
 * @param {Here} here
 * @returns {Promise<Proposal>}
 */
async function proposeOnPhone(plan, stops, here) {
  const tools = { caches, now: () => new Date() };
  const pack = await readPack(tools);
  const path = pack?.pages.find((page) => page.startsWith(`/plan/${plan}/travel/`));
  const copy = path ? await packedCopy(path, tools) : undefined;
  if (!copy) throw new RangeError(NO_TIMES);
  return proposeHere(await copy.json(), stops, here, { now: new Date(), zone: document.body.dataset.zone ?? 'UTC' });
}

/**
 * The order that is used goes through the outbox, with how the day goes on, so that the office can time it from here.
 * @param {DayView} view
 * @param {Day} day
 * @param {Proposal} proposal
 */
async function use(view, day, { stops, to, drive_s, drive_m, lunch }) {
  const proposed = stops.map(({ id }) => id);
  const { stops: now } = day.now();
  const others = now.filter((stop) => isLeft(stop) && !proposed.includes(stop.id)).map(({ id }) => id); // where the officer is
  const left = new Set(now.filter((stop) => isLeft(stop) && proposed.includes(stop.id)).map(({ id }) => id));
  const over = now.filter(({ id, state }) => state !== 'skipped' && !left.has(id)).map(({ id }) => id);
  const ahead = proposed.filter((id) => left.has(id)); // one may have been made or skipped since it was asked
  rememberTimes(localStorage, view.page.plan, stops);
  await keepOrder(view, day, orderWith(now, [...others, ...ahead]), { over, to, drive_s, drive_m, lunch });
}
