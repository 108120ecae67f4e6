"""Photos that are not plain: no position, a kind this browser cannot show, no picture at all."""

from playwright.sync_api import expect

from fieldapp.models.evidence import Photo
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages


def test_photo_without_position_asks_why_and_the_reason_reaches_the_office(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer, at=None)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    card = visit.page.locator("#photos .photo")
    expect(card).to_contain_text("No position")
    card.locator("[data-why] input").fill("Weak signal in the stairwell")
    visit.page.evaluate("location.hash = '#sign'")
    expect(visit.page.locator("[data-lacking]")).to_contain_text("Reason: Weak signal in the stairwell")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()

    with live.session() as session:
        (photo,) = session.query(Photo).all()
        assert photo.no_position_reason == "Weak signal in the stairwell"
        assert (photo.position_state, photo.state) == ("refused", "stored")


def test_picture_that_cannot_be_shown_is_kept_and_said_so(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.evaluate("location.hash = '#photos'")
    visit.page.set_input_files("#photos [data-photo=library]", "tests/data/photos/samplefilehub.heif")

    expect(visit.page.locator("#photos .photo")).to_contain_text("This phone cannot show pictures of this kind")
    (photo,) = visit.stored("photos")
    assert photo["source"] == "library"


def test_empty_file_is_refused_with_what_to_do(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.evaluate("location.hash = '#photos'")
    empty = {"name": "empty.jpg", "mimeType": "image/jpeg", "buffer": b""}
    visit.page.set_input_files("#photos [data-photo=library]", empty)  # type: ignore[arg-type]

    expect(visit.page.locator("[data-header]")).to_contain_text("The camera gave an empty picture. Take it again.")
    assert visit.stored("photos") == []


def test_damaged_picture_is_kept_and_said_so_and_what_is_no_photo_is_not(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.evaluate("location.hash = '#photos'")
    broken = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 cut off"}
    visit.page.set_input_files("#photos [data-photo=library]", broken)
    expect(visit.page.locator("#photos .photo")).to_contain_text("This picture seems damaged: take it again")
    text = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no picture"}
    visit.page.set_input_files("#photos [data-photo=library]", text)
    expect(visit.page.locator("[data-header]")).to_contain_text("This is no photo: take it again.")
    assert len(visit.stored("photos")) == 1
