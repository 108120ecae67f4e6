"""An officer's day in the demo agency: sign in, plan eight stops, brief, visit with a finding; the office sees it."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.cli.demo import demo_settings
from fieldapp.cli.demo import prepare
from fieldapp.domain.demo.agency import PASSWORD
from fieldapp.models.case import Condition
from fieldapp.models.engine import make_engine
from fieldapp.models.plan import Stop
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import answers_up_to_compliance
from tests.browser.test_visit_with_finding import ITEM
from tests.live_server import HERE
from tests.live_server import PHONE
from tests.live_server import LiveServer
from tests.live_server import serving

# a Monday, 09:40 in Baltimore: the shift has begun and everybody is still to be seen
MORNING = dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.UTC)
PEOPLE = 150
STOPS = 8


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[LiveServer]:
    settings = demo_settings({"FIELDAPP_DATA_DIR": str(tmp_path)})
    prepare(settings, PEOPLE, MORNING)
    began = time.monotonic()
    clock = lambda: MORNING + dt.timedelta(seconds=time.monotonic() - began)  # noqa: E731 - one line, one use
    engine = make_engine(settings.database_url)
    with serving(settings, FIELDAPP_CLOCK=clock) as (url, app):
        yield LiveServer(url, app, engine)
    engine.dispose()


def test_a_day_from_the_due_list_to_the_supervisors_board(demo: LiveServer, chromium: Browser) -> None:
    phone = signed_in(chromium, demo, "officer6@demo.example", has_touch=True, viewport=PHONE)
    plan_the_day(phone, demo)
    stop = stop_with_condition(demo, "no_drugs")
    brief(phone, stop)
    visit = PhoneVisit(phone)
    visit_with_finding(visit)
    phone.goto("/today")
    expect(phone.locator("main")).to_contain_text(f"1 of {STOPS} seen")
    desk = signed_in(chromium, demo, "supervisor2@demo.example", viewport={"width": 1440, "height": 900})
    the_office_sees_it(desk)
    assert phone.problems == desk.problems == []  # type: ignore[attr-defined]


def signed_in(chromium: Browser, demo: LiveServer, email: str, **options: object) -> Page:
    """A page of somebody of the demo, whose clock agrees with the office's."""
    granted = {"geolocation": HERE, "permissions": ["geolocation"]}
    context = chromium.new_context(base_url=demo.url, **granted, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.problems = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
    page.clock.install(time=MORNING)
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in')")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def plan_the_day(phone: Page, demo: LiveServer) -> None:
    """Pick eight people from the due list, among them those who may not have drugs, and use the plan."""
    phone.goto("/plan?day=2026-11-23")
    phone.locator("main details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
    wanted = forbidden(demo, "no_drugs")
    boxes = phone.locator("[name=stop][value$=':home']")
    values = [str(box.get_attribute("value")) for box in boxes.all()]
    values.sort(key=lambda value: value.split(":")[0] not in wanted)
    for value in values[:STOPS]:
        phone.locator(f"[name=stop][value='{value}']").check()
    phone.get_by_role("button", name="Only whom I picked").click()
    expect(phone.locator(".readouts")).to_contain_text(f"{STOPS}")
    phone.get_by_role("button", name="Use this plan").click()
    expect(phone.locator("main")).to_contain_text(f"0 of {STOPS} seen")


def brief(phone: Page, stop: Stop) -> None:
    """Open the briefing of the stop from Today, and say "I'm here"."""
    phone.locator(f"a[href='/stops/{stop.id}/briefing']").first.click()
    expect(phone.locator("h2", has_text="Conditions that matter here")).to_be_visible()
    phone.get_by_role("link", name="I’m here").click()
    expect(phone.locator("#outcome h1")).to_be_visible()


def visit_with_finding(visit: PhoneVisit) -> None:
    """Seen inside, with a pipe on the counter: noted, photographed, certified, with the office."""
    visit.outcome("Seen inside")
    answers_up_to_compliance(visit)
    visit.answer(ITEM, "Yes")
    raised = visit.page.locator(f"[id='{ITEM}'] .raised")
    expect(raised).to_contain_text("Potential violation")
    raised.locator("textarea").fill("Glass pipe with burnt residue on the kitchen counter.")
    raised.get_by_text("Plain view").tap()
    visit.take_photo(ITEM)
    visit.rest("compliance")
    visit.rest("asked")
    visit.page.evaluate("location.hash = '#sign'")
    expect(visit.page.locator("[data-lacking]")).to_contain_text("Narrative: needed because something is flagged")
    visit.page.fill("[name=narrative]", "Said: “That’s not mine.”")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()


def the_office_sees_it(desk: Page) -> None:
    """First among what arrived, flagged; in full with the photo proved."""
    desk.goto("/board")
    first = desk.locator("#board-arrived li").first
    expect(first).to_contain_text("Potential violation")
    expect(first).to_contain_text("Samira Haddad")
    first.get_by_role("link").first.click()
    expect(desk.locator("main")).to_contain_text("The court decides whether it is a violation.")
    expect(desk.locator("main")).to_contain_text("1 of 1 received and verified")
    expect(desk.locator("main")).to_contain_text("Record hash matches")


def forbidden(demo: LiveServer, kind: str) -> set[str]:
    """The ids of people who have a condition of that kind."""
    with demo.session() as session:
        return {str(id) for id in session.scalars(select(Condition.supervisee_id).where(Condition.kind == kind))}


def stop_with_condition(demo: LiveServer, kind: str) -> Stop:
    """A stop of the plan that was just made, to somebody with that condition without a curfew, which would be asked."""
    with Session(demo.engine, expire_on_commit=False) as session:
        people = {uuid.UUID(id) for id in forbidden(demo, kind) - forbidden(demo, "curfew")}
        stops = session.scalars(select(Stop).join(Stop.plan).where(Stop.supervisee_id.in_(people)))
        return next(stop for stop in stops if stop.plan.officer.email == "officer6@demo.example")
