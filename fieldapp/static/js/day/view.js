/** Today as this phone knows it: moves the page's own cards and lines to where they belong now. */

import { clockHere, dateHere, skipWords } from './words.js';
import { timesOf } from './own-times.js';
import { isLeft } from './state.js';
import { find } from '../element.js';

/** @typedef {import('./state.js').DayNow} DayNow */
/** @typedef {import('./state.js').PageDay} PageDay */
/** @typedef {import('./state.js').StopNow} StopNow */

const ARRANGED = 'This is your order from this phone. Times come when the office has it.';
const ESTIMATED = 'This is your order from this phone, with the times estimated when you re-planned.';
const SKIPPED = 'Times are from before you changed which stops to make.';

export class DayView {
  /** @param {HTMLElement} root with `data-today` */
  constructor(root) {
    this.root = root;
    /** @type {PageDay} */
    this.page = JSON.parse(root.dataset.today ?? '{}');
    const { content } = /** @type {HTMLTemplateElement} */ (find(root, '[data-spare]'));
    this.through = /** @type {HTMLElement} */ (root.querySelector('[data-next] > .empty') ?? content.querySelector('.empty'));
    this.cards = byStop([root, content], 'article[data-stop]');
    this.lines = byStop([find(root, '[data-later]'), content], 'li[data-stop]');
    this.earlier = byStop([find(root, '[data-earlier]')], 'li[data-stop]');
    this.estimates = estimatesIn(this.cards.values());
    this.times = new Map([...this.lines].map(([id, line]) => [id, find(line, 'time').textContent]));
    this.changed = false;
  }

  /**
   * @param {DayNow} day
   * @param {Date} now
   */
  show(day, now) {
    find(this.root, '[data-other-day]').hidden = dateHere(now) === this.page.on;
    const changed = day.arranged || day.skipping || day.stops.some(({ deed }) => deed);
    if (!changed && !this.changed) return; // the page is right as it is
    this.changed = changed;
    this.showCounts(day);
    const left = day.stops.filter(isLeft).map(({ id }) => id);
    const times = day.arranged ? timesOf(localStorage, this.page.plan, left) : new Map();
    this.showNext(day, times);
    this.showLater(day, times);
    this.showEarlier(day);
  }

  /** @param {DayNow} day */
  showCounts({ stops }) {
    const count = (/** @type {string[]} */ ...states) => stops.filter(({ state }) => states.includes(state)).length;
    const parts = [
      ...some(count('made'), 'made on this phone'),
      ...some(count('tried'), 'attempted'),
      ...some(count('skipped'), 'skipped'),
      `${count('next', 'later')} to go`,
    ];
    const bold = document.createElement('b');
    bold.textContent = `${count('done')} of ${stops.length} seen`;
    find(this.root, '[data-summary]').replaceChildren(bold, `, ${parts.join(', ')}`);
    const marks = find(this.root, '.gauge').children;
    stops.forEach(({ state }, place) => marks[place]?.setAttribute('data-state', GAUGE[state] ?? state));
  }

  /**
   * @param {DayNow} day
   * @param {Map<string, string>} times of an order that the page does not know, where they were estimated
   */
  showNext({ stops, arranged }, times) {
    const place = stops.findIndex(({ state }) => state === 'next');
    const card = this.cards.get(stops[place]?.id);
    find(this.root, '[data-next]').replaceChildren(card ?? this.through);
    if (!card) return;
    find(card, '[data-number]').textContent = String(place + 1);
    for (const [value, was] of this.estimates) value.replaceChildren(...(arranged ? ['–'] : was));
    const at = times.get(stops[place].id);
    if (at) valueOf(card, ARRIVE)?.replaceChildren(clockHere(at));
    card.querySelector('.ruler .eta')?.toggleAttribute('hidden', arranged);
  }

  /**
   * @param {DayNow} day
   * @param {Map<string, string>} own times of an order that the page does not know
   */
  showLater({ stops, arranged, skipping }, own) {
    const later = stops.filter(({ state }) => state === 'later').flatMap(({ id }) => this.lines.get(id) ?? []);
    const section = find(this.root, '[data-later]');
    const busy = !find(this.root, '[data-arranging]').hidden || this.root.querySelector('[data-replanning]');
    section.hidden = !stops.some(isLeft) || Boolean(busy);
    find(section, 'ol').replaceChildren(...later);
    for (const [id, line] of this.lines) {
      const at = own.get(id);
      const asOnPage = arranged ? '–' : (this.times.get(id) ?? '–');
      find(line, 'time').textContent = at ? clockHere(at) : asOnPage;
    }
    find(section, '[data-last]').hidden = later.length > 0;
    find(section, '[data-ends]').hidden = arranged || skipping;
    const times = find(section, '[data-times]');
    times.hidden = !arranged && !skipping;
    times.textContent = arranged ? (own.size ? ESTIMATED : ARRANGED) : SKIPPED;
  }

  /** @param {DayNow} day */
  showEarlier({ stops }) {
    const own = stops.filter(({ deed }) => deed).sort((one, other) => madeAt(other).localeCompare(madeAt(one)));
    const lines = own.flatMap((stop) => this.doneLine(stop) ?? []);
    const kept = [...this.earlier].filter(([id]) => stops.some((stop) => stop.id === id && !stop.deed && !isLeft(stop)));
    const section = find(this.root, '[data-earlier]');
    find(section, 'ol').replaceChildren(...lines, ...kept.map(([, line]) => line));
    section.hidden = lines.length + kept.length === 0;
  }

  /**
   * @param {StopNow} stop
   * @returns {HTMLElement | undefined} its line in the words of what was done
   */
  doneLine({ id, state, deed }) {
    const line = /** @type {HTMLElement | undefined} */ (this.lines.get(id)?.cloneNode(true));
    if (!line || !deed) return line;
    const made = state === 'made';
    line.querySelector('[data-on-phone]')?.remove();
    find(line, 'time').textContent = clockHere(deed.body.arrived_at ?? deed.made_at);
    line.querySelector('use')?.setAttribute('href', `${document.body.dataset.icons}#${made ? 's-phone' : 'x'}`);
    if (!made) find(line, 'div > p').textContent = `Skipped: ${skipWords(deed.body)}`;
    return line;
  }
}

const GAUGE = /** @type {Record<string, string>} */ ({ made: 'tried', skipped: 'tried' });
const ARRIVE = 'Arrive';
const ESTIMATES = [ARRIVE, 'Drive'];

/**
 * @param {ParentNode[]} roots
 * @param {string} selector
 * @returns {Map<string, HTMLElement>}
 */
function byStop(roots, selector) {
  const found = roots.flatMap((root) => [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))]);
  return new Map(found.map((element) => [element.dataset.stop ?? '', element]));
}

/**
 * @param {number} number
 * @param {string} words
 */
function some(number, words) {
  return number ? [`${number} ${words}`] : [];
}

/** @param {StopNow} stop */
function madeAt({ deed }) {
  return deed?.made_at ?? '';
}

/**
 * @param {Iterable<HTMLElement>} cards
 * @returns {Map<Element, ChildNode[]>} what the cards say of arrival and drive, which another order makes wrong
 */
function estimatesIn(cards) {
  const values = [...cards].flatMap((card) => ESTIMATES.flatMap((label) => valueOf(card, label) ?? []));
  return new Map(values.map((value) => [value, [...value.childNodes]]));
}

/**
 * @param {Element} card
 * @param {string} label
 */
function valueOf(card, label) {
  const found = [...card.querySelectorAll('.readouts dt')].find(({ textContent }) => textContent === label);
  return found?.parentElement?.querySelector('dd');
}
