/** A new version of the app is taken between visits: never while one is being filled in on this phone. */

import { icon, make } from './element.js';

/** @typedef {import('../../service-worker/stores.js').Stores} Stores */

/**
 * Offers the version that waits, now or when it comes.
 * @param {Element} place
 * @param {ServiceWorkerRegistration} registration
 * @param {Stores} stores
 */
export function offerUpdate(place, registration, stores) {
  const offer = async () => {
    // the very first worker waits for a moment too: there is nothing older that it could replace
    const drafts = await openDrafts(stores);
    if (!registration.waiting || !registration.active || place.querySelector('[data-update]') || drafts > 0) return;
    place.prepend(notice(registration));
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => void offer());
  });
  void offer();
}

/** @param {ServiceWorkerRegistration} registration */
function notice(registration) {
  const button = make('button', { class: 'btn', type: 'button' }, icon('rotate-ccw'), 'Use it now');
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true');
    takeOver(registration, navigator.serviceWorker, () => location.reload());
  });
  const box = make('div', { class: 'notice', 'data-tone': 'live', 'data-update': '', role: 'status' });
  box.append(icon('s-flag'), make('h2', { class: 'h3' }, 'A new version is ready'), make('p', { class: 'row' }, button));
  return box;
}

/**
 * Has the version that waits take over, then loads the page again. Which version that is, is asked now: a newer one may
 * have come since the notice was shown, or the one of the notice may run already. Chromium forgets the wish where the page
 * asks the old worker for something while that one stops, so it is said again until it is done.
 * @param {{waiting: {postMessage(message: string): void} | null}} registration
 * @param {EventTarget} container
 * @param {() => void} reload
 * @param {(work: () => void) => () => void} repeat does something again and again, until what it returns is called
 */
export function takeOver(registration, container, reload, repeat = eachSecond) {
  if (!registration.waiting) return reload();
  const say = () => registration.waiting?.postMessage('take over');
  const stop = repeat(say);
  const done = () => {
    stop();
    reload();
  };
  container.addEventListener('controllerchange', done, { once: true });
  say();
}

/** @param {() => void} work */
function eachSecond(work) {
  const timer = setInterval(work, 1000);
  return () => clearInterval(timer);
}

/**
 * @param {Stores} stores
 * @returns {Promise<number>} of every officer on this phone
 */
function openDrafts(stores) {
  return stores.read(['drafts'], (transaction) => transaction.objectStore('drafts').count());
}
