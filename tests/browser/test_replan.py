"""The rest of the day re-planned from where the phone is: by the office, and by the phone where there is no signal."""

import datetime as dt

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from tests import people
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.phone_visit import SINCE
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of

NAMES = ("Ann", "Bob", "Cat", "Dan")
# the phone is beyond the farthest of them
HERE = {"latitude": people.HOME[0] + 0.05, "longitude": people.HOME[1], "accuracy": 8.0}


@pytest.fixture
def day(live: LiveServer) -> tuple[User, list[Stop]]:
    """An officer where it is noon, whatever the hour here; four stops, each farther north than the one before."""
    now = dt.datetime.now(dt.UTC)
    with live.session() as session:
        session.scalars(select(Agency)).one().zone = f"Etc/GMT{now.hour - 12:+}"
        officer = people.officer(session)
        crew = [
            people.supervisee(session, officer, first_name=name, last_name="Sample", from_on=SINCE) for name in NAMES
        ]
        for place, person in enumerate(crew, start=1):
            people.home(person).lat = people.HOME[0] + place / 100
        plan = people.plan(session, officer, *crew, on=now.date())
        for stop in plan.stops:
            stop.windows, stop.minutes = [[0, 48 * 3600]], 1
        stops = list(plan.stops)
        session.commit()
        return officer, stops


def proposed(page: Page) -> list[str]:
    return [name.split()[0] for name in page.locator("[data-proposed] h3").all_inner_texts()]


def kept_order(live: LiveServer) -> list[str]:
    with live.session() as session:
        plan = session.scalars(select(DayPlan)).one()
        assert plan.arranged_by is not None
        return [stop.supervisee.first_name for stop in plan.stops]


def test_office_finds_the_order_from_where_the_phone_is_and_it_is_used_by_a_tap(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, *_others) = day
    live.app.extensions["fieldapp_parts"].solver.warm()
    page = phone_page(officer, at=HERE)
    page.goto(f"/stops/{ann.id}/briefing#skip")
    page.locator("#skip label:has-text('Road closed')").tap()
    page.locator("#skip form button").tap()
    page.locator("#skip a:has-text('Re-plan from here')").tap()

    expect(page.locator("[data-replanning]")).to_contain_text("Planned by the office")
    expect(page.locator("[data-replanning] h2")).to_be_focused()
    assert proposed(page) == ["Dan", "Cat", "Bob"]
    expect(page.locator("[data-replanning] [data-ends]")).to_contain_text("Back at Office")
    expect(page.locator("[data-replanning] [data-ends]")).to_contain_text("In the order you have:")
    expect(page.locator("[data-replanning]")).to_contain_text("From your position at")
    page.get_by_role("button", name="Cancel").tap()
    expect(page.locator("[data-next] h2")).to_have_text("Bob Sample")
    expect(page.locator("[data-replan]")).to_be_focused()
    page.locator("[data-replan]").tap()
    expect(page.locator("[data-proposed]")).to_have_count(3)
    page.get_by_role("button", name="Use this order").tap()

    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-times]")).to_be_hidden()
    assert kept_order(live) == ["Ann", "Dan", "Cat", "Bob"]
    assert problems_of(page) == []


def test_phone_finds_the_order_without_signal_and_the_office_has_it_afterwards(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, _stops = day
    page = get_ready(phone_page(officer, at=HERE, service_workers="allow"))
    lose_signal(live, page)
    page.reload()
    page.locator("[data-replan]").tap()

    expect(page.locator("[data-replanning]")).to_contain_text("Estimated without the office")
    assert proposed(page) == ["Dan", "Cat", "Bob", "Ann"]
    first = page.locator("[data-proposed] time").first.inner_text()
    page.get_by_role("button", name="Use this order").tap()
    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    page.reload()
    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    expect(page.locator("[data-next] .readouts dd").first).to_have_text(first)
    expect(page.locator("[data-times]")).to_contain_text("estimated when you re-planned")
    find_signal(live, page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-times]")).to_be_hidden()
    assert kept_order(live) == ["Dan", "Cat", "Bob", "Ann"]
    arrive = page.locator("[data-next] .readouts dd").first.inner_text()
    hours, minutes = (int(part) for part in arrive.split(":"))
    was = [int(part) for part in first.split(":")]
    assert 0 <= (hours * 60 + minutes) - (was[0] * 60 + was[1]) <= 2, "it is timed from where and when it was used"
    assert problems_of(page) == []
