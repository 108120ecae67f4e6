"""A visit that was not planned: anybody on the caseload, without a signal, with the cautions before the door."""

import uuid

from playwright.sync_api import expect

from fieldapp.models.case import CautionFlag
from fieldapp.models.field import CheckIn
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from tests import people
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.phone_visit import SINCE
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import answers_without_findings
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages


def caseload(live: LiveServer) -> tuple[User, uuid.UUID, uuid.UUID]:
    """An officer with a plan, thirty others, and somebody with a dog; gives also that person's id and home."""
    officer, _planned, _stop = planned_stop(live)
    with live.writing() as session:
        officer = session.merge(officer)
        for number in range(30):
            people.supervisee(session, officer, last_name=f"Other{number}", from_on=SINCE)
        person = people.supervisee(
            session, officer, ["no_weapons"], first_name="José", last_name="Núñez", from_on=SINCE, work=True
        )
        session.add(
            CautionFlag(
                supervisee_id=person.id, subject="dog", text="Large dog, not friendly", source="visit", noted_on=SINCE
            )
        )
        session.commit()
        return officer, person.id, people.home(person).id


def test_unplanned_visit_is_chosen_made_and_signed_without_signal_and_arrives(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, id, home = caseload(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    page.locator("a[href='/unplanned']").tap()
    expect(page.locator("[data-kept-line]")).to_contain_text("As of ")
    page.fill("#words", "nunez jose")
    expect(page.locator("[data-found]")).to_have_text("1 of 32 people")
    expect(page.locator("[data-person]:visible")).to_contain_text("1 caution")
    page.locator("[data-person]:visible a").tap()
    expect(page.locator("[data-sheet]")).to_contain_text("Large dog, not friendly")
    expect(page.locator("[data-sheet]")).to_contain_text("Condition about no_weapons.")
    expect(page.locator("[data-sheet]")).to_contain_text("Be discreet")
    assert "nez" not in page.url.lower()
    page.locator(".topbar .back").tap()
    expect(page.locator("[data-sheet]")).to_be_hidden()
    page.go_back()
    page.locator("[data-begin=home]").tap()
    page.wait_for_url("**/visit/home-1?draft=*#outcome")
    visit = PhoneVisit(page)
    expect(page.locator("[data-position]")).to_contain_text("from the address")
    visit.outcome("Seen inside")
    answers_without_findings(visit)
    visit.certify()
    visit.submit()
    find_signal(live, page)

    expect(page.locator("[data-whereabouts]")).to_contain_text("With the office")
    with live.session() as session:
        (kept,) = session.query(Visit)
        assert (kept.supervisee_id, kept.address_id, kept.stop_id) == (id, home, None)
        (arrival,) = session.query(CheckIn)
        assert (arrival.supervisee_id, arrival.position_state) == (id, "fix")


def test_second_tap_goes_on_with_the_visit_that_was_begun(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, _stop = planned_stop(live)
    page = phone_page(officer)
    drafts = []
    for _ in range(2):
        page.goto(f"/unplanned#{person.id}")
        page.locator("[data-begin=home]").tap()
        page.wait_for_url("**/visit/home-1?draft=*")
        expect(page.locator("[data-header]")).to_contain_text("Saved on this phone")
        drafts += [row["id"] for row in PhoneVisit(page).stored("drafts")]
    assert len(drafts) == 2
    assert len({*drafts}) == 1


def test_three_hundred_people_are_searched_and_few_are_drawn(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, _stop = planned_stop(live)
    with live.writing() as session:
        officer = session.merge(officer)
        for number in range(299):
            people.supervisee(session, officer, ["no_alcohol"], last_name=f"Other{number}", from_on=SINCE)
        session.commit()
    page = phone_page(officer)
    page.goto("/unplanned")
    expect(page.locator("[data-person]")).to_have_count(300)
    page.fill("#words", "other")
    expect(page.locator("[data-found]")).to_contain_text("The first 40 of 299 people")
    expect(page.locator("[data-person]:visible")).to_have_count(40)
    page.fill("#words", "other29")
    expect(page.locator("[data-person]:visible")).to_have_count(10)
    page.fill("#words", "marcus bell")
    expect(page.locator("[data-person]:visible")).to_have_count(1)
    page.fill("#words", "")
    expect(page.locator("[data-person]:visible")).to_have_count(300)
