"""How many taps a visit takes, from Today to submitted, besides the typed note."""

from playwright.sync_api import expect

from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import answers_without_findings
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

ATTEMPTED, COMPLETED = 6, 25


def begun_from_today(live: LiveServer, phone_page: PhonePages) -> PhoneVisit:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer))
    visit.page.goto("/today")
    visit.tap(f"a.primary[href='/stops/{stop.id}/briefing']")
    visit.tap("a:has-text('I’m here'), button:has-text('I’m here')")
    expect(visit.page.locator("#outcome h1")).to_be_visible()
    return visit


def test_attempted_visit_takes_at_most_six_taps(live: LiveServer, phone_page: PhonePages) -> None:
    visit = begun_from_today(live, phone_page)
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked three times, waited four minutes. No car.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()

    print(f"\nattempted visit: {visit.taps} taps of at most {ATTEMPTED}")
    assert visit.taps <= ATTEMPTED
    visit.arrived_at_the_office()


def test_completed_visit_without_findings_takes_at_most_25_taps(live: LiveServer, phone_page: PhonePages) -> None:
    visit = begun_from_today(live, phone_page)
    visit.outcome("Seen inside")
    answers_without_findings(visit)
    expect(visit.page.locator("#sign .rows")).to_contain_text(
        "Left open: Someone else, Items seen, Needs, Test, Actions"
    )
    visit.certify()
    visit.submit()

    print(f"\ncompleted visit: {visit.taps} taps of at most {COMPLETED}")
    assert visit.taps <= COMPLETED
    visit.arrived_at_the_office()
