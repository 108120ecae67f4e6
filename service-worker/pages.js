/** How the worker answers when a page is opened: the office first (Today and a visit: their fresh copy), then the copy, then a plain page. */

import { KEPT, OFFLINE_PAGE, READER, isOwnAnswer, shellName } from './cached.js';
import { erasePack, freshCopy, keepPage, packedCopy, readPack } from './day-pack.js';
import { askStanding, endsPack } from './standing.js';

/**
 * @typedef {object} Tools
 * @property {CacheStorage} caches
 * @property {typeof fetch} fetch
 * @property {() => Date} now
 * @property {(work: () => void, ms: number) => unknown} after
 * @property {(path: string, news: import('./page-news.js').News) => void} tell the page that was shown from its copy
 */

const PATIENCE_MS = 3000;
/** An answer that has not come by then is kept the next time: a worker that still waits for one cannot be replaced. */
const LONGEST_KEEP_MS = 15_000;
/** A proxy's word that the office is not there. */
const NOT_THERE = [502, 503, 504];
/** The page of a visit holds questions and what the file says: of the last half hour is new enough, and a door does not wait. */
const VISIT = /^\/(stops|people)\/[^/]+\/visit(\/|$)/;
/** Today changes with what the office says a moment later. Opened from these it is what it was: no form there leads to it. */
const TODAY = '/today';
const FIELD = /^\/(stops|people|unplanned|outbox)(\/|$)/;
/** Where signing out leads to. */
const SIGNED_OUT = '/sign-in?out=1';

/**
 * @param {Request} request a navigation
 * @param {string} build the worker's
 * @param {Tools} tools
 * @returns {{answer: Promise<Response>, done: Promise<unknown>}} `done` when nothing is left to keep, or it took too long
 */
export function openPage(request, build, tools) {
  const { pathname, search } = new URL(request.url);
  const path = search ? '' : pathname; // a page with a question in its address is never kept
  const network = tools.fetch(request);
  const kept = network.then((answer) => (isOwnAnswer(answer) ? keep(path, answer.clone(), tools) : undefined)).catch(() => {});
  const left = pathname + search === SIGNED_OUT ? erasePack(tools.caches) : undefined;
  const begun = copyToBeginWith(path, request.referrer, tools);
  const told = begun.then((copy) => (copy ? tellWhatCame(path, network, kept, tools) : undefined));
  let asking = true;
  network.catch(() => (asking = false)); // without a network that is known before the copy is read: the page says so at once
  const answer = begun.then((copy) =>
    copy ? marked(copy, () => (asking ? ' data-at-once' : '')) : firstAnswer(path, network, build, tools),
  );
  return { answer, done: within(Promise.all([kept, left, told]), LONGEST_KEEP_MS, tools) };
}

/**
 * A fresh copy, where it is good enough to begin with while the office is asked. Who comes from a form that changes the
 * day, or has just signed in, waits for what the office says; so does who has a copy of a build that the office has no more.
 * @param {string} path
 * @param {string} referrer "" where the app was opened anew
 * @param {Tools} tools
 * @returns {Promise<Response | undefined>}
 */
async function copyToBeginWith(path, referrer, tools) {
  const wanted = path === TODAY ? !referrer || FIELD.test(new URL(referrer).pathname) : VISIT.test(path);
  return wanted ? freshCopy(path, tools).catch(() => undefined) : undefined;
}

/**
 * Tells the page what the office has answered, once its answer is kept. The office also says here whether this phone may go on.
 * @param {string} path
 * @param {Promise<Response>} network
 * @param {Promise<unknown>} kept
 * @param {Tools} tools
 */
async function tellWhatCame(path, network, kept, tools) {
  const answer = await network.catch(() => null);
  if (!answer || !isFromTheOffice(answer)) return tools.tell(path, 'silent');
  await kept;
  const copy = await packedCopy(path, tools);
  const instead = copy && answer.type === 'opaqueredirect' ? await insteadOfSignIn(path, copy, tools) : null;
  tools.tell(path, instead ? 'signed_out' : 'kept');
}

/**
 * @param {string} path
 * @param {Promise<Response>} network
 * @param {string} build
 * @param {Tools} tools
 * @returns {Promise<Response>}
 */
async function firstAnswer(path, network, build, tools) {
  const found = await packedCopy(path, tools).catch(() => undefined);
  const copy = path ? found : undefined;
  const answer = await (copy ? within(network, PATIENCE_MS, tools) : network.catch(() => null));
  if (answer?.type === 'opaqueredirect') return (await insteadOfSignIn(path, copy, tools)) ?? answer;
  if (answer && (!copy || isFromTheOffice(answer))) return answer;
  if (copy) return marked(copy);
  if (path === '/') return Response.redirect('/today', 302);
  const plain = await tools.caches.match(OFFLINE_PAGE, { cacheName: shellName(build), ignoreVary: true });
  return plain ?? Response.error();
}

/**
 * What is shown in place of a redirect. A browser does not tell a worker where a redirect leads, so the office is asked
 * whether the session has ended: then the day goes on with its copies, unless phone or account were switched off.
 * @param {string} path
 * @param {Response | undefined} copy
 * @param {Tools} tools
 * @returns {Promise<Response | null>} null where the redirect is right
 */
async function insteadOfSignIn(path, copy, tools) {
  const pack = await readPack(tools);
  if (!pack || !(copy || path === '/')) return null;
  const standing = await askStanding(pack.device, tools);
  if (standing?.signedIn) return null;
  if (endsPack(standing?.phone)) {
    await erasePack(tools.caches);
    return null;
  }
  if (!copy) return Response.redirect('/today', 302);
  return marked(copy, () => (standing ? ' data-signed-out' : ''));
}

/**
 * An answer of our own or a redirect, not a proxy's or a portal's page.
 * @param {Response} answer
 */
function isFromTheOffice(answer) {
  return !NOT_THERE.includes(answer.status) && (answer.status !== 200 || isOwnAnswer(answer));
}

/**
 * @param {string} path
 * @param {Response} answer
 * @param {Tools} tools
 */
async function keep(path, answer, tools) {
  if (path) return keepPage(path, answer, tools);
  const pack = await readPack(tools);
  const reader = answer.headers.get(READER);
  if (pack && reader && reader !== pack.officer) await erasePack(tools.caches);
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @param {Tools} tools
 * @returns {Promise<T | null>} null when it took too long or failed
 */
function within(work, ms, { after }) {
  return new Promise((resolve) => {
    after(() => resolve(null), ms);
    work.then(resolve, () => resolve(null));
  });
}

/**
 * The page says itself that it is a copy: its script cannot know otherwise.
 * @param {Response} copy
 * @param {() => string} [more] attributes, asked for at the last moment
 * @returns {Promise<Response>}
 */
async function marked(copy, more = () => '') {
  const text = await copy.text();
  const at = copy.headers.get(KEPT) ?? '';
  return new Response(text.replace('<body', `<body data-kept="${at}"${more()}`), { headers: copy.headers });
}
