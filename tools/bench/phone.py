"""A slow phone: Chromium with a profile on the disk, its page's processor four times slower."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext
from playwright.sync_api import CDPSession
from playwright.sync_api import Page
from playwright.sync_api import Playwright

from tests.chromium import ARGUMENTS
from tools.bench.office import Office
from tools.bench.road import FAST
from tools.bench.road import Profile
from tools.bench.road import Road
from tools.browser import ADVICE
from tools.browser import find_browser

SLOWER = 4
SCREEN: Any = {"width": 390, "height": 844}
HERE: Any = {"latitude": 39.2904, "longitude": -76.6122, "accuracy": 8.0}
WATCH = Path(__file__).with_name("watch.js")


class Phone:
    """A browser that is signed in and has nothing cached."""

    def __init__(self, context: BrowserContext, office: Office, road: Road):
        self.context, self.office, self.road = context, office, road
        self.url = f"http://127.0.0.1:{road.port}"

    def page(self) -> tuple[Page, CDPSession]:
        """A slow, watched page."""
        page = self.context.new_page()
        page.add_init_script(path=WATCH)
        session = self.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return page, session


@contextmanager
def new_phone(playwright: Playwright, office: Office, road: Road) -> Iterator[Phone]:
    """A phone out of the box, signed in; its first page is closed again."""
    path = find_browser()
    if path is None:
        raise SystemExit(ADVICE)
    with tempfile.TemporaryDirectory(prefix="fieldapp-bench-phone-", ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=path, args=ARGUMENTS, viewport=SCREEN, has_touch=True,
            geolocation=HERE, permissions=["geolocation", "background-sync"],
        )  # fmt: skip
        phone = Phone(context, office, road)
        context.add_cookies([{"name": "fieldapp", "value": office.cookie, "url": phone.url, "httpOnly": True}])
        try:
            yield phone
        finally:
            road.use(FAST)
            context.close()


def on_road(phone: Phone, profile: Profile) -> None:
    """Put the phone on this road with nothing open, and begin to count."""
    phone.road.use(profile)
    phone.road.wire.clear()
