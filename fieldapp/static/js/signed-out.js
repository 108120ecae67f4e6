/**
 * Page module of the sign-in page: after signing out, the day's pages and the names of what was received leave this phone;
 * when the office has signed the phone off, they and its key do. Drafts and outbox stay.
 */

import { forgetOfficer, officerHere, whyShut } from './who.js';
import { erasePack } from '../../service-worker/day-pack.js';

const shut = whyShut(localStorage);
const officer = officerHere(localStorage) ?? shut?.officer;
if (new URLSearchParams(location.search).has('out')) {
  forgetOfficer(localStorage);
  if ('caches' in window) void erasePack(caches);
  void forgetNames();
} else if (officer && 'caches' in window) {
  void sayWhy(officer);
}

async function forgetNames() {
  const { forgetReceived } = await import('../../service-worker/received.js');
  const { sendFor } = await import('../../service-worker/send-for.js');
  const { Stores } = await import('../../service-worker/stores.js');
  const stores = new Stores();
  await forgetReceived(stores, { now: new Date(), all: true });
  await sendFor(stores, undefined);
}

/** @param {string} officer who used this phone last */
async function sayWhy(officer) {
  const { checkDoor, showDoor } = await import('./door.js');
  const { Stores } = await import('../../service-worker/stores.js');
  const { readSyncState } = await import('../../service-worker/sync-state.js');
  const stores = new Stores();
  const door = /** @type {import('./door.js').Door | null} */ (shut?.door ?? (await checkDoor(stores, officer)));
  const { waiting, attention } = await readSyncState(stores, officer);
  if (door && door !== 'signed_out') showDoor(document.body, door, waiting + attention);
}
