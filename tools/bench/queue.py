"""A long day without signal: forty visits with three photos each are kept, and the phone stays quick."""

from dataclasses import dataclass

from tools.bench.phone import Phone
from tools.bench.road import FAST

VISITS, PHOTOS = 40, 3
PHOTO_BYTES = 1_500_000
KEEP = """async ([build, officer, app, visits, photos, size]) => {
  const load = (name) => import(`/v/${build}/service-worker/${name}.js`);
  const [{ Stores }, { startDraft }, { submitVisit }, { capturePhoto }, { browserTools }] =
    await Promise.all(['stores', 'drafts', 'outbox', 'photos', 'tools'].map(load));
  const [stores, tools] = [new Stores(), browserTools()];
  await new Promise((resolve) => setTimeout(resolve, 500));
  const long = [];
  const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  watch.observe({ type: 'longtask' });
  const bytes = new Uint8Array(size);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  const position = { state: 'unavailable', lat: null, lon: null, accuracy_m: null, taken_at: new Date().toISOString() };
  const answers = Array.from({ length: 60 }, (_, n) => (
    { item: `section.item_${n}`, value: 'no', answered_by: 'tap', at: new Date().toISOString() }
  ));
  const began = performance.now();
  for (let n = 0; n < visits; n += 1) {
    const ids = { id: tools.uuid(), officer, supervisee: tools.uuid(), address: tools.uuid(), stop: tools.uuid() };
    const draft = await startDraft(stores, { ...ids, place: 'home', title: `Visit ${n}`, body: {} }, tools);
    for (let m = 0; m < photos; m += 1) {
      crypto.getRandomValues(bytes.subarray(8, 4096));
      const file = new File([bytes], 'photo.jpg', { type: 'image/jpeg' });
      await capturePhoto(stores, file, { visit: draft.id, officer, item: 'visit', source: 'camera', position }, tools);
    }
    await submitVisit(stores, draft, { ...ids, outcome: 'contact_inside', answers }, app, tools);
  }
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const count = (name) => stores.read([name], (all) => all.objectStore(name).index('officer').count(officer));
  const [rows, kept] = [await count('outbox'), await count('photos')];
  return { seconds, longest: Math.max(0, ...long), rows, kept };
}"""


@dataclass
class Queue:
    """What was kept, in how many seconds, and the longest task (milliseconds) meanwhile."""

    seconds: float
    longest: float
    rows: int
    kept: int


def measure_queue(phone: Phone) -> Queue:
    """Cut the signal and queue the day, by the very modules that the visit page uses."""
    page, _session = phone.page()
    phone.road.use(FAST)
    page.goto(f"{phone.url}/people")
    page.wait_for_selector("[data-sync-chip][data-tone=ok]", timeout=30_000)
    page.wait_for_timeout(1500)
    own = page.evaluate("() => ({ ...document.body.dataset })")
    page.evaluate("(build) => import(`/v/${build}/service-worker/outbox.js`)", own["build"])
    phone.road.cut_off(True)
    found = page.evaluate(KEEP, [own["build"], own["officer"], own["app"], VISITS, PHOTOS, PHOTO_BYTES])
    page.close()
    phone.road.cut_off(False)
    return Queue(**found)
