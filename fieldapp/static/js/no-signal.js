/** Page module of the plain page without signal: the visits begun on this phone go on, whatever else is not here. */

import { find, make } from './element.js';
import { goOnAddress } from './go-on.js';
import { officerHere } from './who.js';
import { listDrafts } from '../../service-worker/drafts.js';
import { Stores } from '../../service-worker/stores.js';

const officer = officerHere(localStorage);
if (officer) showBegun(officer).catch((error) => console.error(error));

/** @param {string} officer who uses this phone */
async function showBegun(officer) {
  const drafts = (await listDrafts(new Stores(), officer)).filter(({ page }) => page);
  const lines = drafts.map((draft) => {
    const way = make('a', { class: 'btn small', href: goOnAddress(draft) }, 'Go on');
    return make('li', { class: 'split' }, make('h3', {}, draft.title ?? 'Visit'), way);
  });
  const block = find(document, '[data-begun]');
  find(block, 'ul').replaceChildren(...lines);
  block.hidden = lines.length === 0;
}
