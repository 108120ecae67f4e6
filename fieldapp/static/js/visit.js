/** Page module of a visit: takes up or begins the draft, and keeps page and draft in step. */

import { find, icon, make } from './element.js';
import { askToKeep } from './keeping.js';
import { earlyControls, fill, setAnswer, takeOver } from './visit/answers.js';
import { checkIn, showPosition } from './visit/arrival.js';
import { sectionsAsked, showAsked } from './visit/asked.js';
import { showWhereabouts } from './visit/done.js';
import { startClock, startHeader } from './visit/header.js';
import { PhotoLists } from './visit/photos.js';
import { showRaised } from './visit/raised.js';
import { VisitRecord } from './visit/record.js';
import { showReview } from './visit/review.js';
import { showRows, startRows, takeOverRow } from './visit/rows.js';
import { certify, showSubmit } from './visit/sign.js';
import { enter, nextStep, showFrame, stepOf } from './visit/steps.js';
import { clockTime } from './words.js';
import { restValues } from '/service-worker/checklist.js';
import { holdDraft } from '/service-worker/draft-lock.js';
import { unsentVisit } from '/service-worker/outbox.js';
import { Stores } from '/service-worker/stores.js';
import { browserTools } from '/service-worker/tools.js';

/** @typedef {import('./visit/types.js').Page} Page */

/** The page of one visit; everything that happens on it passes through here. */
class VisitScreen {
  main = find(document, '#main');
  form = /** @type {HTMLFormElement} */ (find(document, 'form.steps'));
  briefing = find(document, '.topbar .back').getAttribute('href') ?? '/today';
  app = document.body.dataset.app ?? '';
  /** Kept in the tab alone, so that a reload shows where the visit went. */
  submitted = sessionStorage.getItem(location.pathname);

  /** @type {Promise<void> | null} */
  beginning = null;

  /**
   * @param {VisitRecord} record
   * @param {import('/service-worker/outbox.js').OutboxRow | undefined} unsent this stop's visit that waits in the outbox
   */
  constructor(record, unsent) {
    this.record = record;
    this.unsent = unsent;
    this.photos = new PhotoLists(this.main, piece('photo'), record);
  }

  /** Listens to the page and shows it as it stands. */
  start() {
    const { form, record } = this;
    if (record.draft) fill(form, record.body);
    startHeader(record);
    startClock(record);
    startRows(form, record);
    this.photos.start();
    record.addEventListener('change', () => this.show());
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', (event) => this.changed(event.target));
    form.addEventListener('click', (event) => this.clicked(/** @type {Element} */ (event.target)));
    find(document, '[data-here]').addEventListener('click', () => void this.begin());
    find(document, '[data-submit]').addEventListener('click', () => void this.submit());
    window.addEventListener('hashchange', () => this.entered());
    for (const type of ['outbox', 'drained', 'submitted']) document.addEventListener(type, () => this.showDone());
    if (record.draft) void this.resumed();
    else if (location.hash === '#here' && !this.unsent) void this.begin();
    else this.notBegun();
  }

  /** Another visit of a stop whose visit still waits to be sent begins by a tap alone, never by an address. */
  notBegun() {
    const { unsent, record } = this;
    const asked = location.hash === '#here';
    if (unsent && (asked || !this.submitted)) {
      const when = clockTime(unsent.made_at, record.page.manner);
      notice('s-phone', 'This visit is submitted', `Signed ${when}, on this phone, not yet with the office. “I’m here” begins another one beside it.`);
    }
    if (asked) this.goTo('arrive');
    else this.entered();
  }

  /** "I'm here": one draft, then the position; a second tap while the first is at work does nothing. */
  begin() {
    this.beginning ??= this.started()
      .catch((error) => notice('s-stop', 'The visit has not begun', `Tap “I’m here” again. ${error.message}`))
      .finally(() => {
        this.beginning = null;
      });
    return this.beginning;
  }

  async started() {
    await this.record.start();
    void askToKeep(navigator.storage, localStorage);
    sessionStorage.removeItem(location.pathname);
    this.submitted = null;
    find(document, '[data-notices]').replaceChildren();
    this.takeOverEarly();
    this.locate();
    this.goTo('outcome');
  }

  async resumed() {
    this.takeOverEarly();
    this.locate();
    const asked = stepOf(this.main, location.hash);
    if (!asked || asked === 'arrive' || asked === 'done' || location.hash === '#here') this.goTo(this.record.draft?.step ?? 'outcome');
    else this.entered();
  }

  locate() {
    const { record, app } = this;
    const failed = (/** @type {unknown} */ error) => record.dispatchEvent(new CustomEvent('unsaved', { detail: error }));
    void record.await(checkIn(record, app)).catch(failed);
  }

  takeOverEarly() {
    const early = earlyControls(this.form, this.record.body);
    if (early.length) this.record.change((body) => early.forEach((control) => takeOver(body, control, this.now())));
  }

  /** @param {EventTarget | null} target */
  changed(target) {
    const control = /** @type {import('./visit/answers.js').Control} */ (target);
    const { record } = this;
    if (!record.draft || !control.name) return;
    control.closest('.field')?.querySelector('[data-saved-word]')?.setAttribute('data-changed', '');
    if (control.name === 'certify') return showSubmit(this.form, record);
    if (control.name.includes('.') && takeOverRow(record, control)) return;
    record.change((body) => void takeOver(body, control, this.now()));
    if (control.name === 'outcome') find(this.form, '[data-outcome-note]').scrollIntoView({ block: 'nearest' });
  }

  /** @param {Element} target */
  clicked(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest('[data-rest]'));
    if (button) this.answerRest(button.dataset.rest ?? '');
  }

  /** @param {string} section "None of these seen": answers what is open, and goes on if that was all */
  answerRest(section) {
    const { record } = this;
    const values = restValues(record.template, section, record.visit, record.page.conditions);
    record.change((body) => {
      for (const [item, value] of Object.entries(values)) setAnswer(body, item, value, 'rest', this.now());
    });
    fill(this.form, record.body);
    const open = sectionsAsked(record).find(({ key }) => key === section)?.missing ?? 0;
    const next = nextStep(record, `section-${section}`);
    if (open === 0 && next) location.hash = next.id;
  }

  /** Brings the page to what the record holds. */
  show() {
    const { form, main, record } = this;
    if (!record.draft) return;
    showPosition(find(main, '[data-position]'), record.body.position, record.page);
    showRows(form, record);
    showAsked(main, record);
    showRaised(form, piece('raised'), record);
    this.photos.show();
    const step = stepOf(main, location.hash) || 'arrive';
    showFrame(record, step, this.briefing);
    if (step === 'sign') showReview(find(form, '#sign'), record);
    showSubmit(form, record);
  }

  /**
   * The address has changed: keeps it for the way back, and shows its step.
   * @returns {void}
   */
  entered() {
    const { main, record } = this;
    const step = stepOf(main, location.hash);
    if (!record.draft && step !== 'done' && step !== 'arrive') return this.goTo(this.submitted ? 'done' : 'arrive');
    if (record.draft && (step === 'done' || step === 'arrive' || !step)) return this.goTo(record.draft.step ?? 'outcome');
    if (step === 'sign') record.change((body) => (body.left_at = this.now()));
    if (step !== 'photos') find(document, '[data-photos-done]').setAttribute('href', location.hash);
    record.reached(location.hash.slice(1));
    showFrame(record, step, this.briefing);
    this.show();
    this.showDone();
    enter(main, step, location.hash);
  }

  /**
   * @param {string} step replaces the address; no entry is left to come back to
   * @returns {void}
   */
  goTo(step) {
    if (location.hash === `#${step}`) return this.entered();
    location.replace(`#${step}`);
  }

  async submit() {
    const problem = find(this.form, '[data-problem]');
    try {
      const id = await certify(this.form, this.record, this.app);
      if (!id) return;
      this.submitted = id;
      sessionStorage.setItem(location.pathname, id);
      this.goTo('done');
    } catch (error) {
      problem.hidden = false;
      find(problem, 'span').textContent = `Not submitted, nothing is lost. ${/** @type {Error} */ (error).message}`;
      showSubmit(this.form, this.record);
    }
  }

  showDone() {
    if (!this.submitted || stepOf(this.main, location.hash) !== 'done') return;
    const { stores, page } = this.record;
    void showWhereabouts(find(this.form, '[data-whereabouts]'), stores, page.officer, this.submitted);
  }

  now() {
    return this.record.tools.now().toISOString();
  }
}

/** @param {string} name */
function piece(name) {
  return /** @type {HTMLTemplateElement} */ (find(document, `template[data-piece="${name}"]`));
}

/**
 * @param {string} shape
 * @param {string} heading
 * @param {string} text
 */
function notice(shape, heading, text) {
  const box = make('div', { class: 'notice', 'data-tone': 'warn', role: 'alert' }, icon(shape), make('h2', { class: 'h3' }, heading), make('p', {}, text));
  find(document, '[data-notices]').replaceChildren(box);
}

async function open() {
  const page = /** @type {Page} */ (JSON.parse(find(document, 'form.steps').dataset.visit ?? ''));
  const release = await holdDraft(`${page.supervisee}-${page.place}`);
  if (!release) {
    find(document, 'form.steps').inert = true;
    find(document, '.dock').inert = true;
    return notice('s-warn', 'This visit is open in another tab', 'Go on there, or close it and load this page again.');
  }
  const { key, version } = page.checklist;
  const answer = await fetch(`/checklists/${key}-${version}.json`);
  if (!answer.ok) throw new Error(`The checklist did not come (${answer.status}).`);
  const record = new VisitRecord(page, await answer.json(), new Stores(), browserTools());
  await record.resume(location.hash.replace(/^#draft-/, ''));
  const unsent = record.draft ? undefined : await unsentVisit(record.stores, page.officer, page);
  new VisitScreen(record, unsent).start();
}

open().catch((error) => {
  console.error(error);
  notice('s-stop', 'This page cannot save yet', `Load it again before you answer anything. ${error.message}`);
});
