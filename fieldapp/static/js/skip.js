/** Page module of a stop's briefing: the stop is skipped for a reason, or brought back, on this phone first. */

import { deedsOf } from './day/deeds.js';
import { skipWords, whereabouts } from './day/words.js';
import { find, state } from './element.js';
import { submit } from '../../service-worker/outbox.js';
import { Stores } from '../../service-worker/stores.js';
import { browserTools } from '../../service-worker/tools.js';

/** @typedef {import('./day/deeds.js').Deed} Deed */
/** @typedef {{stop: string, supervisee: string, name: string, state: string, words: string}} StopHere */

/** These reasons say too little by themselves. */
const NOTE_WANTED = ['unsafe', 'other'];

const { officer, app = '' } = document.body.dataset;
const block = /** @type {HTMLElement | null} */ (document.querySelector('[data-skip]'));
if (officer && block) start(officer, block);

/**
 * @param {string} officer
 * @param {HTMLElement} block
 */
function start(officer, block) {
  const stores = new Stores();
  /** @type {StopHere} */
  const here = JSON.parse(block.dataset.skip ?? '{}');
  const form = /** @type {HTMLFormElement} */ (find(block, 'form'));
  const buttons = [.../** @type {NodeListOf<HTMLButtonElement>} */ (block.querySelectorAll('button'))];
  const show = async () => {
    const deeds = await deedsOf(stores, officer, document.body.dataset.at);
    showStop(block, here, deeds.filter(({ body }) => body.stop === here.stop));
  };
  /**
   * @param {string} kind
   * @param {Record<string, string>} said
   */
  const decide = async (kind, said) => {
    for (const button of buttons) button.disabled = true;
    const body = { stop: here.stop, supervisee: here.supervisee, ...said };
    try {
      await submit(stores, { officer, kind, body, app }, here.name, browserTools());
      document.dispatchEvent(new Event('submitted'));
      await show();
      find(block, 'h2').focus();
    } catch (error) {
      console.error(error);
      complain(block, 'This could not be kept on this phone. Try again.');
    }
    for (const button of buttons) button.disabled = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const reason = String(new FormData(form).get('reason') ?? '');
    const note = /** @type {HTMLTextAreaElement} */ (find(form, 'textarea')).value.trim();
    if (NOTE_WANTED.includes(reason) && !note) return complain(block, 'Say in the note what it was.');
    complain(block, '');
    void decide('skip', { reason, note });
  });
  find(block, '[data-unskip]').addEventListener('click', () => void decide('unskip', {}));
  for (const type of ['outbox', 'drained']) document.addEventListener(type, () => void show());
  for (const button of buttons) button.disabled = false;
  void show();
}

/**
 * @param {HTMLElement} block
 * @param {StopHere} here
 * @param {Deed[]} deeds of this stop
 */
function showStop(block, here, deeds) {
  const last = deeds.findLast(({ kind }) => kind === 'skip' || kind === 'unskip');
  const skipped = last ? last.kind === 'skip' : here.state === 'skipped';
  block.hidden = deeds.some(({ kind }) => kind === 'visit');
  find(block, 'h2').textContent = skipped ? 'Skipped' : 'Skip this stop';
  find(block, 'form').hidden = skipped;
  const told = find(block, '[data-skipped]');
  told.hidden = !skipped;
  find(told, '.lead').textContent = last?.kind === 'skip' ? skipWords(last.body) : here.words;
  find(told, '[data-where]').replaceChildren(last ? whereabouts(last) : state('ok', 's-ok', 'With the office'));
}

/**
 * @param {HTMLElement} block
 * @param {string} words
 */
function complain(block, words) {
  const line = find(block, '[role=alert]');
  line.replaceChildren(...(words ? [state('stop', 's-stop', words)] : []));
  const note = find(block, 'textarea');
  if (words) note.setAttribute('aria-invalid', 'true');
  else note.removeAttribute('aria-invalid');
  if (words) note.focus();
}
