"""How fast the visit page and Today can be used: cold, warm, and without any signal."""

import time
from dataclasses import dataclass
from dataclasses import field

from playwright.sync_api import Page
from playwright.sync_api import Playwright

from tools.bench.office import Office
from tools.bench.phone import Phone
from tools.bench.phone import new_phone
from tools.bench.phone import on_road
from tools.bench.road import FAST
from tools.bench.road import Profile
from tools.bench.road import Road

WAIT_MS = 30_000
IDLE_S = 2.5
SEEN = """async ([kind, most]) => {
  while (watched[kind] === null && performance.now() < most) await new Promise((resolve) => setTimeout(resolve, 50));
  return { ...watched, origin: performance.timeOrigin };
}"""
MOST_IDLE_S = 60


@dataclass
class Load:
    """One load of a page: seconds until usable, bytes and requests before that, bytes by part until idle."""

    usable: float
    tapped: float
    down_before: int = 0
    up_before: int = 0
    requests_before: int = 0
    down: dict[str, int] = field(default_factory=dict)
    up: int = 0
    shifts: float = 0.0
    moved: list[str] = field(default_factory=list)
    heap: float = 0.0
    waterfall: list[str] = field(default_factory=list)


def visit_path(office: Office) -> str:
    """The page of a visit, as the briefing's "I'm here" opens it."""
    return f"/stops/{office.stop}/visit#here"


def cold(playwright: Playwright, office: Office, road: Road, profile: Profile, path: str) -> Load:
    """Open a page on a phone that has never seen it, then wait until nothing more comes."""
    with new_phone(playwright, office, road) as phone:
        page, session = phone.page()
        on_road(phone, profile)
        load = _opened(phone, page, path)
        _idle(road)
        load.down, load.up = dict(road.wire.parts("down")), road.wire.parts("up")["page"]
        load.shifts, load.moved = page.evaluate("[watched.shifts, watched.moved]")
        session.send("HeapProfiler.collectGarbage")
        load.heap = float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
        return load


def ready(phone: Phone) -> None:
    """Open Today over a fast road and wait until the phone has the whole day."""
    page, _session = phone.page()
    phone.road.use(FAST)
    page.goto(f"{phone.url}/today")
    page.wait_for_selector("[data-pack][data-tone=ok]", timeout=WAIT_MS)
    page.close()


def again(phone: Phone, profile: Profile, path: str, *, signal: bool) -> Load:
    """Open a page that the phone has, with a slow road or with none."""
    page, _session = phone.page()
    on_road(phone, profile)
    phone.road.cut_off(not signal)
    load = _opened(phone, page, path)
    load.shifts, load.moved = page.evaluate("[watched.shifts, watched.moved]")
    phone.road.cut_off(False)
    phone.road.use(FAST)
    page.goto(f"{phone.url}/offline")  # a page of a visit might be writing its draft at this moment
    forget_draft(page)
    page.close()
    return load


def forget_draft(page: Page) -> None:
    """Leave no visit begun, so that the next load begins one too."""
    page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open('fieldapp');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('drafts', 'readwrite');
            transaction.objectStore('drafts').clear();
            transaction.oncomplete = () => resolve(opening.result.close());
          };
        })"""
    )


def _opened(phone: Phone, page: Page, path: str) -> Load:
    page.goto(f"{phone.url}{path}", wait_until="commit")
    kind = "saved" if "/visit" in path else "tapped"
    seen = page.evaluate(SEEN, [kind, WAIT_MS])
    if not seen[kind]:
        raise SystemExit(f"{path} was not usable within {WAIT_MS / 1000:.0f} s: {seen}")
    moment = (seen["origin"] + seen[kind]) / 1000
    wire = phone.road.wire
    lines = [
        f"{(each.began - seen['origin'] / 1000) * 1000:6.0f}–{(each.last - seen['origin'] / 1000) * 1000:5.0f} ms "
        f"{each.up:5} up {each.down:6} down {each.part:5} {each.path}"
        for each in list(wire.exchanges)
    ]
    return Load(
        usable=seen[kind] / 1000,
        tapped=(seen["tapped"] or 0) / 1000,
        down_before=wire.until(moment, "down"),
        up_before=wire.until(moment, "up"),
        requests_before=wire.requests_until(moment),
        waterfall=lines,
    )


def _idle(road: Road) -> None:
    until = time.monotonic() + MOST_IDLE_S
    while road.wire.quiet_for() < IDLE_S and time.monotonic() < until:
        time.sleep(0.1)
