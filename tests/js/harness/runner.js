/** Entry module of the test page: imports the module that the address names and runs its sentences one by one. */

import { Sentence } from '/tests/js/harness/sentence.js';

const TIMEOUT_MS = 15_000;

/**
 * @param {(t: Sentence) => Promise<void>} test
 * @returns {Promise<string | null>} null when it holds, else what went wrong and where
 */
async function run(test) {
  const t = new Sentence();
  let timer;
  const tooLong = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It was not over after ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS);
  });
  try {
    await Promise.race([test(t), tooLong]);
    return null;
  } catch (error) {
    const stack = error?.stack ?? ''; // a DOMException may have none, and is a failure all the same
    return stack.includes(String(error)) ? stack : `${error}\n${stack}`;
  } finally {
    clearTimeout(timer);
    await t.cleanUp();
  }
}

/** @returns {Promise<Record<string, string | null>>} result by sentence */
async function runAll() {
  const { tests } = await import(new URLSearchParams(location.search).get('module'));
  const results = {};
  for (const [sentence, test] of Object.entries(tests)) results[sentence] = await run(test);
  return results;
}

window.results = runAll();
