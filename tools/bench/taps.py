"""A tap on an answer, from the finger to the next paint, with the draft saved in between."""

import statistics
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession
from playwright.sync_api import Page

from tools.bench.pages import visit_path
from tools.bench.phone import Phone
from tools.bench.road import FAST

TAPS = 16
# the tap's own work, then the frame that shows it: a message posted in a frame's callback comes after its paint
LISTEN = """() => {
  window.taps = [];
  let down = 0;
  const put = IDBObjectStore.prototype.put;
  let writing = null;
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === 'drafts' && writing) {
      const tap = writing;
      this.transaction.addEventListener('complete', () => (tap.saved ??= performance.now() - tap.at));
    }
    return put.apply(this, args);
  };
  addEventListener('pointerdown', (event) => (down = event.timeStamp), true);
  addEventListener('input', () => {
    const tap = { at: down, painted: null, saved: null };
    writing = tap;
    window.taps.push(tap);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (tap.painted = performance.now() - tap.at);
      port2.postMessage(null);
    });
  }, true);
}"""
SECTIONS = "[...document.querySelectorAll('[data-rail]:not([hidden]) a')].map((link) => link.hash)"
PLACES = """() => [...document.querySelectorAll('.step .seg > label')]
  .filter((label) => label.checkVisibility() && !label.closest('.raised'))
  .map((label, index) => index)"""
BRING = """(index) => {
  const labels = [...document.querySelectorAll('.step .seg > label')]
    .filter((label) => label.checkVisibility() && !label.closest('.raised'));
  const label = labels[index];
  label.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = label.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


@dataclass
class Taps:
    """Milliseconds from the finger to the paint and to the disk, one for each tap; then the scripts' memory in MB."""

    painted: list[float]
    saved: list[float]
    heap: float

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.painted)


def measure_taps(phone: Phone) -> Taps:
    """Begin a visit, then answer its first questions with real touches."""
    page, session = phone.page()
    phone.road.use(FAST)
    page.goto(f"{phone.url}{visit_path(phone.office)}")
    page.wait_for_selector("[data-next] span:not(:empty)", timeout=30_000)
    page.evaluate(LISTEN)
    sections: list[str] = page.evaluate(SECTIONS)
    for section in sections:
        page.evaluate("(hash) => { location.hash = hash; }", section)
        page.wait_for_timeout(400)
        _tap_through(page, session)
        if len(page.evaluate("window.taps")) >= TAPS:
            break
    taps: list[dict[str, Any]] = page.evaluate("window.taps")
    session.send("HeapProfiler.collectGarbage")
    heap = float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
    page.close()
    return Taps([each["painted"] for each in taps], [each["saved"] for each in taps if each["saved"]], heap)


def _tap_through(page: Page, session: CDPSession) -> None:
    """Touch every other answer of the section that is shown."""
    for index in page.evaluate(PLACES)[::3]:
        before = len(page.evaluate("window.taps"))
        if before >= TAPS:
            return
        x, y = page.evaluate(BRING, index)
        page.wait_for_timeout(150)
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(350)
