"""Pages of the day pack after something was sent, at midnight, and where only the office can help."""

import datetime as dt

import pytest
from playwright.sync_api import Page
from playwright.sync_api import Route
from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from tests import people
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import SINCE
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

COPY = "(await (await caches.match('/today', { cacheName: 'day-pack', ignoreVary: true })).text())"


@pytest.fixture
def day(live: LiveServer) -> tuple[User, list[Stop]]:
    """An officer whose plan for today has two stops."""
    with live.session() as session:
        officer = people.officer(session)
        crew = [people.supervisee(session, officer, first_name=name, from_on=SINCE) for name in ("Ann", "Bob")]
        stops = list(people.plan(session, officer, *crew, on=people.local_today()).stops)
        session.commit()
        return officer, stops


def skip_first(page: Page, stop: Stop) -> None:
    page.goto(f"/stops/{stop.id}/briefing#skip")
    page.locator("#skip label:has-text('Out of time')").tap()
    page.locator("#skip form button").tap()


def test_copies_are_fetched_again_as_soon_as_what_changed_them_is_with_the_office(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, _bob) = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    skip_first(page, ann)
    expect(page.locator("#skip [data-where]")).to_contain_text("Skipped, with the office")
    wait_until(page, f"{COPY}.includes('Skipped: Out of time')")
    lose_signal(live, page)
    page.goto("/today")

    expect(page.locator("[data-kept-line]")).to_be_visible()
    expect(page.locator(".next h2")).to_contain_text("Bob")
    expect(page.locator(f"[data-earlier] [data-stop='{ann.id}']")).to_contain_text("Skipped: Out of time")
    expect(page.locator("[data-on-phone]")).to_have_count(0)


def test_old_copy_never_shows_the_old_state_of_what_was_sent(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, _bob) = day
    page = get_ready(phone_page(officer, service_workers="allow"))

    def lost(route: Route) -> None:
        route.abort()

    page.context.route("**/today", lost)
    skip_first(page, ann)
    expect(page.locator("#skip [data-where]")).to_contain_text("Skipped, with the office")
    with live.session() as session:
        assert session.get_one(Stop, ann.id).state == "skipped"
    lose_signal(live, page)
    page.goto("/today")

    expect(page.locator("[data-kept-line]")).to_be_visible()
    expect(page.locator(".next h2")).to_contain_text("Bob")
    expect(page.locator(f"[data-earlier] [data-stop='{ann.id}']")).to_contain_text("Skipped, with the office")


def test_plan_of_a_day_that_is_over_says_so(phone_page: PhonePages, day: tuple[User, list[Stop]]) -> None:
    officer, _stops = day
    page = phone_page(officer)
    page.goto("/today")
    expect(page.locator("[data-other-day]")).to_be_hidden()
    page.clock.set_fixed_time(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    page.evaluate("document.dispatchEvent(new Event('outbox'))")

    expect(page.locator("[data-other-day]")).to_contain_text("That day is over")


def test_plan_without_signal_says_that_it_needs_the_office_and_stays_as_it_is(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, bob) = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    page.goto("/today")
    page.locator("a:has-text('Change the plan')").tap()
    notice = page.locator("[data-needs-office]")
    expect(notice).to_contain_text("Arrange and skip stops on Today")
    page.locator(f"#move-{ann.id}").focus()
    page.keyboard.press("ArrowDown")
    expect(notice).to_contain_text("nothing was changed")
    stops = page.locator("li[data-stop]")
    assert [stops.nth(n).get_attribute("data-stop") for n in range(2)] == [str(ann.id), str(bob.id)]
    page.goto("/people")
    page.fill("#words", "Bob")
    # the page's script may come a moment after its words
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('needs-office.js'))"
    )
    for _ in range(50):
        if notice.count():
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)

    expect(notice).to_contain_text("Searching needs the office")
    with live.session() as session:
        assert len(session.scalars(select(Stop)).all()) == 2


def test_visit_opens_from_its_fresh_copy_and_does_not_wait_for_the_office(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    asked: list[Route] = []
    page.context.route(f"**/stops/{stop.id}/visit", lambda route: asked.append(route))
    PhoneVisit(page).open(stop)

    expect(page.locator("[data-kept-line]")).to_have_count(0)
    assert len(asked) == 1, "the office is asked all the same, for the next time"
    asked[0].abort()


def test_today_opens_from_its_fresh_copy_and_follows_what_the_office_says(
    live: LiveServer, phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, (ann, _bob) = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    with live.session() as session:
        session.get_one(Stop, ann.id).supervisee.first_name = "Hannah"
        session.commit()
    asked: list[Route] = []
    page.context.route("**/today", lambda route: asked.append(route))
    page.goto("/today")

    expect(page.locator(".next h2")).to_contain_text("Ann")
    expect(page.locator("[data-kept-line]")).to_have_count(0)
    asked[0].continue_()
    expect(page.locator(".next h2")).to_contain_text("Hannah")
    expect(page.locator("[data-replan]")).to_be_enabled()
    expect(page.locator("[data-kept-line]")).to_have_count(0)


def test_today_from_its_copy_says_of_when_it_is_once_the_office_does_not_answer(
    phone_page: PhonePages, day: tuple[User, list[Stop]]
) -> None:
    officer, _stops = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    asked: list[Route] = []
    page.context.route("**/today", lambda route: asked.append(route))
    page.goto("/today")
    expect(page.locator("[data-kept-line]")).to_have_count(0)
    asked[0].abort()

    expect(page.locator("[data-kept-line]")).to_contain_text("The office cannot be reached")


def test_today_after_the_plan_was_changed_is_the_offices(phone_page: PhonePages, day: tuple[User, list[Stop]]) -> None:
    officer, (ann, _bob) = day
    page = get_ready(phone_page(officer, service_workers="allow"))
    page.goto(f"/plan/{ann.plan_id}")
    asked: list[Route] = []
    page.context.route("**/today", lambda route: (asked.append(route), route.continue_()))
    page.evaluate("location.href = '/today'")
    page.wait_for_url("**/today")

    expect(page.locator(".next h2")).to_contain_text("Ann")
    assert page.evaluate("document.body.dataset.kept") is None
    assert len(asked) == 1
