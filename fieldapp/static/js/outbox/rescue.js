/** "If this phone cannot send": makes the rescue file, then offers it to be saved or shared. What waits goes on waiting. */

import { find } from '../element.js';
import { count, sizeWords } from '../words.js';

/** @typedef {import('../../../service-worker/stores.js').Stores} Stores */
/** @typedef {import('../../../service-worker/rescue.js').Counts} Counts */

/**
 * @param {HTMLElement} block
 * @param {Stores} stores
 * @param {{officer: string, app: string}} who
 */
export function offerRescue(block, stores, who) {
  const button = /** @type {HTMLButtonElement} */ (find(block, '[data-make]'));
  button.addEventListener('click', async () => {
    button.disabled = true;
    find(block, '[data-made]').hidden = true;
    try {
      await make(block, stores, who);
    } catch (error) {
      const known = error instanceof Error && error.name === 'NoRescueError';
      say(block, known ? error.message : 'The file could not be made. Free some space on this phone, then try again. Nothing is lost.');
      if (!known) console.error(error);
    } finally {
      button.disabled = false;
      find(block, 'progress').hidden = true;
    }
  });
}

/**
 * @param {HTMLElement} block
 * @param {Stores} stores
 * @param {{officer: string, app: string}} who
 */
async function make(block, stores, { officer, app }) {
  const { makeRescue } = await import('../../../service-worker/rescue.js');
  const { browserTools } = await import('../../../service-worker/tools.js');
  const bar = /** @type {HTMLProgressElement} */ (find(block, 'progress'));
  const progress = (/** @type {number} */ done, /** @type {number} */ total) => {
    bar.hidden = false;
    bar.max = total || 1;
    bar.value = done;
  };
  const { file, counts } = await makeRescue(stores, officer, app, browserTools(), progress);
  offer(block, new File([file], fileName(new Date()), { type: 'text/plain' }));
  say(block, `${contents(counts)} in a locked file, ${sizeWords(file.size)}. Give it to your administrator. All of it stays here too.`);
}

/**
 * Sharing needs a tap of its own: the browser allows it only right after one, and the file takes a while to make.
 * @param {HTMLElement} block
 * @param {File} file
 */
function offer(block, file) {
  const link = /** @type {HTMLAnchorElement} */ (find(block, '[data-save]'));
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  const share = find(block, '[data-share]');
  share.hidden = !navigator.canShare?.({ files: [file] });
  share.onclick = () => void navigator.share({ files: [file], title: file.name }).catch(() => {}); // not shared after all
  find(block, '[data-made]').hidden = false;
}

/**
 * @param {HTMLElement} block
 * @param {string} words
 */
function say(block, words) {
  find(block, '[data-words]').textContent = words;
}

/** @param {Counts} counts */
function contents({ submissions, photos, drafts }) {
  const some = [submissions && count(submissions, 'submission'), photos && count(photos, 'photo'), drafts && count(drafts, 'draft')];
  return some.filter(Boolean).join(', ');
}

/** @param {Date} now @returns {string} without anybody's name, as a text file, which every phone can share */
function fileName(now) {
  return `fieldapp-rescue-${now.toISOString().slice(0, 16).replaceAll(':', '')}Z.txt`;
}
