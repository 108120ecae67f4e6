"""A team's day at the office, in a real browser: shared out, and found again on the other officer's phone."""

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from playwright.sync_api import ViewportSize
from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests.browser.phone_visit import SINCE
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of

DESK: ViewportSize = {"width": 1440, "height": 900}
LONG = "Maximiliano Featherstonehaugh-Vanderbilt"


@dataclass
class Team:
    """A supervisor, an officer who falls ill with Ann and Cat to see, and a colleague on the way to Bob."""

    supervisor: User
    ill: User
    colleague: User
    plan: DayPlan


@pytest.fixture
def team(live: LiveServer) -> Team:
    """The team where it is noon, whatever the hour here; two officers go to Cat, and nobody has a partner."""
    now = dt.datetime.now(dt.UTC)
    with live.session() as session:
        session.scalars(select(Agency)).one().zone = f"Etc/GMT{now.hour - 12:+}"
        made = [people.officer(session, name=name) for name in ("L. Grant", LONG)]
        ann, bob, cat = (
            people.supervisee(session, made[name == "Bob"], first_name=name, last_name="Sample", from_on=SINCE)
            for name in ("Ann", "Bob", "Cat")
        )
        plans = [
            people.plan(session, made[0], ann, cat, on=now.date()),
            people.plan(session, made[1], bob, on=now.date()),
        ]
        for stop in (stop for plan in plans for stop in plan.stops):
            stop.windows, stop.two_officers = [[0, 48 * 3600]], stop.supervisee_id == cat.id
        found = Team(people.supervisor(session), *made, plans[0])
        session.commit()
        return found


def preview(page: Page) -> None:
    """Say that L. Grant is away, and look at what would come of it."""
    page.goto("/itineraries")
    page.get_by_label("Ill or away: L. Grant").check()
    page.get_by_role("button", name="Share out again").click()
    expect(page.get_by_role("heading", name="Share out")).to_be_visible(timeout=30_000)


def test_the_day_of_who_is_away_is_shared_out_and_is_on_the_others_phone_once_it_is_used(
    phone_page: PhonePages, team: Team
) -> None:
    desk, phone = phone_page(team.supervisor, at=None), phone_page(team.colleague)
    desk.set_viewport_size(DESK)
    preview(desk)
    expect(desk.locator(".shared li", has_text="Takes 1").first).to_contain_text(
        "Ann Sample, Home contact, from L. Grant"
    )
    expect(desk.get_by_text("Two officers are needed.")).to_be_visible()
    phone.goto("/today")
    expect(phone.locator("main")).to_contain_text("Bob Sample")
    expect(phone.locator("main")).not_to_contain_text("Ann Sample")

    desk.get_by_role("button", name="Use these days").click()
    expect(desk.locator(".itineraries > li", has_text="L. Grant")).to_contain_text("0 stops")
    phone.goto("/today")
    expect(phone.locator("[data-stop] :is(h2, h3)")).to_have_count(2)
    expect(phone.locator("[data-stop]", has_text="Ann Sample")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("moved to you from L. Grant")
    expect(phone.locator("main")).not_to_contain_text("Cat Sample")
    assert problems_of(desk) == problems_of(phone) == []


@pytest.mark.parametrize("width", [195, 320, 720])
def test_nothing_scrolls_sideways_on_a_small_screen_or_at_200_percent(
    phone_page: PhonePages, team: Team, width: int
) -> None:
    page = phone_page(team.supervisor, at=None)
    page.set_viewport_size({"width": width, "height": 450})
    for path in ("/board", "/itineraries", f"/itineraries/{team.plan.id}"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    preview(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
