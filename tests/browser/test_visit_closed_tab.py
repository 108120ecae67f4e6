"""A tab that is closed, or killed, in the middle of a visit loses nothing; two tabs never make two visits."""

from playwright.sync_api import Route
from playwright.sync_api import expect

from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

NOTE = "Glass pipe on the kitchen counter."


def test_every_answer_and_photo_is_there_when_the_tab_is_opened_again(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live, ["no_drugs"])
    first = PhoneVisit(phone_page(officer)).begin(stop)
    expect(first.page.locator("#outcome h1")).to_be_visible()
    first.outcome("Seen inside")
    first.next("Start checklist")
    first.answer("arrival.address_confirmed", "Yes")
    first.next("Next: Safety")
    first.rest("safety")
    first.page.evaluate("location.hash = '#compliance.paraphernalia'")
    first.answer("compliance.paraphernalia", "Yes")
    first.take_photo("compliance.paraphernalia")
    first.page.fill("[id='compliance.paraphernalia'] textarea", NOTE)
    context = first.page.context
    first.page.close()

    again = PhoneVisit(context.new_page()).open(stop)
    expect(again.page.locator("[id='compliance.paraphernalia'] textarea")).to_have_value(NOTE)
    assert again.page.url.endswith("#compliance.paraphernalia")
    expect(again.page.locator("[name='arrival.address_confirmed'][value=yes]")).to_be_checked()
    expect(again.page.locator("[name='safety.weapon_visible'][value=no]")).to_be_checked()
    expect(again.page.locator("[name=outcome][value=contact_inside]")).to_be_checked()
    expect(again.page.locator("[data-photos-of='compliance.paraphernalia'] img").first).to_be_visible()
    (draft,) = again.stored("drafts")
    rest = [answer["item"] for answer in draft["body"]["answers"] if answer["answered_by"] == "rest"]
    assert "safety.weapon_visible" in rest


def test_answer_is_on_the_disk_when_the_tab_dies_right_after_the_tap(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    first = PhoneVisit(phone_page(officer)).begin(stop)
    expect(first.page.locator("#outcome h1")).to_be_visible()
    first.saved()
    context = first.page.context
    first.page.evaluate("document.querySelector('[name=outcome][value=moved]').click()")
    first.page.close(run_before_unload=False)

    again = PhoneVisit(context.new_page()).open(stop)
    expect(again.page.locator("[name=outcome][value=moved]")).to_be_checked()


def test_second_tab_of_the_same_visit_is_told_and_cannot_write(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    first = PhoneVisit(phone_page(officer)).open(stop)
    expect(first.page.locator("[data-sync-chip]")).to_contain_text("All sent")
    second = PhoneVisit(first.page.context.new_page()).open(stop, "#here")

    expect(second.page.locator("[data-notices]")).to_contain_text("open in another tab")
    assert second.stored("drafts") == []
    first.here()
    assert len(first.stored("drafts")) == 1


def test_answer_tapped_before_the_script_has_come_is_kept(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer)
    held: list[Route] = []
    page.route("**/js/visit.js*", lambda route: held.append(route))
    page.goto(f"/stops/{stop.id}/visit#here", wait_until="commit")
    page.tap("#outcome .choice:has-text('Nobody home')")
    held[0].continue_()

    expect(page.locator("[data-outcome-note]")).to_be_visible()
    (draft,) = PhoneVisit(page).stored("drafts")
    assert draft["body"]["outcome"] == "no_one_home"


def test_camera_comes_back_to_the_same_question_after_the_page_was_thrown_away(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Seen inside")
    visit.page.evaluate("location.hash = '#compliance.alcohol'")
    visit.answer("compliance.alcohol", "Yes")
    visit.page.reload()

    expect(visit.page.locator("[id='compliance.alcohol'] .raised")).to_be_visible()
    expect(visit.page.locator("#arrive")).to_be_hidden()
