"""The day without signal in Firefox, where Background Sync does not exist."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error
from playwright.sync_api import Playwright

from tests.browser.phone_visit import planned_stop
from tests.engines import story
from tests.engines.engine import Firefox
from tests.engines.engine import see
from tests.engines.road import Road
from tests.live_server import HERE
from tests.live_server import PHONE
from tests.live_server import LiveServer
from tests.processes import kill_browser

pytestmark = pytest.mark.xdist_group("engines")


def start(playwright: Playwright, program: str, profile: Path, road: Road) -> BrowserContext:
    """Firefox on this profile."""
    return playwright.firefox.launch_persistent_context(
        profile,
        channel="moz-firefox",
        executable_path=program,
        base_url=f"http://localhost:{road.port}",
        viewport=PHONE,
        geolocation=HERE,
        permissions=["geolocation"],
    )


def test_visit_without_signal_in_firefox_after_a_killed_browser_arrives_once_with_its_photo(
    playwright: Playwright, firefox: str, live: LiveServer, road: Road, tmp_path: Path
) -> None:
    officer, _person, stop = planned_stop(live)
    profile = tmp_path / "phone"
    killed = start(playwright, firefox, profile, road)
    phone = Firefox(killed.pages[0])
    story.get_ready(phone, officer)
    assert not phone.run("return 'SyncManager' in window")
    road.cut()
    kill_browser(profile)
    with suppress(Error):
        killed.close()
    with start(playwright, firefox, profile, road) as browser:
        phone = Firefox(browser.pages[0])
        story.visit_without_signal(phone)
        road.mend()
        phone.open("/sign-in")  # the session ended with the browser
        story.sign_in(phone, officer)
        see(phone, "[data-sync-chip]")
        phone.open("/outbox")
        story.send_now(phone)
    story.office_has_it_once(live, stop)
