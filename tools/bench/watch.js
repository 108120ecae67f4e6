// Watches a page from its start: its first answer is tapped as soon as it can be, and its times are kept in `watched`.
(() => {
  /** @param {DOMRectReadOnly} rect */
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  const watched = { tapped: null, saved: null, shifts: 0, moved: [], long: [], first: null };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      watched.shifts += entry.value;
      for (const { node, previousRect: from, currentRect: to } of entry.sources) {
        const what = node?.outerHTML ?? node?.textContent ?? 'something that is gone';
        watched.moved.push(`${Math.round(entry.startTime)} ms: ${what.trim().slice(0, 60)} (${box(from)} to ${box(to)})`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.long.push([entry.startTime, entry.duration]);
  }).observe({ type: 'longtask', buffered: true });

  // saved: the transaction that carries the answer is complete
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...args) {
    const [row] = args;
    if (this.name === 'drafts' && (row.body?.outcome || row.body?.answers?.length)) {
      this.transaction.addEventListener('complete', () => (watched.saved ??= performance.now()));
    }
    return put.apply(this, args);
  };

  /** @param {Element} element */
  const canBeTapped = (element) => {
    const { top, left, width, height } = element.getBoundingClientRect();
    if (!width || !height || top < 0 || top + height / 2 > innerHeight) return false;
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return Boolean(hit && (hit === element || element.contains(hit)));
  };

  const look = () => {
    const answer = document.querySelector('.choice:has([name=outcome])');
    const stop = document.querySelector('article.next a.primary, .route a');
    if (answer && canBeTapped(answer)) {
      watched.tapped = performance.now();
      answer.click();
      return;
    }
    if (stop && canBeTapped(stop)) {
      watched.tapped = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
