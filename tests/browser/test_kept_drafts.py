"""A visit that was begun goes on from the phone alone, whatever became of plan, caseload, checklist or pack."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.domain.checklist import library
from fieldapp.models.address import Address
from fieldapp.models.case import CaseAssignment
from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from fieldapp.routes import checklists
from fieldapp.web import assets
from tests import people
from tests.browser.offline_phone import age_pack
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in

FORGET = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open('fieldapp');
    request.onsuccess = () => resolve(request.result);
  });
  const drafts = database.transaction('drafts', 'readwrite').objectStore('drafts');
  const [draft] = await new Promise((resolve) => {
    drafts.getAll().onsuccess = (event) => resolve(event.target.result);
  });
  delete draft.page;
  await new Promise((resolve) => { drafts.put(draft).onsuccess = resolve; });
  database.close();
}"""


def begun(page: Page, stop: Stop) -> PhoneVisit:
    """A visit in which something is answered, and whose check-in is with the office."""
    visit = PhoneVisit(page).open(stop, "#here")
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked twice.")
    visit.saved()
    expect(visit.page.locator("[data-sync-chip]")).to_contain_text("All sent")
    return visit


def go_on(visit: PhoneVisit) -> None:
    """From the outbox, to the end."""
    visit.page.goto("/outbox")
    visit.page.locator("[data-list=drafts] a").tap()
    finish(visit)


def finish(visit: PhoneVisit) -> None:
    expect(visit.page.locator("[data-name]")).to_have_text("Marcus Bell")
    expect(visit.page.locator("[name=outcome_note]")).to_have_value("Knocked twice.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()


def test_draft_of_somebody_who_left_the_caseload_is_opened_submitted_and_kept_by_the_office(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, person, stop = planned_stop(live, ["no_weapons"])
    visit = begun(phone_page(officer), stop)
    with live.writing() as session:
        (case,) = session.query(CaseAssignment).filter_by(supervisee_id=person.id)
        case.to_on = people.local_today() - dt.timedelta(days=1)
        (address,) = session.query(Address).filter_by(supervisee_id=person.id, place="home")
        address.to_on = people.local_today() - dt.timedelta(days=1)
        session.commit()
    visit.page.goto(f"/people/{person.id}/visit/home")
    expect(visit.page.locator("h1")).to_have_text("Nothing is here")
    go_on(visit)

    expect(visit.page.locator("[data-whereabouts]")).to_contain_text("With the office")
    with live.session() as session:
        # somebody else's case by now: kept as it was signed, and the supervisor decides
        states = {row.kind: row.state for row in session.query(Submission)}
        assert states["visit"] == "set_aside"


def test_visit_whose_address_ended_since_is_taken_in_as_it_was_signed(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, stop = planned_stop(live)
    visit = begun(phone_page(officer), stop)
    with live.writing() as session:
        (address,) = session.query(Address).filter_by(supervisee_id=person.id, place="home")
        address.to_on = people.local_today() - dt.timedelta(days=1)
        session.commit()
    go_on(visit)

    expect(visit.page.locator("[data-whereabouts]")).to_contain_text("With the office")
    with live.session() as session:
        (kept,) = session.query(Visit)
        assert (kept.supervisee_id, kept.outcome_note) == (person.id, "Knocked twice.")


def test_draft_goes_on_without_signal_after_the_day_pack_ended(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    visit = begun(page, stop)
    lose_signal(live, page)
    age_pack(page, hours=13)
    page.goto("/today")
    expect(page.locator("h1")).to_have_text("No signal")
    page.locator("[data-begun] a").tap()
    finish(visit)

    expect(page.locator("[data-whereabouts]")).to_contain_text("On this phone")
    page.reload()
    expect(page.locator("[data-whereabouts]")).to_contain_text("On this phone")
    find_signal(live, page)
    expect(page.locator("[data-whereabouts]")).to_contain_text("On this phone")
    page.goto("/outbox")
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")


def test_what_the_page_said_of_the_person_is_said_again_and_reload_comes_back_to_the_step(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live, ["no_weapons", "no_alcohol"])
    visit = PhoneVisit(phone_page(officer)).open(stop, "#here")
    visit.outcome("Seen inside")
    visit.next("Start checklist")
    told = visit.page.locator("[data-told]").evaluate_all("lines => lines.map((line) => line.textContent.trim())")
    assert any("Condition" in line for line in told), told
    visit.page.goto("/outbox")
    visit.page.locator("[data-list=drafts] a").tap()
    visit.page.wait_for_url("**/visit/home-1?draft=*#*")

    again = visit.page.locator("[data-told]").evaluate_all("lines => lines.map((line) => line.textContent.trim())")
    assert again == told
    visit.page.evaluate("location.hash = '#section-safety'")
    visit.page.reload()
    expect(visit.page.locator("#section-safety")).to_be_visible()


def test_draft_of_an_earlier_version_of_the_app_opens_where_it_was_begun_and_carries_all_from_then_on(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, person, stop = planned_stop(live)
    visit = begun(phone_page(officer), stop)
    visit.page.goto("/outbox")
    visit.page.evaluate(FORGET)
    visit.page.reload()
    visit.page.locator("[data-list=drafts] a").tap()
    visit.page.wait_for_url(f"**/people/{person.id}/visit/home#outcome")
    visit.page.fill("[name=outcome_note]", "Knocked twice. Waited.")
    visit.saved()

    (draft,) = visit.stored("drafts")
    assert (draft["page"]["name"], draft["page"]["checklist"]) == ("Marcus Bell", {"key": "home", "version": 1})


@pytest.mark.parametrize("way", ["signed out", "another officer"])
def test_draft_opens_for_nobody_else(live: LiveServer, phone_page: PhonePages, way: str) -> None:
    officer, _person, stop = planned_stop(live)
    visit = begun(phone_page(officer), stop)
    page = visit.page
    page.goto("/outbox")
    address = page.locator("[data-list=drafts] a").get_attribute("href")
    page.locator(".you summary").tap()
    page.locator(".you button").tap()
    page.wait_for_url("**/sign-in?out=1")
    if way == "another officer":
        with live.writing() as session:
            other = people.officer(session)
            session.commit()
        sign_in(page, other)
        expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    page.goto(address or "")

    expect(page.locator("#arrive h1")).to_have_text(
        {"signed out": "Sign in to go on", "another officer": "This draft is not on this phone"}[way]
    )
    expect(page.locator("body")).not_to_contain_text("Marcus Bell")
    assert len(visit.stored("drafts")) == 1


def test_today_leads_to_visits_begun_that_it_shows_no_stop_of(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, stop = planned_stop(live)
    visit = begun(phone_page(officer), stop)
    visit.page.goto("/today")
    visit.page.locator(f"[data-stop='{stop.id}'] [data-on-phone] a").tap()
    visit.page.wait_for_url("**/visit/home-1?draft=*")
    with live.writing() as session:
        session.delete(session.get_one(type(stop), stop.id).plan)
        session.commit()
    visit.page.goto("/today")
    expect(visit.page.locator("[data-drafts]")).to_contain_text("Marcus Bell, visit begun")
    visit.page.goto(f"/people/{person.id}")
    visit.page.locator("[data-drafts] a").tap()
    finish(visit)


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Brings a second version of the home checklist into force; afterwards there is one again."""

    def bring() -> None:
        folder = tmp_path / "checklists"
        shutil.copytree(library.SHIPPED, folder)
        template = json.loads((folder / "home-1.json").read_text(encoding="utf-8"))
        newer = {**template, "version": 2, "title": "Home visit, second edition"}
        (folder / "home-2.json").write_text(json.dumps(newer), encoding="utf-8")
        for module in (library, assets, checklists):
            monkeypatch.setattr(module, "SHIPPED", folder)
        forget()

    def forget() -> None:
        for made in (library.shipped_library, assets.build, assets.shell, assets.modules):
            made.cache_clear()

    yield bring
    monkeypatch.undo()
    forget()


def test_draft_goes_on_with_the_checklist_it_was_begun_with(
    live: LiveServer, phone_page: PhonePages, second_version: Callable[[], None]
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = begun(phone_page(officer), stop)
    second_version()
    visit.page.goto("/today")
    visit.page.goto(f"/stops/{stop.id}/visit")
    visit.page.wait_for_url("**/visit/home-1?draft=*#outcome")
    finish(visit)

    expect(visit.page.locator("[data-whereabouts]")).to_contain_text("With the office")
    with live.session() as session:
        (kept,) = session.query(Visit)
        assert (kept.checklist_key, kept.checklist_version) == ("home", 1)
    visit.page.goto(f"/stops/{stop.id}/visit")
    assert '"version": 2' in (visit.page.locator("form.steps").get_attribute("data-visit") or "")
