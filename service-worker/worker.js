/** The service worker's ears. It answers GET alone: a worker that touches what is sent can spoil or lose it. */

import { openPage } from './pages.js';
import { tellPages } from './page-news.js';
import { keepShell, routeShell, shellFile, shellPage, tidyShells } from './shell.js';

/** They name nobody and belong to a build: what this phone has of them is as good as the office's. */
const OF_THE_SHELL = ['/visit/', '/checklists/'];
const FILES = '/v/';

/**
 * @param {ServiceWorkerGlobalScope} scope
 * @param {{build: string, shell: string[]}} own the build's name and the addresses of all its files
 */
export function start(scope, { build, shell }) {
  const tools = {
    caches: scope.caches,
    fetch: scope.fetch.bind(scope),
    locks: scope.navigator.locks,
    now: () => new Date(),
    after: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
    tell: tellPages,
  };
  // no skipWaiting: a new version takes over when the officer says so, or when no page is open
  scope.addEventListener('install', (event) => {
    event.waitUntil(Promise.all([keepShell(build, shell, tools), routeShell(/** @type {any} */ (event), build, [FILES, ...OF_THE_SHELL])]));
  });
  scope.addEventListener('activate', (event) => event.waitUntil(tidyShells(build, tools)));
  scope.addEventListener('message', (event) => {
    if (event.data === 'take over') event.waitUntil(scope.skipWaiting());
    if (event.data === 'tidy' && !scope.registration.waiting && !scope.registration.installing) {
      event.waitUntil(tidyShells(build, tools));
    }
  });
  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== scope.location.origin) return;
    if (pathname.startsWith(FILES)) return event.respondWith(shellFile(request, tools));
    if (OF_THE_SHELL.some((start) => pathname.startsWith(start))) return event.respondWith(shellPage(request, build, tools));
    if (request.mode !== 'navigate') return;
    const { answer, done } = openPage(request, build, tools);
    event.respondWith(answer);
    event.waitUntil(done);
  });
}
