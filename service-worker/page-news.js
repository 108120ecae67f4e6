/** What came of asking the office about a page that the worker has shown from its copy, told to that page. */

const CHANNEL = 'fieldapp-pages';

/**
 * kept: the office's answer lies beside the copies now, or the day was erased. silent: the office was not reached.
 * signed_out: the session is over, the day goes on.
 * @typedef {'kept' | 'silent' | 'signed_out'} News
 */

/**
 * @param {string} path
 * @param {News} news
 */
export function tellPages(path, news) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ path, news });
  channel.close();
}

/**
 * @param {string} path
 * @param {(news: News) => void} work
 */
export function hearOf(path, work) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => {
    if (data.path === path) work(data.news);
  });
}
