/** Page module of Today: the day as this phone knows it, whatever the page knew when the office made it. */

import { enableArrange } from './day/arrange.js';
import { deedsOf } from './day/deeds.js';
import { freshDay, newerDay } from './day/refresh.js';
import { dayOf, isLeft } from './day/state.js';
import { DayView } from './day/view.js';
import { find } from './element.js';
import { showKept } from './kept.js';
import { hearOf } from '../../service-worker/page-news.js';
import { Stores } from '../../service-worker/stores.js';

/** Other pages lead here with it, after a stop was skipped or added. */
const REPLAN = '#replan';
/** Then a copy that was shown at once says of when it is; its line goes when the office answers after all. */
const PATIENCE_MS = 3000;
/** A form that has not led anywhere by then was given up. */
const WAY_OUT_MS = 60_000;
const { officer } = document.body.dataset;
const root = /** @type {HTMLElement | null} */ (document.querySelector('[data-today]'));
if (officer && root) start(officer, root);

/**
 * @param {string} officer
 * @param {HTMLElement} root
 */
function start(officer, root) {
  const stores = new Stores();
  const before = root.outerHTML;
  let view = new DayView(root);
  let day = dayOf(view.page, []);
  // a form on its way would be taken back by loading the page again, and signing out erases the day itself
  let leaving = false;
  window.addEventListener('submit', (event) => void (leaving ||= !event.defaultPrevented));
  const show = async () => {
    day = dayOf(view.page, await deedsOf(stores, officer, document.body.dataset.at));
    view.show(day, new Date());
    document.dispatchEvent(new Event('stops'));
  };
  const own = { stores, officer, now: () => day };
  const arrange = () => {
    enableArrange(view, own);
    enableReplan(() => view, own);
  };
  const isBusy = () => view.root.querySelector('[data-arranging]:not([hidden]), [data-replanning]') !== null;
  const showNew = async (/** @type {HTMLElement | null} */ fresh) => {
    if (fresh) {
      view = new DayView(fresh);
      arrange();
    }
    await show();
  };
  const refresh = async () => showNew(isBusy() ? null : await freshDay(view.root, isBusy));
  const follow = async (/** @type {import('../../service-worker/page-news.js').News} */ news) => {
    if (news === 'signed_out') document.body.dataset.signedOut = '';
    if (news !== 'kept') return showKept(document.body, true);
    if (document.body.dataset.kept === undefined || isBusy()) return;
    const fresh = await newerDay(view.root, before, isBusy);
    if (fresh === 'gone') return void setTimeout(() => location.reload(), leaving ? WAY_OUT_MS : 0);
    if (fresh) await showNew(fresh);
  };
  if (document.body.dataset.atOnce !== undefined) {
    const unheard = setTimeout(() => void follow('silent'), PATIENCE_MS);
    hearOf(location.pathname, (news) => {
      clearTimeout(unheard);
      void follow(news);
    });
    void follow('kept'); // it may have come already
  }
  document.addEventListener('outbox', () => void show());
  document.addEventListener('drained', (event) => {
    void (/** @type {CustomEvent} */ (event).detail.received > 0 ? refresh() : show());
  });
  // not on the way out: WebKit may freeze the page in the middle of reading, and the next page could not write
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && show()));
  window.addEventListener('pageshow', () => {
    leaving = false;
    void show();
  });
  arrange();
  void show().then(() => {
    if (location.hash === REPLAN) void replan(() => view, own);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash === REPLAN) void replan(() => view, own);
  });
}

/**
 * @param {() => DayView} viewNow
 * @param {import('./day/replan.js').Day} day
 */
function enableReplan(viewNow, day) {
  const button = /** @type {HTMLButtonElement} */ (find(viewNow().root, '[data-replan]'));
  button.disabled = false;
  button.addEventListener('click', () => void replan(viewNow, day));
}

/**
 * What it needs comes with the first tap on it: Today itself is no later for it.
 * @param {() => DayView} viewNow the office may have made the day anew while that came
 * @param {import('./day/replan.js').Day} day
 */
async function replan(viewNow, day) {
  if (!day.now().stops.some(isLeft)) return;
  history.replaceState(null, '', location.pathname); // a page that is loaded again does not ask again
  const { openReplan } = await import('./day/replan.js');
  await openReplan(viewNow(), day);
}
