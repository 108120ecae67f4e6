/** What the outbox lists, out of the phone's rows: a submission with its photos, what is left of a visit's photos, a draft. */

import { isHeld } from '../../../service-worker/photo-network.js';

/** @typedef {import('../../../service-worker/outbox.js').OutboxRow} OutboxRow */
/** @typedef {import('../../../service-worker/photos.js').Photo} Photo */
/** @typedef {import('../../../service-worker/received.js').Received} Received */
/** @typedef {import('../../../service-worker/photo-network.js').Way} Way */

/**
 * @typedef {object} Item
 * @property {string[]} ids what "Try again" is for
 * @property {string} kind visit, check_in, note … or photos
 * @property {string} title
 * @property {'waiting' | 'sending' | 'needs_attention'} state
 * @property {string | null} reason why it still waits
 * @property {boolean} failed whether the last try failed
 * @property {number} bytes photos included
 * @property {number} sent of them, as the office has confirmed
 * @property {string} made_at UTC, ISO 8601
 * @property {number} photos how many go with it, or are left
 * @property {number} received photos of the visit that the office holds already
 * @property {string | null} next_try_at UTC, ISO 8601
 * @property {string | null} hold_until UTC, ISO 8601
 * @property {number} held bytes that wait for Wi-Fi
 */

/**
 * Photos of a visit whose facts are with the office are one item together; one that needs attention stands for itself.
 * @param {{rows: OutboxRow[], photos: Photo[], received: Received[], way: Way}} here of one officer
 * @param {boolean} busy whether a drain runs: without one, nothing is really being sent
 * @returns {Item[]}
 */
export function outboxItems({ rows, photos, received, way }, busy) {
  const named = new Set(rows.map(({ id }) => id));
  const alone = photos.filter(({ visit }) => !named.has(visit));
  const refused = alone.filter(({ state }) => state === 'needs_attention');
  const rest = grouped(
    alone.filter(({ state }) => state !== 'needs_attention'),
    ({ visit }) => visit,
  );
  const items = [
    ...rows.map((row) => submission(row, photos.filter(({ visit }) => visit === row.id))),
    ...refused.map((photo) => pictures([photo], received.filter(({ id }) => id === photo.visit), 'go')),
    ...[...rest].map(([visit, left]) => pictures(left, received.filter((entry) => entry.visit === visit), way)),
  ];
  return items.map((item) => (item.state === 'sending' && !busy ? { ...item, state: /** @type {const} */ ('waiting') } : item));
}

/**
 * What the office received on this day, photos of a visit together, the latest first.
 * @param {Received[]} received
 * @param {(at: string) => boolean} isToday
 * @returns {{title: string, kind: string, photos: number, received_at: string, sha256: string}[]}
 */
export function receivedToday(received, isToday) {
  const today = received.filter(({ received_at }) => isToday(received_at));
  const groups = grouped(today, ({ kind, visit }) => `${kind === 'photo'} ${visit}`);
  const titles = new Map(received.map(({ id, title }) => [id, title]));
  return [...groups.values()].map((rows) => {
    const [{ kind, visit, received_at, sha256 }] = rows;
    return { title: titles.get(visit) ?? '', kind, photos: kind === 'photo' ? rows.length : 0, received_at, sha256 };
  });
}

const HELD = /** @type {Record<Way, string>} */ ({
  go: '',
  not_wifi: 'Waits for Wi-Fi.',
  unknown: 'Waits until you tap Send photos now.',
});

/**
 * @param {OutboxRow} row
 * @param {Photo[]} photos
 * @returns {Item}
 */
function submission({ id, kind, title, state, reason, tries, bytes, made_at, next_try_at, hold_until }, photos) {
  const all = photos.reduce((sum, photo) => sum + photo.bytes, bytes);
  const waits = { next_try_at, hold_until, failed: tries > 0 };
  return { ids: [id], kind, title, state, reason, bytes: all, sent: 0, made_at, photos: photos.length, received: 0, held: 0, ...waits };
}

/**
 * @param {Photo[]} left one at least
 * @param {Received[]} known of the same visit: its submission and the photos that the office holds
 * @param {Way} way
 * @returns {Item}
 */
function pictures(left, known, way) {
  const done = known.filter(({ kind }) => kind === 'photo');
  const speaking = left.find(({ state }) => state !== 'waiting' && state !== 'frozen') ?? left.find(({ reason }) => reason) ?? left[0];
  const sum = (/** @type {{bytes: number}[]} */ rows) => rows.reduce((total, { bytes }) => total + bytes, 0);
  const gone = left.reduce((total, { sent }) => total + sent, sum(done));
  const held = sum(left.filter((photo) => isHeld(photo, way)));
  const all = held > 0 && left.every((photo) => isHeld(photo, way));
  const { next_try_at, hold_until } = speaking;
  return {
    ids: left.map(({ id }) => id),
    kind: 'photos',
    title: known.find(({ kind }) => kind !== 'photo')?.title ?? '',
    state: speaking.state === 'sending' || speaking.state === 'needs_attention' ? speaking.state : 'waiting',
    reason: all ? HELD[way] : speaking.reason,
    failed: !all && left.some(({ tries }) => tries > 0),
    bytes: sum(left) + sum(done),
    sent: gone,
    made_at: left[0].taken_at,
    photos: left.length,
    received: done.length,
    next_try_at: all ? null : next_try_at,
    hold_until: all ? null : hold_until,
    held,
  };
}

/**
 * @template T
 * @param {T[]} rows
 * @param {(row: T) => string} key
 * @returns {Map<string, T[]>}
 */
function grouped(rows, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}
