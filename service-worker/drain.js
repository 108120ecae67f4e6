/** Empties an officer's outbox: one drain at a time over all tabs, facts, then previews, then photos, one failure never in the way. */

import { asOfficer } from './as-officer.js';
import { LOCK } from './drain-lock.js';
import { isDue, isSuspect, nextBatch } from './order.js';
import { enrol } from './keys.js';
import { listOutbox, updateRows } from './outbox.js';
import { listSubmittedPhotos } from './photos.js';
import { isHeld, readWay } from './photo-network.js';
import { sendPreview, wantsPreview } from './previews.js';
import { reportWaiting } from './report.js';
import { reachedAt, writeSetting } from './settings.js';
import { ifRoom } from './stores.js';
import { afterFailure, syncBatch } from './sync.js';

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
 * @property {string | null} retry_at when a drain has something to do again, UTC, ISO 8601; photos that wait for Wi-Fi
 *   are no reason to
 */

/**
 * @typedef {object} Options
 * @property {EventTarget} [events]
 * @property {boolean} [eager] do not wait for the back-off (the network came back, the officer tapped "Send now"); the
 *   office's own Retry-After is kept all the same
 * @property {boolean} [unattended] a timer or the browser caused it, not the officer
 * @property {string} [label] how the office's list of devices calls this phone
 * @property {() => Promise<Pick<typeof import('./uploads.js'), 'sendPhoto'>>} [load] what uploads photos: a third of all
 *   the modules' bytes, and most visits have no photo
 */

/** So many errors in a row are the office's trouble, not that of single items. */
const ERRORS_IN_A_ROW = 3;
const UNNOTED_MS = 30_000;

/**
 * Sends what waits. Tells `events` of each change: `outbox` (detail: what changed) and, at the end, `drained`
 * (detail: the summary).
 * @param {Stores} stores
 * @param {string} officer who is signed in; another officer's items are neither read nor sent
 * @param {Tools} tools
 * @param {Options} [options]
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
   * @param {Options} options
   */
  constructor(stores, officer, tools, { events, eager = false, unattended = false, label, load }) {
    this.stores = stores;
    this.officer = officer;
    this.tools = asOfficer(tools, officer, unattended);
    this.events = events;
    this.eager = eager;
    this.label = label;
    this.load = load ?? (() => import('./uploads.js'));
    this.summary = nothing();
    /** @type {Set<string>} */
    this.tried = new Set();
    this.errors = 0;
    this.reached = false;
  }

  /** @returns {Promise<Summary>} */
  async run() {
    while (this.summary.state === 'done' && (await this.step()));
    await this.report();
    if (this.reached) await ifRoom(writeSetting(this.stores, reachedAt(this.officer), this.tools.now().toISOString()));
    return { ...this.summary, retry_at: await this.retryAt() };
  }

  /**
   * Sends the next thing that is due. Looks anew each time: what was submitted meanwhile goes before the next photo.
   * @returns {Promise<boolean>} false when nothing is due
   */
  async step() {
    const { rows, photos } = await this.items();
    if (latestHold([...rows, ...photos]) > this.tools.now().getTime()) {
      this.summary.state = 'hold';
      return false;
    }
    const batch = nextBatch(rows, { now: this.tools.now(), tried: this.tried, eager: this.eager });
    if (batch.length > 0) return this.sendRows(batch);
    const unseen = this.nextPreview(photos);
    if (unseen) return this.sendPreview(unseen);
    const photo = await this.nextPhoto(photos);
    return photo ? this.sendPhoto(photo) : false;
  }

  /**
   * What there is. A photo whose visit has left the outbox may go, also where a full disk kept that from being written.
   * @returns {Promise<{rows: OutboxRow[], photos: Photo[]}>}
   */
  async items() {
    const rows = await listOutbox(this.stores, this.officer);
    const held = new Set(rows.map(({ id }) => id));
    const photos = (await listSubmittedPhotos(this.stores, this.officer)).map((photo) =>
      photo.state === 'frozen' && !held.has(photo.visit) ? { ...photo, state: /** @type {const} */ ('waiting') } : photo,
    );
    return { rows, photos };
  }

  /** Tells the office what is left; not where it was not reached and something waits for its next try. */
  async report() {
    if (this.summary.state !== 'done' || !(this.reached || (await this.retryAt()) === null)) return;
    if (await reportWaiting(this.stores, this.officer, this.tools)) this.reached = true;
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
  async sendPreview(photo) {
    this.tried.add(previewOf(photo));
    const answer = await sendPreview(this.stores, photo, this.tools);
    if (answer.state === 'ok') return true;
    this.tried.add(photo.id);
    return this.stop(answer);
  }

  /** @param {Photo} photo */
  async sendPhoto(photo) {
    this.tried.add(photo.id);
    const progress = (/** @type {number} */ sent) =>
      this.tell({ ids: [photo.id], state: 'sending', sent, bytes: photo.bytes });
    progress(photo.sent);
    const { sendPhoto } = await this.load();
    const answer = await sendPhoto(this.stores, photo, this.tools, progress);
    if (answer.state === 'ok') this.summary.photos += 1;
    this.tell({ ids: [photo.id], state: answer.state });
    return this.goOn(answer, true);
  }

  /**
   * A photo whose preview is still to go; the supervisor sees all of the day before the first original is sent.
   * @param {Photo[]} photos
   */
  nextPreview(photos) {
    const due = photos.filter((photo) => wantsPreview(photo) && isDue(photo, this.tools.now(), this.eager));
    return due.find((photo) => !this.tried.has(previewOf(photo)));
  }

  /** @param {Photo[]} photos */
  async nextPhoto(photos) {
    const way = await readWay(this.stores, this.tools.connection);
    const due = photos.filter((photo) => !this.tried.has(photo.id) && isDue(photo, this.tools.now(), this.eager));
    return due.find((photo) => !isHeld(photo, way));
  }

  /**
   * @param {Answer} answer
   * @param {boolean} alone whether the request carried a single item, whose own fault an error may be
   * @returns {boolean}
   */
  goOn(answer, alone) {
    if (answer.state === 'ok') {
      this.errors = 0;
      this.reached = true;
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
    const { rows, photos } = await this.items();
    const way = await readWay(this.stores, this.tools.connection);
    const going = photos.filter((photo) => !isHeld(photo, way) || wantsPreview(photo));
    const waiting = [...rows, ...going].filter(({ state }) => state === 'waiting' || state === 'sending');
    if (waiting.length === 0 || this.summary.state === 'sign_in') return null;
    const hold = latestHold([...rows, ...photos]);
    // What was not tried because another item failed does not try the office again before that one does.
    const failed = waiting.filter(({ id, next_try_at }) => this.tried.has(id) && next_try_at !== null);
    const next = this.summary.state === 'done' || failed.length === 0 ? waiting : failed;
    // where the disk is too full to write down when, the next try is not at once either
    const least = this.summary.state !== 'done' && failed.length === 0 ? UNNOTED_MS : 0;
    const soonest = Math.min(...next.map(({ next_try_at }) => (next_try_at ? Date.parse(next_try_at) : 0)));
    return new Date(Math.max(hold, soonest, this.tools.now().getTime() + least)).toISOString();
  }
}

/**
 * @param {Photo} photo
 * @returns {string} what its preview is called among all that was tried
 */
function previewOf({ id }) {
  return `${id}/preview`;
}

/** @param {{hold_until: string | null}[]} items */
function latestHold(items) {
  return Math.max(0, ...items.map(({ hold_until }) => (hold_until ? Date.parse(hold_until) : 0)));
}

/** @returns {Summary} */
function nothing() {
  return { state: 'done', received: 0, refused: 0, photos: 0, retry_at: null };
}
