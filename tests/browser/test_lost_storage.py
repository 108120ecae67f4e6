"""A phone whose browser has cleared its database says so, and the supervisor hears of it."""

from playwright.sync_api import expect

from fieldapp.models.wire import FieldException
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

MARK = "JSON.parse(localStorage.getItem('fieldapp-canary') ?? '{}').count"


def test_cleared_database_is_said_plainly_and_told_to_the_supervisor(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    page = visit.page
    page.route("**/sync", lambda route: route.abort())
    visit.outcome("Nobody home")
    page.fill("[name=outcome_note]", "Knocked.")
    page.evaluate("location.hash = '#sign'")
    visit.certify()
    visit.submit()
    page.goto("/today")
    wait_until(page, f"{MARK} > 0")
    waiting = page.evaluate(f"() => {MARK}")
    expect(page.locator("[data-lost]")).to_have_count(0)

    page.goto("about:blank")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": live.url, "storageTypes": "indexeddb"})
    page.unroute("**/sync")
    with page.expect_response(lambda answer: answer.url.endswith("/sync") and answer.ok):
        page.goto("/today")

    notice = page.locator("[data-lost]")
    expect(notice).to_contain_text("This phone lost what it kept")
    expect(notice).to_contain_text(f"{waiting} item")
    page.reload()
    expect(notice).to_be_visible()
    notice.locator("button").tap()
    expect(notice).to_have_count(0)
    page.reload()
    expect(page.locator("[data-pack]")).to_be_visible()
    expect(notice).to_have_count(0)
    with live.session() as session:
        (told,) = session.query(FieldException).filter_by(code="phone-emptied").all()
        assert told.officer_id == officer.id
        assert f"{waiting} of its items had not been sent" in told.words
