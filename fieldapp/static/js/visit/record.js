/** The visit that is being made: what is known of it, and the draft on this phone that is written at every tap. */

import { isSameVisit, listDrafts, saveDraft, startDraft } from '/service-worker/drafts.js';
import { listPhotos } from '/service-worker/photos.js';

/** @typedef {import('/service-worker/stores.js').Stores} Stores */
/** @typedef {import('/service-worker/tools.js').Tools} Tools */
/** @typedef {import('/service-worker/drafts.js').Draft} Draft */
/** @typedef {import('/service-worker/photos.js').Photo} Photo */
/** @typedef {import('./types.js').Body} Body */
/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Template} Template */

/** Says `change` after each change of what is known, `saved` when the disk has it, `unsaved` (detail: error) when not. */
export class VisitRecord extends EventTarget {
  /** @type {Draft | null} */
  draft = null;
  /** @type {Photo[]} */
  photos = [];
  /** Work that a submission must wait for, such as a position on its way. @type {Set<Promise<unknown>>} */
  pending = new Set();
  #closing = false;
  #reading = 0;
  /** @type {Promise<void> | null} */
  #starting = null;

  /**
   * @param {Page} page
   * @param {Template} template
   * @param {Stores} stores
   * @param {Tools} tools
   */
  constructor(page, template, stores, tools) {
    super();
    this.page = page;
    this.template = template;
    this.stores = stores;
    this.tools = tools;
  }

  /** @returns {Body} @throws {Error} before the visit has begun */
  get body() {
    if (!this.draft?.body) throw new Error('The visit has not begun.');
    return /** @type {Body} */ (this.draft.body);
  }

  /**
   * What the checklist's rules read; empty before the visit has begun.
   * @returns {Partial<Body> & {photos?: Photo[]}}
   */
  get visit() {
    return this.draft ? { ...this.body, photos: this.photos } : {};
  }

  /**
   * Takes up the draft of this stop, or of this person and place, if the phone has one.
   * @param {string} [id] the one of several that is meant
   */
  async resume(id) {
    const { page } = this;
    const drafts = (await listDrafts(this.stores, page.officer)).filter((draft) => isSameVisit(draft, page));
    this.draft = drafts.find((draft) => draft.id === id) ?? drafts.find(({ stop }) => stop === page.stop) ?? drafts[0] ?? null;
    if (this.draft) this.photos = await listPhotos(this.stores, this.draft.id);
  }

  /** Begins the visit now, once: a second call while the first is under way is the same beginning. */
  start() {
    this.#starting ??= this.#begin().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #begin() {
    if (this.draft) return;
    const { page, tools } = this;
    /** @type {Body} */
    const body = {
      ...{ arrived_at: tools.now().toISOString(), position: null, check_in: tools.uuid(), answers: [], rows: {} },
      ...{ narrative: '', accompanied_by: '', scheduled: false, reason: page.reason },
    };
    const { officer, supervisee, stop, place, name: title } = page;
    const draft = { id: tools.uuid(), officer, supervisee, stop, place, address: page.address.id, title };
    this.draft = await startDraft(this.stores, { ...draft, step: 'outcome', body }, tools);
    this.photos = await listPhotos(this.stores, this.draft.id); // it may have been begun before
    this.#tell('change');
    this.#tell('saved');
  }

  /**
   * Changes the visit and writes it down.
   * @param {(body: Body) => void} work
   */
  change(work) {
    work(this.body);
    void this.save();
    this.#tell('change');
  }

  /** @param {string} step the address to come back to */
  reached(step) {
    if (!this.draft || this.draft.step === step) return;
    this.draft.step = step;
    void this.save();
  }

  /**
   * Writes what is known now, and hands it to the browser before the tap's own task ends: no waiting for the write before.
   * Writes of one store reach the disk in the order in which they were made.
   */
  async save() {
    if (!this.draft || this.#closing) return;
    try {
      await saveDraft(this.stores, this.draft, this.tools);
      this.#tell('saved');
    } catch (error) {
      this.dispatchEvent(new CustomEvent('unsaved', { detail: error }));
    }
  }

  /**
   * Ends the draft by this work; nothing is written meanwhile, and nothing after it.
   * @param {() => Promise<unknown>} work
   * @throws {Error} what the work throws; the draft then goes on
   */
  async closeWith(work) {
    this.#closing = true;
    try {
      await work();
      this.draft = null;
    } finally {
      this.#closing = false;
      await this.save(); // what was tapped meanwhile, if the draft goes on after all
    }
  }

  /** Reads the visit's photos anew. */
  async readPhotos() {
    if (!this.draft) return;
    const turn = ++this.#reading;
    const photos = await listPhotos(this.stores, this.draft.id);
    if (turn !== this.#reading) return; // a later reading knows more
    this.photos = photos;
    this.#tell('change');
  }

  /**
   * Lets a submission wait for this work.
   * @template T
   * @param {Promise<T>} work
   */
  await(work) {
    const kept = work.finally(() => this.pending.delete(kept));
    this.pending.add(kept);
    return kept;
  }

  /** @param {string} type */
  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
