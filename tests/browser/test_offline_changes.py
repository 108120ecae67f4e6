"""The day changed without signal: stops skipped and arranged on the phone, and what the office has of it afterwards."""

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy import select

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


@pytest.fixture
def day(live: LiveServer) -> tuple[User, list[Stop]]:
    """An officer whose plan for today has four stops."""
    with live.session() as session:
        officer = people.officer(session)
        crew = [
            people.supervisee(session, officer, first_name=name, last_name="Sample", from_on=SINCE) for name in NAMES
        ]
        plan = people.plan(session, officer, *crew, on=people.local_today())
        stops = list(plan.stops)
        session.commit()
        return officer, stops


def later(page: Page) -> list[str]:
    return [name.split()[0] for name in page.locator("[data-later] li h3").all_inner_texts()]


def skip(page: Page, stop: Stop, reason: str, note: str = "") -> None:
    page.goto(f"/stops/{stop.id}/briefing#skip")
    page.locator(f"#skip label:has-text('{reason}')").tap()
    page.fill("#skip textarea", note)
    page.locator("#skip form button").tap()


def drag_below(page: Page, name: str, other: str) -> None:
    handle = page.locator(f"[data-leg]:has-text('{name}') [data-handle]").bounding_box()
    below = page.locator(f"[data-leg]:has-text('{other}')").bounding_box()
    assert handle is not None
    assert below is not None
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(below["x"] + 100, below["y"] + below["height"] - 4, steps=5)
    page.mouse.up()


def test_stop_skipped_without_signal_is_skipped_on_today_and_at_the_office_and_can_be_brought_back(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, bob, _cat, _dan) = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    page.locator("[data-next] a:has-text('Skip this stop')").tap()
    page.wait_for_url(f"**/stops/{ann.id}/briefing#skip")
    skip(page, ann, "Other")
    expect(page.locator("#skip [role=alert]")).to_contain_text("Say in the note what it was")
    page.fill("#skip textarea", "The street is flooded")
    page.locator("#skip form button").tap()
    expect(page.locator("#skip [data-where]")).to_contain_text("Skipped, on this phone")
    skip(page, bob, "In custody")
    page.locator("#skip a:has-text('Back to Today')").tap()

    expect(page.locator("[data-next] h2")).to_have_text("Cat Sample")
    expect(page.locator("[data-summary]")).to_have_text("0 of 4 seen, 2 skipped, 2 to go")
    expect(page.locator("[data-next] header p").first).to_have_text("Next stop, 3 of 4")
    assert later(page) == ["Dan"]
    expect(page.locator(f"[data-earlier] [data-stop='{ann.id}']")).to_contain_text("Skipped: The street is flooded")
    expect(page.locator(f"[data-earlier] [data-stop='{ann.id}'] [data-on-phone]")).to_contain_text("on this phone")
    page.locator("a:has-text('Change the plan')").tap()
    expect(page.locator(f"li[data-stop='{ann.id}'] [data-on-phone]")).to_contain_text("Skipped, on this phone")
    page.goto(f"/stops/{bob.id}/briefing")
    page.locator("[data-unskip]").tap()
    expect(page.locator("#skip form")).to_be_visible()
    page.goto("/today")
    expect(page.locator("[data-next] h2")).to_have_text("Bob Sample")
    find_signal(live, page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-summary]")).to_have_text("0 of 4 seen, 1 skipped, 3 to go")
    expect(page.locator("[data-on-phone]")).to_have_count(0)
    with live.session() as session:
        kept = {stop.id: (stop.state, stop.skip_reason) for stop in session.scalars(select(Stop))}
    assert [kept[stop.id] for stop in (ann, bob)] == [("skipped", "The street is flooded"), ("planned", "")]
    assert problems_of(page) == []


def test_order_arranged_without_signal_holds_on_today_and_at_the_office(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, stops = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    page.reload()
    page.locator("[data-arrange]").tap()
    page.locator(f"#ways-{stops[3].id}").evaluate("menu => menu.showPopover()")
    page.locator(f"#ways-{stops[3].id} [data-move=first]").tap()
    drag_below(page, "Ann", "Bob")
    expect(page.locator("[data-moved]")).to_have_text("Ann Sample: 3 of 4")
    page.locator("[data-leg]:has-text('Ann') [data-handle]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-moved]")).to_have_text("Ann Sample: 3 of 4")
    page.locator("[data-arranging] button:has-text('Use this order')").tap()

    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    assert later(page) == ["Bob", "Ann", "Cat"]
    expect(page.locator("[data-times]")).to_contain_text("Times come when the office has it")
    assert set(page.locator("[data-later] time").all_inner_texts()) == {"–"}
    page.locator("a:has-text('Change the plan')").tap()
    expect(page.locator("[data-arranged]")).to_contain_text("Your order of the stops is on this phone")
    page.goto("/today")
    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    find_signal(live, page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-times]")).to_be_hidden()
    expect(page.locator("[data-next] h2")).to_have_text("Dan Sample")
    assert "–" not in page.locator("[data-later] time").all_inner_texts()
    with live.session() as session:
        plan = session.scalars(select(DayPlan)).one()
        assert [stop.supervisee.first_name for stop in plan.stops] == ["Dan", "Bob", "Ann", "Cat"]
        assert plan.arranged_by is not None
    assert problems_of(page) == []
