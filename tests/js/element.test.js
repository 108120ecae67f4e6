/** What is on the page already is not written again: it would be laid out anew at each tap, and told again to who listens. */

import { make, setAttribute, setState, setText } from '/static/js/element.js';

async function changesOf(element, work) {
  const seen = [];
  const observer = new MutationObserver((records) => seen.push(...records));
  observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
  work();
  await Promise.resolve();
  observer.disconnect();
  return seen.length;
}

export const tests = {
  'the same words, attribute or state change nothing': async (t) => {
    const link = make('a', { href: '#outcome' }, 'Next');
    const same = { tone: 'ok', shape: 's-ok', text: 'Kept' };
    const line = make('p', { 'data-tone': same.tone }, make('span', {}, same.text));
    t.equal(await changesOf(link, () => setText(link, 'Next')), 0);
    t.equal(await changesOf(link, () => setAttribute(link, 'href', '#outcome')), 0);
    t.equal(await changesOf(link, () => setAttribute(link, 'aria-disabled', null)), 0);
    t.equal(await changesOf(line, () => setState(line, same)), 0);
  },

  'other ones are written, and no attribute takes it away': async (t) => {
    const link = make('a', { href: '#outcome' }, 'Next');
    setText(link, 'Review and sign');
    setAttribute(link, 'href', '#sign');
    t.equal([link.textContent, link.getAttribute('href')], ['Review and sign', '#sign']);
    setAttribute(link, 'href', null);
    t.equal(link.hasAttribute('href'), false);
  },
};
