/** Copying what stands in a field. */

import { enableCopy } from '/static/js/copy.js';

const PAGE = '<input id="address" value="https://office.example/calendar"><button data-copy="address" hidden></button><p data-copied></p>';

async function press(clipboard) {
  const page = document.implementation.createHTMLDocument('');
  page.body.innerHTML = PAGE;
  enableCopy(page, clipboard);
  const button = page.querySelector('button');
  const shown = !button.hidden;
  button.click();
  await new Promise((resolve) => setTimeout(resolve));
  return { shown, said: page.querySelector('[data-copied]').textContent };
}

export const tests = {
  'the whole text is copied, and said to be': async (t) => {
    const copied = [];
    const { shown, said } = await press({ writeText: async (text) => void copied.push(text) });
    t.equal([shown, copied, said], [true, ['https://office.example/calendar'], 'Copied']);
  },

  'where nothing can be copied it says so, and what to do': async (t) => {
    const refused = { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) };
    for (const clipboard of [undefined, refused]) t.equal((await press(clipboard)).said.includes('by hand'), true);
  },
};
