/** An officer's phone for the tests: real database, real cryptography, a clock and a network that the test moves. */

import { drain } from '/service-worker/drain.js';
import { startDraft } from '/service-worker/drafts.js';
import { submit, submitVisit } from '/service-worker/outbox.js';
import { capturePhoto } from '/service-worker/photos.js';
import { browserTools } from '/service-worker/tools.js';
import { FakeOffice } from '/tests/js/harness/office.js';

export const POSITION = { state: 'fix', lat: 39.29, lon: -76.61, accuracy_m: 8, taken_at: '2026-11-19T18:52:00.000Z' };
export const APP = '0.1.0';

export class Phone {
  clock = Date.parse('2026-11-19T18:52:31.412Z');
  officer = crypto.randomUUID();
  events = new EventTarget();
  told = [];

  /** @returns {Promise<Phone>} */
  static async open(t, overrides = {}) {
    const phone = new Phone();
    phone.stores = t.stores();
    phone.office = await FakeOffice.open();
    phone.tools = {
      ...browserTools(),
      locks: separateLocks(phone.stores.name),
      fetch: phone.office.fetch,
      now: () => new Date(phone.clock),
      random: () => 0.5,
      storage: { estimate: async () => ({ quota: 1_000_000_000, usage: 1_000_000 }) },
      ...overrides,
    };
    for (const type of ['outbox', 'drained']) phone.events.addEventListener(type, (event) => phone.told.push(event.detail));
    return phone;
  }

  pass(seconds) {
    this.clock += seconds * 1000;
  }

  drain(options = {}) {
    return drain(this.stores, this.officer, this.tools, { events: this.events, ...options });
  }

  /** Drains until nothing waits, as the chances of a day would. */
  async drainAll() {
    for (let round = 0; round < 30; round += 1) {
      const { retry_at } = await this.drain();
      if (!retry_at) return;
      this.clock = Math.max(this.clock, Date.parse(retry_at));
    }
    throw new Error('The outbox does not get empty.');
  }

  draft(values = {}) {
    const ids = { id: crypto.randomUUID(), officer: this.officer, supervisee: crypto.randomUUID(), address: crypto.randomUUID() };
    return startDraft(this.stores, { ...ids, stop: null, place: 'home', title: 'Marcus Bell', body: {}, ...values }, this.tools);
  }

  photo(draft, bytes = randomBytes(1000), facts = {}) {
    this.pass(1);
    const about = { visit: draft.id, officer: draft.officer, item: 'visit', source: 'camera', position: POSITION, ...facts };
    return capturePhoto(this.stores, new File([bytes], 'photo.jpg', { type: 'image/jpeg' }), about, this.tools);
  }

  submitDraft(draft, body = { outcome: 'no_one_home' }) {
    this.pass(1);
    return submitVisit(this.stores, draft, body, APP, this.tools);
  }

  async visit({ photos = [], body } = {}) {
    const draft = await this.draft();
    for (const bytes of photos) await this.photo(draft, bytes);
    return this.submitDraft(draft, body);
  }

  submit(kind, values = {}) {
    this.pass(1);
    return submit(this.stores, { officer: this.officer, kind, body: {}, app: APP, ...values }, kind, this.tools);
  }

  rows(store) {
    return this.stores.read([store], (transaction) => transaction.objectStore(store).getAll());
  }

  /** What is still here to be sent: the ids in the outbox and of the photos' light rows. */
  async left() {
    const outbox = await this.rows('outbox');
    const photos = (await this.rows('photos')).filter((row) => row.visit);
    return { outbox: outbox.map(({ id }) => id), photos: photos.map(({ id }) => id) };
  }
}

export function randomBytes(size) {
  const bytes = new Uint8Array(size);
  for (let start = 0; start < size; start += 65_536) crypto.getRandomValues(bytes.subarray(start, start + 65_536));
  return bytes;
}

export function sameBytes(one, other) {
  const [left, right] = [new Uint8Array(one), new Uint8Array(other)];
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** Real locks under names of this phone alone, so that phones in one page do not wait for each other. */
function separateLocks(prefix) {
  const own = (name) => `${prefix}/${name}`;
  const bare = (lock) => ({ ...lock, name: lock.name.startsWith(`${prefix}/`) ? lock.name.slice(prefix.length + 1) : '' });
  return {
    request: (name, ...rest) => navigator.locks.request(own(name), ...rest),
    query: async () => {
      const { held, pending } = await navigator.locks.query();
      return {
        held: held.map(({ name, mode }) => bare({ name, mode })),
        pending: pending.map(({ name, mode }) => bare({ name, mode })),
      };
    },
  };
}
