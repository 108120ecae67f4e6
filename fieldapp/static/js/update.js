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
 * have come since the notice was shown, or the one of the notice may run already.
 * @param {{waiting: {postMessage(message: string): void} | null}} registration
 * @param {EventTarget} container
 * @param {() => void} reload
 */
export function takeOver({ waiting }, container, reload) {
  if (!waiting) return reload();
  container.addEventListener('controllerchange', () => reload(), { once: true });
  waiting.postMessage('take over');
}

/**
 * @param {Stores} stores
 * @returns {Promise<number>} of every officer on this phone
 */
function openDrafts(stores) {
  return stores.read(['drafts'], (transaction) => transaction.objectStore('drafts').count());
}
