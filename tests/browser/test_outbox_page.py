"""The outbox page shows what is on this phone, and whose it is."""

from playwright.sync_api import expect

from fieldapp.models.evidence import Photo
from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit
from tests import people
from tests.browser.phone_visit import STORED
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import nobody_home
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in


def waiting_visit(live: LiveServer, phone_page: PhonePages) -> PhoneVisit:
    """A submitted visit that the office could not take yet: every answer to /sync is an error."""
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.route("**/sync", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    visit.begin(stop).arrival_queued()
    nobody_home(visit)
    expect(visit.page.locator("[data-whereabouts]")).to_contain_text("The office answered with error 502.")
    return visit


def test_what_waits_is_listed_with_its_reason_and_goes_by_send_now(live: LiveServer, phone_page: PhonePages) -> None:
    page = waiting_visit(live, phone_page).page
    page.goto("/outbox")
    listed = page.locator("[data-list=waiting]")
    expect(listed).to_contain_text("Marcus Bell, visit")
    expect(listed).to_contain_text("The office answered with error 502.")
    expect(page.locator("[data-outbox-count]")).to_have_text("2")
    expect(page.locator("[data-sync-chip]")).to_contain_text("2 waiting")
    page.unroute("**/sync")
    page.locator("[data-send-now]").tap()

    expect(page.locator("[data-none]")).to_contain_text("Everything is with the office")
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    received = page.locator("[data-list=received]")
    expect(received).to_contain_text("Received today: 2")
    expect(received.locator("li")).to_have_count(2)
    expect(page.locator("[data-last]")).to_contain_text("Last reached the office")
    with live.session() as session:
        assert session.query(Visit).count() == 1


def test_one_item_is_tried_again_by_itself(live: LiveServer, phone_page: PhonePages) -> None:
    page = waiting_visit(live, phone_page).page
    page.goto("/outbox")
    page.unroute("**/sync")
    page.locator("[data-list=waiting] li", has_text="visit").locator("[data-retry]").tap()

    expect(page.locator("[data-none]")).to_be_visible()
    with live.session() as session:
        assert session.query(Visit).count() == 1


def test_signed_out_the_page_asks_to_sign_in_and_keeps_everything(live: LiveServer, phone_page: PhonePages) -> None:
    visit = waiting_visit(live, phone_page)
    page = visit.page
    page.goto("/outbox")
    expect(page.locator("[data-sign-in]")).to_be_hidden()
    page.unroute("**/sync")
    page.context.clear_cookies()
    page.locator("[data-send-now]").tap()
    expect(page.locator("[data-sign-in]")).to_contain_text("You were signed out. Nothing is lost.")
    expect(page.locator("[data-sync-chip]")).to_contain_text("Sign in to send")
    page.locator("[data-sign-in] a").tap()
    page.wait_for_url("**/sign-in?next=/outbox")
    assert len(visit.stored("outbox")) == 2


def test_signing_out_forgets_what_was_received(live: LiveServer, phone_page: PhonePages) -> None:
    visit = waiting_visit(live, phone_page)
    page = visit.page
    page.goto("/outbox")
    page.unroute("**/sync")
    page.locator("[data-send-now]").tap()
    expect(page.locator("[data-none]")).to_be_visible()
    assert len(visit.stored("received")) == 2
    page.locator(".you summary").tap()
    page.locator(".you button").tap()
    page.wait_for_url("**/sign-in**")
    page.wait_for_function(f"async () => !(await ({STORED})('received')).length")


def test_signing_out_keeps_it_and_another_officer_neither_sees_nor_sends_it(
    live: LiveServer, phone_page: PhonePages
) -> None:
    visit = waiting_visit(live, phone_page)
    with live.session() as session:
        other = people.officer(session)
        session.commit()
    page = visit.page
    page.goto("/outbox")
    page.locator(".you summary").tap()
    page.locator(".you button").tap()
    page.wait_for_url("**/sign-in**")
    page.unroute("**/sync")
    sign_in(page, other)
    page.goto("/outbox")

    expect(page.locator("[data-none]")).to_be_visible()
    expect(page.locator("[data-others]")).to_contain_text("It goes when that officer signs in here.")
    assert {row["kind"] for row in visit.stored("outbox")} == {"visit", "check_in"}
    with live.session() as session:
        assert session.query(Visit).count() == 0


def test_draft_is_listed_and_leads_back_to_its_question(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Seen inside")
    visit.next("Start checklist")
    visit.page.goto("/outbox")
    expect(visit.page.locator("[data-list=drafts]")).to_contain_text("Marcus Bell, draft of the visit")
    visit.page.locator("[data-list=drafts] a").tap()

    expect(visit.page.locator("#section-arrival")).to_be_visible()


def test_draft_of_a_stop_that_left_the_plan_goes_on_and_is_submitted(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.route("**/sync", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    visit.begin(stop)
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.page.goto("/outbox")
    with live.session() as session:
        session.delete(session.get_one(Stop, stop.id))
        session.commit()
    visit.page.locator("[data-list=drafts] a").tap()
    expect(visit.page.locator("#outcome h1")).to_be_visible()
    visit.page.reload()
    expect(visit.page.locator("[name=outcome_note]")).to_have_value("Knocked.")
    visit.page.unroute("**/sync")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()

    with live.session() as session:
        (kept,) = session.query(Visit).all()
        assert (kept.stop_id, kept.outcome_note) == (None, "Knocked.")


def test_refusal_to_keep_what_waits_is_a_line_on_the_outbox(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.add_init_script(
        "StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false"
    )
    visit.page.goto("/outbox")
    expect(visit.page.locator("[data-none]")).to_be_visible()
    expect(visit.page.locator("[data-may-clear]")).to_be_hidden()
    visit.begin(stop)
    visit.page.goto("/outbox")
    expect(visit.page.locator("[data-may-clear]")).to_contain_text("Install the app")


def test_photos_wait_for_wifi_until_the_officer_sends_them_now(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    page = visit.page
    page.goto("/outbox")
    page.locator("label:has([data-wifi-only])").tap()
    expect(page.locator("[data-wifi-words]")).to_contain_text("This phone does not tell whether it is on Wi-Fi")
    visit.begin(stop)
    visit.outcome("Nobody home")
    page.fill("[name=outcome_note]", "Knocked.")
    page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    page.evaluate("location.hash = '#sign'")
    visit.certify()
    visit.submit()
    expect(page.locator("[data-sync-chip]")).to_contain_text("1 for Wi-Fi")
    expect(page.locator("[data-whereabouts]")).to_contain_text("1 photo on this phone, waiting for Wi-Fi")
    page.goto("/outbox")
    expect(page.locator("[data-wifi-only]")).to_be_checked()
    expect(page.locator("[data-list=waiting]")).to_contain_text("Waits until you tap Send photos now.")
    with live.session() as session:
        assert [photo.state for photo in session.query(Photo)] == ["awaited"]
    page.locator("[data-photos-now]").tap()

    expect(page.locator("[data-none]")).to_be_visible()
    with live.session() as session:
        assert [photo.state for photo in session.query(Photo)] == ["stored"]
