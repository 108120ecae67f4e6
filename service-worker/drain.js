/** Empties an officer's outbox: one drain at a time over all tabs, facts before photos, one failure never in the way. */

import { asOfficer } from './as-officer.js';
import { isDue, isSuspect, nextBatch } from './order.js';
import { enrol } from './keys.js';
import { listOutbox, updateRows } from './outbox.js';
import { listSubmittedPhotos } from './photos.js';
import { afterFailure, syncBatch } from './sync.js';
import { sendPhoto } from './uploads.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./tools.js').Tools} Tools */
/** @typedef {import('./ask.js').Answer} Answer */
/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */
/** @typedef {import('./photos.js').Photo} Photo */

/**
 * done: all that was due had its turn. sign_in: the officer must sign in first. hold: the office asked to be left
 * alone. trouble: it answers with errors. offline: it was not reached. busy: another drain runs and one already waits
 * behind it.
 * @typedef {'done' | 'sign_in' | 'hold' | 'trouble' | 'offline' | 'busy'} DrainState
 */

/**
 * @typedef {object} Summary
 * @property {DrainState} state
 * @property {number} received submissions let go
 * @property {number} refused submissions set aside with a reason
 * @property {number} photos photos let go or set aside
 * @property {string | null} retry_at when a drain has something to do again, UTC, ISO 8601
 */

const LOCK = 'fieldapp-drain';
/** So many errors in a row are the office's trouble, not that of single items. */
const ERRORS_IN_A_ROW = 3;

/**
 * Sends what waits. Tells `events` of each change: `outbox` (detail: what changed) and, at the end, `drained`
 * (detail: the summary).
 * @param {Stores} stores
 * @param {string} officer who is signed in; another officer's items are neither read nor sent
 * @param {Tools} tools
 * @param {{events?: EventTarget, eager?: boolean, unattended?: boolean, label?: string}} [options] `eager`: do not wait for the back-off
 *   (the network came back, the officer tapped "Send now"); the office's own Retry-After is kept all the same.
 *   `unattended`: a timer caused it, not the officer
 * @returns {Promise<Summary>} rejects only when the phone's database fails
 */
export async function drain(stores, officer, tools, options = {}) {
  const { pending = [] } = await tools.locks.query();
  if (pending.some((lock) => lock.name === LOCK)) return { ...nothing(), state: 'busy' };
  return tools.locks.request(LOCK, async () => {
    const summary = await new Drain(stores, officer, tools, options).run();
    options.events?.dispatchEvent(new CustomEvent('drained', { detail: summary }));
    return summary;
  });
}

/** One pass over an outbox; each item gets one turn. */
class Drain {
  /**
   * @param {Stores} stores
   * @param {string} officer
   * @param {Tools} tools
   * @param {{events?: EventTarget, eager?: boolean, unattended?: boolean, label?: string}} options
   */
  constructor(stores, officer, tools, { events, eager = false, unattended = false, label }) {
    this.stores = stores;
    this.officer = officer;
    this.tools = asOfficer(tools, officer, unattended);
    this.events = events;
    this.eager = eager;
    this.label = label;
    this.summary = nothing();
    /** @type {Set<string>} */
    this.tried = new Set();
    this.errors = 0;
  }

  /** @returns {Promise<Summary>} */
  async run() {
    while (this.summary.state === 'done' && (await this.step()));
    return { ...this.summary, retry_at: await this.retryAt() };
  }

  /**
   * Sends the next thing that is due. Looks anew each time: what was submitted meanwhile goes before the next photo.
   * @returns {Promise<boolean>} false when nothing is due
   */
  async step() {
    const rows = await listOutbox(this.stores, this.officer);
    const photos = await listSubmittedPhotos(this.stores, this.officer);
    if (latestHold([...rows, ...photos]) > this.tools.now().getTime()) {
      this.summary.state = 'hold';
      return false;
    }
    const batch = nextBatch(rows, { now: this.tools.now(), tried: this.tried, eager: this.eager });
    if (batch.length > 0) return this.sendRows(batch);
    const photo = this.nextPhoto(photos);
    return photo ? this.sendPhoto(photo) : false;
  }

  /** @param {OutboxRow[]} rows */
  async sendRows(rows) {
    for (const { id } of rows) this.tried.add(id);
    const known = await enrol(this.stores, this.officer, this.tools, { label: this.label });
    if (known.state !== 'ok') {
      await updateRows(this.stores, rows, (row) => afterFailure(row, known, this.tools));
      return this.stop(known);
    }
    this.tell({ ids: rows.map(({ id }) => id), state: 'sending' });
    const { answer, counts } = await syncBatch(this.stores, this.officer, rows, this.tools);
    this.summary.received += counts.received;
    this.summary.refused += counts.refused;
    this.tell({ ids: rows.map(({ id }) => id), state: answer.state });
    return this.goOn(answer, rows.length === 1 && isSuspect(rows[0]));
  }

  /** @param {Photo} photo */
  async sendPhoto(photo) {
    this.tried.add(photo.id);
    const progress = (/** @type {number} */ sent) =>
      this.tell({ ids: [photo.id], state: 'sending', sent, bytes: photo.bytes });
    progress(photo.sent);
    const answer = await sendPhoto(this.stores, photo, this.tools, progress);
    if (answer.state === 'ok') this.summary.photos += 1;
    this.tell({ ids: [photo.id], state: answer.state });
    return this.goOn(answer, true);
  }

  /** @param {Photo[]} photos */
  nextPhoto(photos) {
    return photos.find((photo) => !this.tried.has(photo.id) && isDue(photo, this.tools.now(), this.eager));
  }

  /**
   * @param {Answer} answer
   * @param {boolean} alone whether the request carried a single item, whose own fault an error may be
   * @returns {boolean}
   */
  goOn(answer, alone) {
    if (answer.state === 'ok') {
      this.errors = 0;
      this.eager = true; // the office is there: what only waited for it need not wait longer
      return true;
    }
    this.errors += 1;
    if (answer.state === 'trouble' && alone && this.errors < ERRORS_IN_A_ROW) return true;
    return this.stop(answer);
  }

  /** @param {Exclude<Answer, {state: 'ok'}>} answer */
  stop(answer) {
    this.summary.state = answer.state;
    return false;
  }

  /** @param {Record<string, unknown>} detail */
  tell(detail) {
    this.events?.dispatchEvent(new CustomEvent('outbox', { detail }));
  }

  /** @returns {Promise<string | null>} */
  async retryAt() {
    const rows = await listOutbox(this.stores, this.officer);
    const photos = await listSubmittedPhotos(this.stores, this.officer);
    const waiting = [...rows, ...photos].filter(({ state }) => state === 'waiting' || state === 'sending');
    if (waiting.length === 0 || this.summary.state === 'sign_in') return null;
    const hold = latestHold([...rows, ...photos]);
    // What was not tried because another item failed does not try the office again before that one does.
    const failed = waiting.filter(({ id, next_try_at }) => this.tried.has(id) && next_try_at !== null);
    const next = this.summary.state === 'done' || failed.length === 0 ? waiting : failed;
    const soonest = Math.min(...next.map(({ next_try_at }) => (next_try_at ? Date.parse(next_try_at) : 0)));
    return new Date(Math.max(hold, soonest, this.tools.now().getTime())).toISOString();
  }
}

/** @param {{hold_until: string | null}[]} items */
function latestHold(items) {
  return Math.max(0, ...items.map(({ hold_until }) => (hold_until ? Date.parse(hold_until) : 0)));
}

/** @returns {Summary} */
function nothing() {
  return { state: 'done', received: 0, refused: 0, photos: 0, retry_at: null };
}
