/** How the app comes to the home screen: the browser's own question where there is one, words where there is none. */

import { icon, make } from './element.js';

const NOT_NOW = 'fieldapp-install-not-now';
const APPLE = /iPhone|iPad|iPod/;

/** The browser's question, held back wherever it comes (in a visit, too) until the officer taps for it. */
export class InstallQuestion extends EventTarget {
  /** @type {any} a BeforeInstallPromptEvent, which the types of the DOM do not know */
  event = null;

  /** @param {EventTarget} scope the window */
  constructor(scope) {
    super();
    scope.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.event = event;
      this.dispatchEvent(new Event('change'));
    });
    scope.addEventListener('appinstalled', () => {
      this.event = null;
      this.dispatchEvent(new Event('change'));
    });
  }
}

/**
 * A notice at the end of the page, so that nothing moves: until "Not now" is tapped, or always where that is not offered.
 * @param {Element} main
 * @param {InstallQuestion} question
 * @param {{always: boolean, memory: Pick<Storage, 'getItem' | 'setItem'>}} manner
 */
export function showInstall(main, question, { always, memory }) {
  const show = () => {
    main.querySelector('[data-install]')?.remove();
    if (isInstalled() || (!always && memory.getItem(NOT_NOW))) return;
    const way = question.event ? [installButton(question)] : words(navigator);
    if (!way) return;
    const box = notice(way);
    if (!always) offerNotNow(box, memory);
    main.append(box);
  };
  question.addEventListener('change', show);
  show();
}

function isInstalled() {
  return matchMedia('(display-mode: standalone)').matches || /** @type {any} */ (navigator).standalone === true;
}

/**
 * What to tap in browsers that do not ask by themselves; an iPad says that it is a Mac.
 * @param {Navigator} navigator
 * @returns {HTMLElement[] | null} null where there is no such way
 */
function words({ userAgent, maxTouchPoints }) {
  const apple = APPLE.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 0);
  if (apple) {
    return [
      make('p', {}, 'Tap Share, then “Add to Home Screen”, and open fieldapp from there.'),
      make('p', { class: 'muted' }, 'There, unsent work is kept for good; Safari may clear it after a week without use. The app begins empty: send what waits here first.'),
    ];
  }
  const asks = 'onbeforeinstallprompt' in window;
  if (!userAgent.includes('Android') || asks) return null;
  return [make('p', {}, 'Open the browser’s menu and tap “Add to Home screen” or “Install”.')];
}

/** @param {InstallQuestion} question */
function installButton(question) {
  const button = make('button', { class: 'btn', type: 'button' }, icon('plus'), 'Install fieldapp');
  button.addEventListener('click', () => void question.event.prompt());
  return make('p', { class: 'row' }, button);
}

/** @param {HTMLElement[]} way */
function notice(way) {
  const heading = make('h2', { class: 'h3' }, 'Put fieldapp on the home screen');
  return make('section', { class: 'notice', 'data-install': '' }, icon('s-phone'), heading, ...way);
}

/**
 * @param {HTMLElement} box
 * @param {Pick<Storage, 'setItem'>} memory
 */
function offerNotNow(box, memory) {
  const button = make('button', { class: 'btn', type: 'button' }, 'Not now');
  button.addEventListener('click', () => {
    memory.setItem(NOT_NOW, 'yes');
    box.remove();
  });
  const row = box.querySelector('.row') ?? box.appendChild(make('p', { class: 'row' }));
  row.append(button);
}
