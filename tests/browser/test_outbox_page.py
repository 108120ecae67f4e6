"""The outbox page shows what is on this phone, and whose it is."""

from playwright.sync_api import expect

from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit
from tests import people
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in


def waiting_visit(live: LiveServer, phone_page: PhonePages) -> PhoneVisit:
    """A submitted visit that the office could not take yet: every answer to /sync is an error."""
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.route("**/sync", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    visit.begin(stop)
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()
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

    expect(page.locator("[data-none]")).to_contain_text("Everything is with the office", timeout=15_000)
    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    with live.session() as session:
        assert session.query(Visit).count() == 1


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
