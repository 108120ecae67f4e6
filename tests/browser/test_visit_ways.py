"""The other ways a visit can go: no position, no network, somebody else, more persons, a workplace, nothing planned."""

from playwright.sync_api import expect

from fieldapp.models.field import CheckIn
from fieldapp.models.visit import Visit
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import lose_signal
from tests.browser.phone_visit import PICTURE
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.browser.phone_visit import submission_of
from tests.live_server import LiveServer
from tests.live_server import PhonePages

FAR = {"latitude": 39.40, "longitude": -76.61, "accuracy": 8.0}
ROUGH = {"latitude": 39.29038, "longitude": -76.61219, "accuracy": 800.0}


def attempt(visit: PhoneVisit) -> None:
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked, waited.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()


def test_refused_position_is_recorded_as_refused_and_blocks_nothing(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer, at=None)).begin(stop)
    expect(visit.page.locator("[data-position]")).to_contain_text("No position: this phone does not allow it")
    attempt(visit)
    visit.arrived_at_the_office()

    with live.session() as session:
        kept = session.get_one(Visit, submission_of(visit))
        assert (kept.position_state, kept.lat, kept.distance_m) == ("refused", None, None)
        (check_in,) = session.query(CheckIn).all()
        assert (check_in.stop_id, check_in.position_state) == (stop.id, "refused")


def test_position_far_off_or_rough_is_said_and_blocks_nothing(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    far = PhoneVisit(phone_page(officer, at=FAR)).begin(stop)
    expect(far.page.locator("[data-position][data-tone=warn]")).to_contain_text("7.6 mi from the address")
    rough = PhoneVisit(phone_page(officer, at=ROUGH)).begin(stop)
    expect(rough.page.locator("[data-position][data-tone=warn]")).to_contain_text("Rough position")
    attempt(rough)


def test_visit_without_network_waits_on_the_phone_and_goes_when_it_is_back(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).open(stop)
    expect(visit.page.locator("[data-sync-chip]")).to_contain_text("All sent")
    lose_signal(live, visit.page)
    visit.here()
    attempt(visit)
    expect(visit.page.locator("[data-whereabouts]")).to_contain_text("On this phone")
    expect(visit.page.locator("[data-sync-chip]")).to_contain_text("Offline, 2 waiting")
    find_signal(live, visit.page)
    visit.arrived_at_the_office()

    with live.session() as session:
        assert session.query(Visit).count() == 1
        assert session.query(CheckIn).count() == 1


def test_spoke_to_someone_else_only_asks_for_them_and_not_for_the_person(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Spoke to someone else only")
    visit.next("Start checklist")
    visit.answer("arrival.address_confirmed", "Yes")
    visit.next("Next: Safety")
    visit.rest("safety")
    expect(visit.page.locator("[id='residence.identity']")).to_be_hidden()
    visit.answer("residence.lives_here", "Verified")
    visit.next("Next: People")
    visit.rest("people")
    visit.page.fill("[name='collateral.name']", "Lorraine")
    visit.page.fill("[name='collateral.relation']", "mother")
    visit.page.fill("[name='collateral.gist']", "He works until six.")
    visit.next("Review and sign")
    expect(visit.page.locator("[data-facts]")).to_contain_text("Collateral contact, does not count")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()

    with live.session() as session:
        kept = session.get_one(Visit, submission_of(visit))
        given = {answer.item: answer.value for answer in kept.answers}
        assert given["collateral.gist"] == "He works until six."
        assert kept.outcome == "collateral_only"


def test_persons_are_added_changed_and_removed(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Seen inside")
    visit.page.evaluate("location.hash = '#section-people'")
    group = visit.page.locator("[id='people.persons']")
    for name in ("Lorraine Bell", "Somebody", "Terrell Bell"):
        group.locator("[data-row-add]").tap()
        row = group.locator("[data-row-id]").last
        row.locator("[data-field=name] input").fill(name)
    group.locator("[data-row-id]").nth(0).locator("label:has-text('Adult')").tap()
    gone = group.locator("[data-row-id]").nth(1).locator("[data-row-remove]")
    gone.tap()
    gone.tap()
    visit.page.reload()

    expect(group.locator("[data-row-title]")).to_have_text(
        ["Person present 1: Lorraine Bell", "Person present 2: Terrell Bell"]
    )
    expect(group.locator("[data-row-id]").nth(0).locator("[value=adult]")).to_be_checked()
    visit.page.evaluate("location.hash = '#sign'")
    expect(visit.page.locator("[data-facts]")).to_contain_text("Marcus Bell, Lorraine Bell, Terrell Bell")
    expect(visit.page.locator("[data-submit]")).to_contain_text("missing")


def test_workplace_is_discreet_until_the_employer_is_known_to_know(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, _stop = planned_stop(live, ["no_weapons"])
    visit = PhoneVisit(phone_page(officer))
    visit.page.goto(f"/people/{person.id}/visit/work#here")
    visit.outcome("Seen at work")
    visit.next("Start checklist")
    banner = visit.page.locator("[data-discreet-banner]")
    expect(banner).to_contain_text("not a word about why you are here")
    visit.answer("disclosure.employer_aware", "Yes")
    expect(banner).to_be_hidden()
    visit.answer("disclosure.employer_aware", "Unknown")
    expect(banner).to_be_visible()
    (draft,) = visit.stored("drafts")
    assert (draft["stop"], draft["place"], draft["supervisee"]) == (None, "work", str(person.id))


def test_photo_is_captioned_removed_and_marked_when_it_comes_from_the_library(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.evaluate("location.hash = '#photos'")
    visit.page.set_input_files("#photos [data-photo=library]", PICTURE)
    card = visit.page.locator("#photos .photo")
    expect(card).to_contain_text("from the library")
    card.locator("[data-caption]").fill("Front door")
    visit.page.reload()
    expect(card.locator("[data-caption]")).to_have_value("Front door")
    card.locator("[data-remove]").tap()
    card.locator("[data-remove]").tap()
    expect(card).to_have_count(0)
    assert visit.stored("photos") == []
