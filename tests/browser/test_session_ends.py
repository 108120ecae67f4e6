"""The session ends in the field, or the phone is signed off: the day goes on or is erased, work never is."""

import datetime as dt
import time

from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.domain.accounts.sign_in import end_sessions
from fieldapp.domain.wire.devices import sign_off_device
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Device
from fieldapp.models.wire import Submission
from tests import people
from tests.browser.offline_phone import age_pack
from tests.browser.offline_phone import caches_of
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in

PACK_IS_GONE = "!(await caches.has('day-pack'))"


def end_session(live: LiveServer, officer: User) -> None:
    with live.writing() as session:
        end_sessions(session, officer.id, now=dt.datetime.now(dt.UTC))
        session.commit()


def sign_off(live: LiveServer, officer: User) -> str:
    """An administrator signs the officer's phone off; gives its key."""
    with live.writing() as session:
        (device,) = session.query(Device).filter_by(officer_id=officer.id, signed_off_at=None)
        sign_off_device(session, None, device.kid, now=dt.datetime.now(dt.UTC))
        session.commit()
        return device.kid


def attempt(visit: PhoneVisit) -> None:
    """An attempted visit from its beginning to its signature."""
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()


def enter(page: Page, officer: User) -> None:
    """Fills in the sign-in page that is open."""
    page.fill("[name=email]", officer.email)
    page.fill("[name=password]", people.PASSWORD)
    page.click("button:has-text('Sign in')")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_day_goes_on_after_the_session_and_signing_in_again_sends_what_waits(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    end_session(live, officer)
    visit = PhoneVisit(page).open(stop, "#here")
    attempt(visit)
    expect(page.locator("[data-whereabouts]")).to_have_text("On this phone. Sign in to send it")
    page.goto("/today")
    expect(page.locator("main")).to_contain_text("Marcus Bell")
    expect(page.locator("[data-kept-line]")).to_contain_text("As of ")
    expect(page.locator("[data-door]")).to_contain_text("Signed out at the office: sign in to send (2 wait)")
    expect(page.locator("[data-sync-chip]")).to_contain_text("Sign in to send")
    page.goto("/")
    page.wait_for_url("**/today")
    page.locator("[data-door] a").tap()
    page.wait_for_url("**/sign-in?next=%2Ftoday")
    enter(page, officer)

    page.wait_for_url("**/today")
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("[data-door]")).to_have_count(0)
    with live.session() as session:
        assert session.query(Visit).count() == 1


def test_visit_that_is_open_when_the_session_ends_goes_on_and_keeps_its_draft(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    visit = PhoneVisit(page).open(stop, "#here")
    visit.saved()
    end_session(live, officer)
    visit.outcome("Nobody home")
    page.reload()
    expect(page.locator("#outcome [value=no_one_home]")).to_be_checked()
    expect(page.locator("[data-door]")).to_have_count(0)
    page.goto("/outbox")
    page.locator("[data-list=drafts] a").tap()
    expect(page.locator("[data-name]")).to_have_text("Marcus Bell")


def test_redirect_that_is_no_sign_in_passes_while_the_session_runs(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    page.goto("/")

    page.wait_for_url("**/today")
    expect(page.locator("[data-kept-line]")).to_have_count(0)


def test_page_that_the_phone_does_not_have_leads_to_the_sign_in_page(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    end_session(live, officer)
    page.goto(f"/people/{person.id}/briefing/work")

    expect(page.locator("h1")).to_have_text("Sign in")
    assert "day-pack" in caches_of(page)


def test_day_of_an_account_that_was_switched_off_is_erased_at_the_first_contact(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    visit = PhoneVisit(page).open(stop, "#here")
    visit.saved()
    with live.writing() as session:
        session.get_one(User, officer.id).disabled_at = dt.datetime.now(dt.UTC)
        session.commit()
    page.goto("/today")

    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("[data-door=closed]")).to_contain_text("This account is switched off")
    assert "day-pack" not in caches_of(page)
    assert len(visit.stored("drafts")) == 1


def test_phone_that_was_signed_off_erases_day_and_key_and_sends_its_work_with_a_new_one(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    visit = PhoneVisit(page).open(stop, "#here")
    attempt(visit)
    old = sign_off(live, officer)
    find_signal(live, page)
    page.goto("/today")
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("[data-door=signed_off]")).to_contain_text("The office signed this phone off.")
    expect(page.locator("[data-door=signed_off]")).to_contain_text("(2 wait)")
    assert "day-pack" not in caches_of(page)
    until = time.monotonic() + 10
    while old in {row.get("kid") for row in visit.stored("keys")} and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert old not in {row.get("kid") for row in visit.stored("keys")}
    assert len(visit.stored("outbox")) == 2
    page.goto("/outbox")
    enter(page, officer)

    expect(page.locator("[data-sync-chip]")).to_contain_text("2 need you")
    expect(page.locator("[data-list=attention]")).to_contain_text("signed with the phone's new key")
    while page.locator("[data-retry]").count():
        page.locator("[data-retry]").first.tap()
        page.wait_for_timeout(300)
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    with live.session() as session:
        assert session.query(Visit).count() == 1
        rows = session.query(Submission).all()
        assert {row.state for row in rows} == {"stored"}
        (new,) = session.query(Device).filter_by(officer_id=officer.id, signed_off_at=None)
        assert new.kid != old
        assert {row.device_id for row in rows} == {new.id}


def test_open_page_of_a_phone_that_was_signed_off_says_so_and_erases_the_day(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    old = sign_off(live, officer)
    visit = PhoneVisit(page)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")

    expect(page.locator("[data-door=signed_off]")).to_be_visible()
    wait_until(page, PACK_IS_GONE)
    assert old not in {row.get("kid") for row in visit.stored("keys")}


def test_day_ends_in_its_time_also_while_its_page_is_open(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    age_pack(page, hours=12.1)
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    wait_until(page, PACK_IS_GONE)
    expect(page.locator("[data-pack]")).to_have_text("Not ready for no signal yet")


def test_another_officer_who_signs_in_after_the_session_sees_and_sends_nothing_of_the_first(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    with live.writing() as session:
        other = people.officer(session)
        session.commit()
    page = get_ready(phone_page(officer, service_workers="allow"))
    end_session(live, officer)
    visit = PhoneVisit(page).open(stop, "#here")
    attempt(visit)
    sign_in(page, other)
    get_ready(page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    expect(page.locator("body")).not_to_contain_text("Marcus Bell")
    assert len(visit.stored("outbox")) == 2
    with live.session() as session:
        assert session.query(Submission).count() == 0
