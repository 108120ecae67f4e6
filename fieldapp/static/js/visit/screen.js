/** The page of a visit, once its first answers can be tapped: keeps page and draft in step. */

import { find } from '../element.js';
import { goOnAddress, hasOtherChecklist } from '../go-on.js';
import { askToKeep } from '../keeping.js';
import { earlyControls, fill, setAnswer, takeOver } from './answers.js';
import { checkIn, showPosition } from './arrival.js';
import { showAsked } from './asked.js';
import { showWhereabouts } from './done.js';
import { startClock, startHeader } from './header.js';
import { notice } from './notice.js';
import { PhotoLists } from './photos.js';
import { showRaised } from './raised.js';
import { VisitRecord } from './record.js';
import { showReview } from './review.js';
import { showRows, startRows, takeOverRow } from './rows.js';
import { certify, showSubmit } from './sign.js';
import { enter, nextStep, showFrame, stepOf } from './steps.js';
import { readTold } from './told.js';
import { clockTime } from '../words.js';
import { restValues } from '../../../service-worker/checklist.js';
import { unsentVisit } from '../../../service-worker/outbox.js';
import { browserTools } from '../../../service-worker/tools.js';


/** @typedef {import('../visit.js').Beginning} Beginning */

/** The page of one visit; everything that happens on it passes through here. */
class VisitScreen {
  main = find(document, '#main');
  form = /** @type {HTMLFormElement} */ (find(document, 'form.steps'));
  briefing = find(document, '.topbar .back').getAttribute('href') ?? '/today';
  app = document.body.dataset.app ?? '';
  /** Kept in the tab alone, so that a reload shows where the visit went. */
  here = location.pathname + location.search;
  submitted = sessionStorage.getItem(this.here);

  /** @type {Promise<void> | null} */
  beginning = null;

  /**
   * @param {VisitRecord} record
   * @param {import('../../../service-worker/outbox.js').OutboxRow | undefined} unsent this stop's visit that waits in the outbox
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
    if (record.draft) this.resumed();
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
    find(document, '[data-notices]').replaceChildren();
    this.goOn();
    this.goTo('outcome');
  }

  /** What a visit needs as soon as this page has its draft. */
  goOn() {
    void askToKeep(navigator.storage, localStorage);
    sessionStorage.removeItem(this.here);
    this.submitted = null;
    this.takeOverEarly();
    this.locate();
  }

  resumed() {
    this.goOn();
    void this.record.save(); // says so in the band
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
    const control = /** @type {import('./answers.js').Control} */ (target);
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
    const values = restValues(record.asked.items, section, record.visit.outcome);
    record.change((body) => {
      for (const [item, value] of Object.entries(values)) setAnswer(body, item, value, 'rest', this.now());
    });
    fill(this.form, record.body);
    const open = record.asked.sections.find(({ key }) => key === section)?.missing ?? 0;
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
    if (step === 'sign') this.showSign(); // costs nothing before
  }

  showSign() {
    showReview(find(this.form, '#sign'), this.record);
    showSubmit(this.form, this.record);
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
      sessionStorage.setItem(this.here, id);
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
 * Goes on where the first answers were kept.
 * @param {Beginning} beginning
 */
export async function openScreen(beginning) {
  const { page, stores } = beginning;
  const { key, version } = page.checklist;
  const { draft } = beginning;
  if (draft && hasOtherChecklist(draft, page)) return location.replace(goOnAddress(draft)); // it goes on with its own questions
  page.told ??= readTold(document);
  const answer = await fetch(`/checklists/${key}-${version}.json`);
  if (!answer.ok) throw new Error(`The checklist did not come (${answer.status}).`);
  const record = new VisitRecord(page, await answer.json(), stores, browserTools(), () => beginning.begin());
  const unsent = beginning.draft ? undefined : await unsentVisit(stores, page.officer, page);
  await beginning.settled();
  if (beginning.draft) await record.resume(beginning.draft);
  beginning.end();
  new VisitScreen(record, unsent).start();
}
