"""A day without signal: after one visit online the app opens, a visit is made, and it arrives once."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error
from playwright.sync_api import Response
from playwright.sync_api import expect

from fieldapp.models.visit import Visit
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import see_ready
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.chromium import ARGUMENTS
from tests.live_server import HERE
from tests.live_server import PHONE
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in
from tests.processes import kill_browser
from tools.browser import find_browser

# nobody listens there: whatever the browser asks for, its worker too, fails
NO_NETWORK = ["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]


def start_phone(chromium: Browser, live: LiveServer, profile: Path, *more: str) -> BrowserContext:
    """The browser itself, started on this profile: what it keeps is on the disk."""
    return chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=find_browser(),
        args=[*ARGUMENTS, *more],
        base_url=live.url,
        viewport=PHONE,
        has_touch=True,
        geolocation=HERE,
        permissions=["geolocation"],
    )


def test_app_opens_to_today_without_signal_after_one_page_online_and_a_killed_browser(
    chromium: Browser, live: LiveServer, tmp_path: Path
) -> None:
    officer, _person, stop = planned_stop(live)
    phone = start_phone(chromium, live, tmp_path / "phone")
    page = phone.new_page()
    sign_in(page, officer)
    assert page.url == f"{live.url}/today"
    see_ready(page)  # no second page, no reload: the worker came with this one
    assert page.locator("[data-update]").count() == 0, "a first version is not a new one"
    kill_browser(tmp_path / "phone")
    with suppress(Error):
        phone.close()
    with start_phone(chromium, live, tmp_path / "phone", *NO_NETWORK) as phone:
        page = phone.new_page()
        page.goto(start_of_the_app(live))

        expect(page.locator(".next h2")).to_have_text("Marcus Bell")
        expect(page.locator("[data-kept-line]")).to_contain_text("As of ")
        page.goto(f"/stops/{stop.id}/briefing")
        expect(page.locator("[data-kept-line]")).to_be_visible()
        page.goto("/people/7d1f")
        expect(page.locator("h1")).to_have_text("No signal")


def start_of_the_app(live: LiveServer) -> str:
    """What the home screen's icon opens."""
    manifest = live.app.test_client().get("/manifest.webmanifest").get_json(force=True)
    return str(manifest["start_url"])


def test_whole_visit_without_signal_arrives_once_when_there_is_one(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    answered_by_worker: list[bool] = []
    page.on(
        "response", lambda answer: answered_by_worker.append(answer.from_service_worker) if _is_post(answer) else None
    )
    lose_signal(live, page)
    visit = PhoneVisit(page).open(stop, "#here")
    visit.outcome("Nobody home")
    page.fill("[name=outcome_note]", "Knocked.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()
    page.goto("/today")
    expect(page.locator(f"[data-earlier] [data-stop='{stop.id}'] [data-on-phone]")).to_contain_text(
        "Visit made, on this phone"
    )
    expect(page.locator("[data-next]")).to_contain_text("The day is through")
    assert len(visit.stored("outbox")) == 2
    find_signal(live, page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-on-phone]")).to_have_count(0)
    with live.session() as session:
        assert session.query(Visit).count() == 1
    assert answered_by_worker, "the submissions were seen on their way"
    assert not any(answered_by_worker), "the worker leaves everything but GET alone"


def _is_post(answer: Response) -> bool:
    return answer.request.method == "POST"
