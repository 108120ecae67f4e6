/** The sheet on Today in which a re-planned day is shown before it is used: before and after, and what no longer fits. */

import { clockHere } from './words.js';
import { find, icon, make, state } from '../element.js';

/** @typedef {import('./propose.js').Proposal} Proposal */
/** @typedef {import('./propose.js').ProposedStop} ProposedStop */
/** @typedef {import('./rest.js').Here} Here */
/** @typedef {import('./view.js').DayView} DayView */

const TROUBLE = /** @type {Record<string, string>} */ ({
  early: 'Arrives before it opens',
  late: 'Arrives after it closes',
  closed: 'Nobody can be met there that day',
  over: 'No longer fits before your shift ends',
  no_position: 'Its address has no position',
  unknown: 'Its travel times are not on this phone yet',
});

export class ReplanSheet {
  closed = false;
  /** @type {(proposal: Proposal) => Promise<void>} */
  onUse = async () => {};

  /** @param {DayView} view */
  constructor(view) {
    this.view = view;
    this.heading = make('h2', { tabindex: '-1' }, 'Re-plan from here');
    this.body = make('div', { class: 'stack', role: 'status' });
    this.buttons = make('p', { class: 'row even' }, button('Cancel', '', () => this.close()));
    this.section = make('section', { class: 'block', 'data-replanning': '' }, this.heading, this.body, this.buttons);
  }

  open() {
    const { root } = this.view;
    root.querySelector('[data-replanning]')?.remove();
    find(root, '[data-later]').before(this.section);
    find(root, '[data-later]').hidden = true;
    this.say('Asking this phone where it is');
    this.heading.focus();
  }

  /** @param {string} words */
  say(words) {
    this.body.replaceChildren(state('wait', 'navigation', words));
  }

  /** @param {string} words why nothing is proposed */
  refuse(words) {
    this.body.replaceChildren(state('stop', 's-stop', words));
  }

  close() {
    this.closed = true;
    this.section.remove();
    const { root } = this.view;
    find(root, '[data-later]').hidden = false;
    find(root, '[data-replan]').focus();
  }

  /**
   * @param {Proposal} proposal
   * @param {{here: Here, now: string[], office: boolean}} asked `now`: the order as it is
   */
  show(proposal, { here, now, office }) {
    const { stops, at } = proposal;
    const same = stops.every(({ id }, place) => id === now[place]);
    const lines = stops.map((stop, place) => this.line(stop, place, now.indexOf(stop.id)));
    this.body.replaceChildren(
      office ? state('ok', 's-ok', 'Planned by the office') : state('warn', 'cloud-off', 'Estimated without the office'),
      make('p', { class: 'lead', 'data-ends': '' }, endWords(proposal, same)),
      make('p', { class: 'muted' }, `From ${this.startWords(here)} at ${clockHere(at)}${lunchWords(proposal)}`),
      ...troubleWords(stops),
      make('ol', { class: 'rows route' }, ...lines),
    );
    const words = same ? 'Use these times' : 'Use this order';
    this.buttons.append(button(words, 'primary', () => void this.use(proposal)));
  }

  /** @param {Proposal} proposal */
  async use(proposal) {
    const buttons = [...this.buttons.querySelectorAll('button')];
    for (const one of buttons) one.disabled = true;
    try {
      await this.onUse(proposal);
      this.close();
    } catch (error) {
      console.error(error);
      this.buttons.before(make('div', { role: 'alert' }, state('stop', 's-stop', 'This could not be kept on this phone. Try again.')));
    }
    for (const one of buttons) one.disabled = false;
  }

  /** @param {Here} here */
  startWords({ position, last }) {
    if (position) return 'your position';
    const line = last && this.view.root.querySelector(`li[data-stop="${last}"] h3`);
    return line ? `your last stop, ${line.textContent},` : 'where the day starts';
  }

  /**
   * @param {ProposedStop} stop
   * @param {number} place
   * @param {number} before
   */
  line({ id, arrive_at, trouble }, place, before) {
    const name = this.view.lines.get(id)?.querySelector('h3')?.textContent ?? 'A stop';
    const moved = before === place || before === -1 ? [] : [make('p', { class: 'muted' }, `Was ${before + 1} of those left`)];
    const words = make('span', {}, TROUBLE[trouble] ?? TROUBLE.late);
    const wrong = trouble ? [make('div', { class: 'st', 'data-tone': 'stop' }, icon('s-stop'), words)] : [];
    const time = make('time', {}, arrive_at ? clockHere(arrive_at) : '–');
    return make('li', { 'data-proposed': id }, time, icon('s-later'), make('div', {}, make('h3', {}, name), ...moved, ...wrong));
  }
}

/**
 * @param {Proposal} proposal
 * @param {boolean} same
 */
function endWords({ back_at, was_back_at, end }, same) {
  const [back, was] = [clockHere(back_at), clockHere(was_back_at)];
  const words = `Back at ${end} ${back}`;
  if (same) return `${words}. Your order is the best that was found.`;
  return back === was ? `${words}, as in the order you have` : `${words}. In the order you have: ${was}`;
}

/** @param {Proposal} proposal */
function lunchWords({ lunch_at }) {
  return lunch_at ? `, lunch ${clockHere(lunch_at)}` : '';
}

/** @param {ProposedStop[]} stops */
function troubleWords(stops) {
  const count = stops.filter(({ trouble }) => trouble).length;
  if (!count) return [];
  const words = count === 1 ? '1 stop no longer fits' : `${count} stops no longer fit`;
  return [state('stop', 's-stop', `${words}. Skip, or go all the same.`)];
}

/**
 * @param {string} words
 * @param {string} kind
 * @param {() => void} act
 */
function button(words, kind, act) {
  const made = make('button', { class: `btn ${kind}`.trim(), type: 'button' }, words);
  made.addEventListener('click', act);
  return made;
}
