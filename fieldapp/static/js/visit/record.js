/** The visit that is being made: what is known of it, and the draft on this phone that is written at every tap. */

import { raisedFlags, sectionProgress, visibleItems } from '../../../service-worker/checklist.js';
import { saveDraft } from '../../../service-worker/drafts.js';
import { listPhotos } from '../../../service-worker/photos.js';
import { isFull } from '../../../service-worker/stores.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('../../../service-worker/tools.js').Tools} Tools */
/** @typedef {import('../../../service-worker/drafts.js').Draft} Draft */
/** @typedef {import('../../../service-worker/photos.js').Photo} Photo */
/** @typedef {import('./types.js').Body} Body */
/** @typedef {import('./types.js').Page} Page */
/** @typedef {import('./types.js').Template} Template */
/** @typedef {import('../../../service-worker/checklist-types.js').Shown} Shown */
/** @typedef {import('../../../service-worker/checklist-types.js').Flag} Flag */
/** @typedef {{items: Shown[], flags: Flag[], sections: ReturnType<typeof sectionProgress>}} Asked */

const AGAIN_MS = 3000;

/** Says `change` after each change of what is known, `saved` when the disk has it, `unsaved` (detail: error) when not. */
export class VisitRecord extends EventTarget {
  /** @type {Draft | null} */
  draft = null;
  /** @type {Photo[]} */
  photos = [];
  /** Work that a submission must wait for, such as a position on its way. @type {Set<Promise<unknown>>} */
  pending = new Set();
  /** @type {Asked | null} */
  #asked = null;
  #closing = false;
  #later = 0;
  #reading = 0;

  /**
   * @param {Page} page
   * @param {Template} template
   * @param {Stores} stores
   * @param {Tools} tools
   * @param {() => Promise<Draft>} begin makes the draft; called again while it is at work, it is the same draft
   */
  constructor(page, template, stores, tools, begin) {
    super();
    this.page = page;
    this.template = template;
    this.stores = stores;
    this.tools = tools;
    this.begin = begin;
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

  /** What the checklist asks and raises as the visit stands, worked out once for each change. */
  get asked() {
    const { template, visit, page } = this;
    this.#asked ??= {
      items: visibleItems(template, visit, page.conditions),
      flags: raisedFlags(template, visit, page.conditions),
      sections: sectionProgress(template, visit, page.conditions),
    };
    return this.#asked;
  }

  /** @param {Draft} draft of this visit, on this phone already; it carries what this page says from now on */
  async resume(draft) {
    this.draft = Object.assign(draft, { page: this.page });
    this.photos = await listPhotos(this.stores, draft.id);
    this.#asked = null;
  }

  /** Begins the visit now, once: a second call while the first is under way is the same beginning. */
  async start() {
    if (this.draft) return;
    await this.resume(await this.begin()); // it may have been begun before, and have photos
    this.#tell('change');
    this.#tell('saved');
  }

  /**
   * Changes the visit and writes it down.
   * @param {(body: Body) => void} work
   */
  change(work) {
    work(this.body);
    this.#asked = null;
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
      if (isFull(error)) this.#saveLater();
    }
  }

  /** Goes on saving by itself when there is room again. */
  #saveLater() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.save(), AGAIN_MS);
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
      this.#asked = null;
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
    this.#asked = null;
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
