/** Page module of a person's page and of a briefing: a note is kept on this phone first, and shown until the office has it. */

import { BegunNote } from './begun-note.js';
import { find, icon, make, state } from './element.js';
import { deedsOf } from './day/deeds.js';
import { clockTime } from './words.js';
import { submit } from '../../service-worker/outbox.js';
import { Stores } from '../../service-worker/stores.js';
import { browserTools } from '../../service-worker/tools.js';

/** @typedef {import('./day/deeds.js').Deed} Deed */

const { officer } = document.body.dataset;
const block = /** @type {HTMLElement | null} */ (document.querySelector('[data-notes]'));
if (officer && block) start(officer, block);

/**
 * @param {string} officer
 * @param {HTMLElement} block
 */
function start(officer, block) {
  const stores = new Stores();
  const { supervisee, name } = JSON.parse(block.dataset.notes ?? '{}');
  const form = /** @type {HTMLFormElement} */ (find(block, 'form'));
  const button = /** @type {HTMLButtonElement} */ (find(form, 'button'));
  const text = /** @type {HTMLTextAreaElement} */ (find(form, 'textarea'));
  const begun = new BegunNote(stores, `note ${officer} ${supervisee}`);
  const show = async () => showNotes(block, (await deedsOf(stores, officer, document.body.dataset.at)).filter(isNote));
  /** @param {Deed} deed */
  const isNote = ({ kind, body }) => kind === 'note' && body.supervisee === supervisee;
  for (const type of ['outbox', 'drained']) document.addEventListener(type, () => void show());
  text.addEventListener('input', () => void begun.keep(text.value));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled || !text.value.trim()) return;
    button.disabled = true;
    const body = { supervisee, text: text.value };
    const { app = '' } = document.body.dataset;
    try {
      await submit(stores, { officer, kind: 'note', body, app }, name, browserTools());
      form.reset();
      await begun.forget();
      say(block, '');
      document.dispatchEvent(new Event('submitted'));
    } catch (error) {
      console.error(error);
      say(block, 'The note could not be kept on this phone. It is still in the field above: try again.');
    }
    button.disabled = false;
    await show();
  });
  void begun.read().then((before) => {
    if (text.value) void begun.keep(text.value); // typed before this module was there
    else text.value = before;
    button.disabled = false;
  });
  void show();
}

/**
 * @param {HTMLElement} block
 * @param {Deed[]} notes
 */
function showNotes(block, notes) {
  const { zone = 'UTC', clock = '24' } = document.body.dataset;
  const shown = new Set([...document.querySelectorAll('li[data-note]')].map((line) => line.getAttribute('data-note')));
  const lines = notes.filter(({ id }) => !shown.has(id)).map(({ made_at, sent, body }) => {
    const at = clockTime(made_at, { zone, clock: Number(clock), unit: '' });
    const words = sent ? [] : [make('p', { class: 'prose' }, body.text)];
    const where = sent ? state('ok', 's-ok', 'With the office, newer than this page') : state('wait', 's-phone', 'On this phone');
    return make('li', { 'data-on-phone': '' }, icon('pencil'), make('div', {}, make('h3', {}, `Note of ${at}`), ...words, where));
  });
  find(block, 'ol').replaceChildren(...lines.reverse());
}

/**
 * @param {HTMLElement} block
 * @param {string} words
 */
function say(block, words) {
  find(block, '[role=status]').replaceChildren(...(words ? [state('stop', 's-stop', words)] : []));
}
