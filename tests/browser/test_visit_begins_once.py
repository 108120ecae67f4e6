"""One arrival is one visit, whatever is tapped twice or opened again."""

import datetime as dt

from playwright.sync_api import expect

from fieldapp.models.field import CheckIn
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import nobody_home
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

HOLD = """(name) => new Promise((held) => {
  void navigator.locks.request(name, () => { held(); return new Promise((done) => setTimeout(done, 600)); });
})"""


def test_double_tap_on_here_makes_one_draft_and_one_check_in(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).open(stop)
    visit.page.route("**/sync", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    expect(visit.page.locator("#arrive h1")).to_be_focused()
    visit.page.evaluate("() => { const here = document.querySelector('[data-here]'); here.click(); here.click(); }")
    visit.saved()
    expect(visit.page.locator("[data-position]")).to_contain_text("from the address")
    visit.outcome("Nobody home")
    visit.page.wait_for_function("() => performance.getEntriesByName(`${location.origin}/sync`).length > 0")
    assert [row["kind"] for row in visit.stored("outbox")] == ["check_in"]
    assert len(visit.stored("drafts")) == 1


def test_address_of_here_begins_no_second_visit_while_the_first_waits_to_be_sent(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.route("**/sync", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    visit.begin(stop)
    nobody_home(visit)
    visit.page.goto("/today")
    visit.open(stop, "#here")

    expect(visit.page.locator("[data-notices]")).to_contain_text("This visit is submitted")
    assert visit.stored("drafts") == []
    visit.here()
    visit.saved()
    expect(visit.page.locator("[data-notices]")).to_be_empty()
    assert len(visit.stored("drafts")) == 1


def test_arrival_whose_page_is_left_before_a_position_is_found_is_told_by_the_next_page(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.add_init_script("navigator.geolocation.getCurrentPosition = () => {};")
    visit.begin(stop)
    (draft,) = visit.stored("drafts")
    assert (draft["body"].get("checked_in"), visit.stored("outbox")) == (None, [])
    visit.page.goto("/today")

    visit.arrival_queued()
    visit.outbox_emptied()
    with live.session() as session:
        (check_in,) = session.query(CheckIn).all()
        assert (check_in.stop_id, check_in.position_state) == (stop.id, "unavailable")
        assert check_in.at == dt.datetime.fromisoformat(draft["body"]["arrived_at"])


def test_visit_opens_although_another_page_has_its_lock_for_a_moment(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, stop = planned_stop(live)
    page = phone_page(officer)
    today = page.context.new_page()
    today.goto("/today")
    today.evaluate(HOLD, f"fieldapp-draft-{person.id}-home")
    visit = PhoneVisit(page).open(stop)
    visit.here()
    visit.saved()
