/** Taking a new version: the one that waits now, and the page is loaded again whatever became of it. */

import { takeOver } from '/static/js/update.js';
import { openPage } from '/service-worker/pages.js';

export const tests = {
  'the version that waits is told, and the page loads again once, when it has taken over': (t) => {
    const [told, container] = [[], new EventTarget()];
    let loads = 0;
    takeOver({ waiting: { postMessage: (message) => told.push(message) } }, container, () => (loads += 1));
    t.equal([told, loads], [['take over'], 0]);
    container.dispatchEvent(new Event('controllerchange'));
    container.dispatchEvent(new Event('controllerchange'));
    t.equal(loads, 1);
  },

  'where it has taken over already, the page loads again at once': (t) => {
    let loads = 0;
    takeOver({ waiting: null }, new EventTarget(), () => (loads += 1));
    t.equal(loads, 1);
  },

  'a page that the network never answers does not keep its worker from being replaced': async (t) => {
    /** @type {{work: () => void, ms: number}[]} */
    const timers = [];
    const tools = {
      caches: { has: async () => false, match: async () => undefined },
      fetch: () => new Promise(() => {}),
      now: () => new Date(),
      after: (work, ms) => timers.push({ work, ms }),
    };
    const { done } = openPage(new Request(new URL('/today', location.href)), 'build', tools);
    let over = false;
    void done.then(() => (over = true));
    await Promise.resolve();
    t.equal(over, false);
    timers.filter(({ ms }) => ms <= 15_000).forEach(({ work }) => work());
    await done;
  },
};
