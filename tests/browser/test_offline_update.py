"""A new version comes while a visit is open: it neither interrupts the visit nor mixes with it, signal or none."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.models.evidence import Photo
from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit
from tests.browser.offline_phone import WAITING
from tests.browser.offline_phone import build_of
from tests.browser.offline_phone import caches_of
from tests.browser.offline_phone import close_until_taken_over
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import hear_of
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import nobody_home
from tests.browser.phone_visit import planned_stop
from tests.browser.releases import Office
from tests.browser.releases import office as office
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of

ASK_FOR_NEWS = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"


@dataclass
class Begun:
    """A visit on the phone, its stop, and the addresses of what was asked for and not had, by any page."""

    visit: PhoneVisit
    stop: Stop
    missing: list[str]


@pytest.fixture
def begun(live: LiveServer, office: Office, phone_page: PhonePages) -> Begun:
    """A visit that has begun on the old release, on a phone that is ready for no signal."""
    office.release("old")
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    missing: list[str] = []
    page.context.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    return Begun(PhoneVisit(page).begin(stop), stop, missing)


def packed_anew(build: str) -> str:
    """The day's pages are all of this build, and so is what the office gave as their list."""
    pages = "(await (await caches.open('day-pack')).matchAll())"
    return f"{pages}.every(({{ headers }}) => headers.get('Fieldapp-Build') === '{build}')"


def versions(page: Page) -> list[str]:
    """Of which releases the scripts are that ran on this page."""
    found: list[str] = page.evaluate("() => [...globalThis.versionsOnThisPage]")
    return found


def whole(page: Page, begun: Begun) -> None:
    assert (begun.missing, problems_of(page)) == ([], [])


def take_photo(visit: PhoneVisit) -> None:
    visit.page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    visit.page.evaluate("location.hash = '#outcome'")


def office_has_the_visit(live: LiveServer) -> None:
    with live.session() as session:
        assert session.query(Visit).count() == 1
        assert [photo.state for photo in session.query(Photo).all()] == ["stored"]


def test_open_visit_goes_on_with_its_own_files_while_the_office_has_only_new_ones(
    live: LiveServer, office: Office, begun: Begun
) -> None:
    visit, page = begun.visit, begun.visit.page
    new = office.release("new")
    page.evaluate(ASK_FOR_NEWS)
    wait_until(page, WAITING)

    take_photo(visit)  # from here on the page asks for files that it has not needed before
    nobody_home(visit)
    visit.arrived_at_the_office()
    assert versions(page) == ["old"]
    whole(page, begun)
    office_has_the_visit(live)
    wait_until(page, f"{build_of('/today')} === '{new}'")
    page.goto("/today")
    expect(page.locator("[data-update]")).to_be_visible()
    assert versions(page) == ["new"]
    whole(page, begun)


def test_pages_loaded_again_without_signal_are_wholly_of_the_new_version_while_it_waits(
    live: LiveServer, office: Office, begun: Begun
) -> None:
    visit, stop = begun.visit, begun.stop
    page = visit.page
    old = page.evaluate("() => document.body.dataset.build")
    new = office.release("new")
    hear_of(page, new)
    wait_until(page, packed_anew(new))
    lose_signal(live, page)
    for path in ("/today", "/outbox", f"/stops/{stop.id}/briefing", f"/stops/{stop.id}/visit"):
        page.goto(path)
        expect(page.locator("[data-kept-line]")).to_be_visible()
        assert versions(page) == ["new"], path
    assert {f"shell-{old}", f"shell-{new}"} <= {*caches_of(page)}
    take_photo(visit)
    nobody_home(visit)
    find_signal(live, page)

    visit.arrived_at_the_office()
    whole(page, begun)
    office_has_the_visit(live)


def test_phone_without_signal_knows_nothing_of_a_release_and_loses_nothing_by_it(
    live: LiveServer, office: Office, begun: Begun
) -> None:
    visit, stop = begun.visit, begun.stop
    page = visit.page
    lose_signal(live, page)
    office.release("new")
    visit.open(stop, "#outcome")
    take_photo(visit)
    nobody_home(visit)
    assert versions(page) == ["old"]
    find_signal(live, page)

    visit.arrived_at_the_office()
    assert versions(page) == ["old"]
    whole(page, begun)
    office_has_the_visit(live)


def test_app_that_was_closed_opens_in_the_new_version_without_signal_and_goes_on_with_the_draft(
    live: LiveServer, office: Office, begun: Begun
) -> None:
    visit, stop = begun.visit, begun.stop
    page = visit.page
    new = office.release("new")
    hear_of(page, new)
    wait_until(page, packed_anew(new))
    lose_signal(live, page)
    again = close_until_taken_over(page)
    problems: list[str] = []
    again.on("pageerror", lambda error: problems.append(str(error)))
    again.goto("/today")
    expect(again.locator("[data-kept-line]")).to_be_visible()
    assert versions(again) == ["new"]

    reopened = PhoneVisit(again).open(stop, "#outcome")
    reopened.saved()
    take_photo(reopened)
    nobody_home(reopened)
    find_signal(live, again)
    reopened.arrived_at_the_office()
    assert versions(again) == ["new"]
    whole(page, begun)
    assert problems == []
    office_has_the_visit(live)
