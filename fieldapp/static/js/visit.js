/**
 * Page module of a visit, and as small as can be: it takes up or begins the draft and keeps the first answers on this
 * phone. On a slow network the rest of the page (visit/screen.js) comes a second later.
 */

import { earlyControls, emptyBody, fill, takeOver } from './visit/answers.js';
import { findDraft, holdDraft, saveDraft, startDraft, takeUpOrBegin } from '../../service-worker/drafts.js';
import { Stores } from '../../service-worker/stores.js';

/** @typedef {import('./visit/types.js').Page} Page */
/** @typedef {import('./visit/answers.js').Control} Control */
/** @typedef {import('../../service-worker/drafts.js').Draft} Draft */

const HELD_MS = 1000;
const TOOLS = { now: () => new Date(), uuid: () => crypto.randomUUID() };

/** The visit's draft and what is tapped until the whole page is there. */
export class Beginning {
  /** @type {Draft | null} */
  draft = null;
  /** @type {Promise<Draft> | null} */
  #beginning = null;
  #over = new AbortController();

  /**
   * @param {Page} page
   * @param {HTMLFormElement} form
   * @param {Stores} stores
   * @param {string} [id] the draft that is meant, where there are several
   */
  constructor(page, form, stores, id) {
    this.page = page;
    this.form = form;
    this.stores = stores;
    this.id = id;
  }

  /** Takes up this visit's draft. Without one: begins it where the address says so, else at a tap on "I'm here". */
  async open() {
    const { page, form, stores, id } = this;
    const { signal } = this.#over;
    const door = location.hash === '#here' ? await this.#atTheDoor() : null;
    const { draft, begun } = door ?? { draft: await findDraft(stores, page, id), begun: false };
    this.draft = draft;
    if (draft?.body && !begun) fill(form, this.#body());
    form.addEventListener('input', (event) => this.#keep([/** @type {Control} */ (event.target)]), { signal });
    document.querySelector('[data-here]')?.addEventListener('click', () => void this.#here(), { signal });
    if (draft) this.#keep(earlyControls(form, this.#body())); // tapped while the draft was looked for
    await tapsFirst();
    if (begun && !signal.aborted) location.replace('#outcome');
  }

  /** One draft, whoever asks and however often. */
  begin() {
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = null;
    });
    return this.#beginning;
  }

  /** Resolves when no beginning is under way. */
  async settled() {
    await this.#beginning?.catch(() => {});
  }

  /** Another listens from now on. */
  end() {
    this.#over.abort();
  }

  async #atTheDoor() {
    try {
      return await takeUpOrBegin(this.stores, this.page, () => this.#fresh(), { ...TOOLS, id: this.id });
    } catch (error) {
      console.error(error); // the whole page begins again, and says why it cannot
      return null;
    }
  }

  async #begin() {
    this.draft = await startDraft(this.stores, this.#fresh(), TOOLS);
    return this.draft;
  }

  /** The visit as it begins, with what was tapped before it had a draft. */
  #fresh() {
    const { page, form } = this;
    const { officer, supervisee, stop, place, name: title } = page;
    const body = emptyBody(page, TOOLS);
    for (const control of earlyControls(form, body)) takeOver(body, control, TOOLS.now().toISOString());
    return { id: TOOLS.uuid(), officer, supervisee, stop, place, address: page.address.id, title, page, step: 'outcome', body };
  }

  async #here() {
    try {
      await this.begin();
      this.#keep(earlyControls(this.form, this.#body()));
      if (!this.#over.signal.aborted) location.replace('#outcome');
    } catch (error) {
      console.error(error); // the whole page begins again, and says why it cannot
      location.replace('#here');
    }
  }

  /** @param {Control[]} controls that were tapped */
  #keep(controls) {
    const { draft } = this;
    if (!draft || !controls.length) return;
    const body = this.#body();
    for (const control of controls) takeOver(body, control, TOOLS.now().toISOString());
    saveDraft(this.stores, draft, TOOLS).catch(console.error); // the whole page saves again, and says so if it cannot
  }

  #body() {
    return /** @type {import('./visit/types.js').Body} */ (this.draft?.body);
  }
}

/**
 * What this page is about: told by the office, or, where the page names nobody, by the draft itself.
 * @param {HTMLFormElement} form
 * @param {Stores} stores
 * @returns {Promise<{page: Page, id?: string} | null>} null where there is nothing to go on with
 */
async function thisVisit(form, stores) {
  if (form.dataset.visit) return { page: JSON.parse(form.dataset.visit), id: location.hash.replace(/^#draft-/, '') };
  const { keptVisit } = await import('./visit/kept.js');
  return keptVisit(stores);
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector('form.steps'));
  const stores = new Stores();
  stores.prepare();
  const visit = await thisVisit(form, stores);
  if (!visit) return comeLater();
  const { page, id } = visit;
  const release = await hold(`${page.supervisee}-${page.place}`);
  if (!release) {
    for (const part of document.querySelectorAll('form.steps, .dock')) part.toggleAttribute('inert', true);
    comeLater();
    return say('s-warn', 'This visit is open in another tab', 'Go on there, or close it and load this page again.');
  }
  const beginning = new Beginning(page, form, stores, id);
  await beginning.open().finally(comeLater);
  try {
    const { openScreen } = await import('./visit/screen.js');
    await openScreen(beginning);
  } catch (error) {
    console.error(error);
    const kept = beginning.draft ? 'What you have tapped is on this phone.' : 'Load it before you answer anything.';
    await say('s-stop', 'Not all of this page has come', `Load it again. ${kept} ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * Another page may have the lock for a moment, to sign this visit's arrival.
 * @param {string} name
 */
async function hold(name) {
  const release = await holdDraft(name);
  if (release) return release;
  await new Promise((resolve) => setTimeout(resolve, HELD_MS));
  return holdDraft(name);
}

/** Whatever was tapped or written meanwhile has its turn before the page is moved and the rest of it loaded. */
function tapsFirst() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Asks for all that the whole page needs, once the first answer has its way to the disk, or there is none to be given. */
function comeLater() {
  const later = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template[data-later]'));
  if (later) document.head.append(later.content);
}

/** @type {(shape: string, heading: string, text: string) => Promise<void>} */
async function say(shape, heading, text) {
  const { notice } = await import('./visit/notice.js');
  notice(shape, heading, text);
}

if (document.querySelector('form.steps')) {
  start().catch((error) => {
    console.error(error);
    comeLater();
    void say('s-stop', 'This page cannot save yet', `Load it again before you answer anything. ${error.message}`);
  });
}
