"""Takes the pictures that an app store or an install dialog shows, of the demo's people, who do not exist.

    python tools/screenshots.py     writes fieldapp/static/screenshots/*.png

Run it again when these screens look different. It takes Chromium, and some seconds.
"""

import datetime as dt
import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from fieldapp.app import create_app
from fieldapp.cli.demo import demo_settings
from fieldapp.cli.demo import prepare
from fieldapp.domain.demo.agency import PASSWORD
from tools.browser import find_browser

FOLDER = Path(__file__).resolve().parent.parent / "fieldapp" / "static" / "screenshots"
# a Monday, 12:05 in Baltimore: half of the day's stops are made
MOMENT = dt.datetime(2026, 11, 23, 17, 5, tzinfo=dt.UTC)
PEOPLE = 150
NARROW, WIDE = (390, 844), (1280, 800)
SHARPNESS = 2
COLORS = 64  # the screens are flat: more colors make the files larger and no better


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo that stands still at MOMENT."""
    with tempfile.TemporaryDirectory() as folder:
        settings = demo_settings({"FIELDAPP_DATA_DIR": folder})
        prepare(settings, PEOPLE, MOMENT)
        server = make_server("127.0.0.1", 0, create_app(settings, FIELDAPP_CLOCK=lambda: MOMENT), threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def signed_in(browser: Browser, url: str, email: str, size: tuple[int, int]) -> Page:
    """A page of that size, of somebody of the demo."""
    viewport = {"width": size[0], "height": size[1]}
    sharpness = SHARPNESS if size == NARROW else 1
    page = browser.new_page(base_url=url, viewport=viewport, device_scale_factor=sharpness)  # type: ignore[arg-type]  # a dict
    page.clock.install(time=MOMENT)
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in')")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return page


def take(page: Page, name: str) -> None:
    """Keeps what the page shows, with few colors."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    few = picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png  {few.width} by {few.height}, {(FOLDER / f'{name}.png').stat().st_size:,} bytes")


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        take(signed_in(browser, url, "supervisor1@demo.example", WIDE), "board")
        phone = signed_in(browser, url, "officer1@demo.example", NARROW)
        phone.locator("[data-pack][data-tone=ok]").wait_for()
        take(phone, "today")
        briefing = phone.locator(".next a:has-text('Briefing')").get_attribute("href") or ""
        phone.goto(briefing)
        take(phone, "briefing")
        phone.goto(briefing.replace("briefing", "visit"))
        phone.click("[data-here]")
        phone.click("#outcome .choice:has-text('Seen inside')")
        phone.click("[data-next]")
        phone.evaluate("location.hash = '#section-compliance'")
        for item in range(3):
            phone.click(f"#section-compliance [data-item]:visible >> nth={item} >> label:has-text('No') >> nth=0")
        take(phone, "checklist")
        browser.close()


if __name__ == "__main__":
    main()
