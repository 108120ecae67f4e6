"""From "submit" on a slow phone behind a slow road until a supervisor can read the visit and see its photo."""

import time
from typing import Any
from urllib.request import Request
from urllib.request import urlopen

from tools.bench.office import Office
from tools.bench.office import sign_in
from tools.bench.pages import ready
from tools.bench.pages import visit_path
from tools.bench.phone import Phone
from tools.bench.phone import on_road
from tools.bench.road import FAST
from tools.bench.road import Profile

SUPERVISOR = "supervisor1@demo.example"
MOST_S = 60
ASK_S = 0.1
SUBMITTED = "() => sessionStorage.getItem(location.pathname + location.search)"


def measure_readable(phone: Phone, content: bytes, profile: Profile) -> tuple[float, float]:
    """Seconds until the office shows the facts, and until it shows a preview of the photo beside them."""
    cookie, _page = sign_in(phone.office.server, SUPERVISOR)
    ready(phone)
    page, _session = phone.page()
    phone.road.use(FAST)
    page.goto(f"{phone.url}{visit_path(phone.office)}")
    page.wait_for_selector("[data-next] span:not(:empty)", timeout=30_000)
    page.locator("#outcome .choice:has-text('Nobody home')").tap()
    page.fill("[name=outcome_note]", "Knocked three times, waited four minutes.")
    page.evaluate("() => { location.hash = '#photos'; }")
    file: Any = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files(".dock [data-photo=camera]", file)
    page.wait_for_function("() => document.querySelector('#photos .photo img')?.naturalWidth > 0", timeout=30_000)
    page.evaluate("() => { location.hash = '#sign'; }")
    page.locator("label:has([name=certify])").tap()
    page.wait_for_selector("[data-submit][aria-disabled=false]", timeout=30_000)
    on_road(phone, profile)
    began = time.monotonic()
    page.locator("[data-submit]").tap()
    page.wait_for_function(SUBMITTED, timeout=30_000)
    visit = page.evaluate(SUBMITTED)
    facts = _seen(phone.office, cookie, visit, "<h1>") - began
    preview = _seen(phone.office, cookie, visit, '/preview"') - began
    page.close()
    return facts, preview


def _seen(office: Office, cookie: str, visit: str, words: str) -> float:
    """When the visit's page, asked for again and again and not over the slow road, has these words in it."""
    asked = Request(f"http://127.0.0.1:{office.server.port}/visits/{visit}", headers={"Cookie": f"fieldapp={cookie}"})
    until = time.monotonic() + MOST_S
    while time.monotonic() < until:
        try:
            with urlopen(asked, timeout=10) as answer:
                if words in answer.read().decode():
                    return time.monotonic()
        except OSError:  # not found, as long as the visit is not there
            pass
        time.sleep(ASK_S)
    raise SystemExit(f"The visit did not show {words} within {MOST_S} s.")
