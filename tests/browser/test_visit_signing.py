"""Between the tap on "Certify and submit" and the signature nothing is lost and nothing comes in unseen."""

from playwright.sync_api import expect

from fieldapp.models.visit import Visit
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.browser.phone_visit import submission_of
from tests.live_server import LiveServer
from tests.live_server import PhonePages

# a phone that takes its time to find itself
SLOW = """() => { navigator.geolocation.getCurrentPosition = (found) => { window.locate = () =>
  found({ coords: { latitude: 39.29, longitude: -76.61, accuracy: 8 } }); }; }"""


def test_page_takes_no_answer_and_no_photo_while_it_signs(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).open(stop)
    expect(visit.page.locator("#arrive h1")).to_be_focused()
    visit.page.evaluate(SLOW)
    visit.here()
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.next("Review and sign")
    visit.certify()
    visit.tap("[data-submit]")
    expect(visit.page.locator("[data-submit]")).to_contain_text("Signing")

    assert visit.page.evaluate("() => document.querySelector('form.steps').inert")
    cameras = visit.page.locator("input[type=file]")
    for i in range(cameras.count()):
        expect(cameras.nth(i)).to_be_disabled()
    visit.page.evaluate("() => window.locate()")
    expect(visit.page.locator("#done h1")).to_be_visible()
    assert not visit.page.evaluate("() => document.querySelector('form.steps').inert")
    visit.arrived_at_the_office()
    with live.session() as session:
        assert session.get_one(Visit, submission_of(visit)).position_state == "fix"
