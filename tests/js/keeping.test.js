/** The browser is asked once to keep what waits on this phone, and a refusal is known. */

import { askToKeep, mayBeCleared } from '/static/js/keeping.js';

function phone(grants) {
  const [kept, asked] = [new Map(), []];
  const memory = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const storage = { persist: async () => Boolean(asked.push(1)) && grants, persisted: async () => grants && asked.length > 0 };
  return { memory, storage, asked };
}

export const tests = {
  'it is asked once, and a refusal is told and not asked again': async (t) => {
    const { memory, storage, asked } = phone(false);
    t.equal(await mayBeCleared(storage, memory), false);
    await askToKeep(storage, memory);
    await askToKeep(storage, memory);
    t.equal([asked.length, await mayBeCleared(storage, memory)], [1, true]);
  },

  'nothing is told where the browser keeps everything, or knows no such thing': async (t) => {
    const { memory, storage } = phone(true);
    await askToKeep(storage, memory);
    t.equal(await mayBeCleared(storage, memory), false);
    await askToKeep(undefined, memory);
    t.equal(await mayBeCleared(undefined, memory), false);
  },
};
