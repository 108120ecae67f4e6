"""A phone without room: the camera stays shut, what is there stays and goes on, and saving resumes by itself."""

import random
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in

NEARLY_FULL = """(() => {
  const estimate = async () => ({ quota: 1e9, usage: window.name === 'room' ? 1e8 : 9.9e8 });
  const kept = async () => true;
  Object.defineProperty(navigator, 'storage', { value: { estimate, persist: kept, persisted: kept } });
})()"""
LARGE = 4_000_000


def limit(page: Page, live: LiveServer, size: int) -> None:
    """Leaves so many bytes to everything that the app keeps in this browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live.url, "quotaSize": size})


def test_camera_does_not_open_without_room_and_does_when_there_is_some(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer)
    page.add_init_script(NEARLY_FULL)
    visit = PhoneVisit(page).begin(stop)
    visit.outcome("Nobody home")
    page.evaluate("location.hash = '#photos'")
    opened: list[str] = []
    page.on("filechooser", lambda chooser: opened.append("opened"))
    expect(page.locator("#photos [data-space-notice]")).to_contain_text("No room for photos")

    page.locator("#photos label:has([data-photo])").first.tap()
    expect(page.locator("[data-notices]")).to_contain_text("No room for a photo")
    assert opened == []

    page.evaluate("window.name = 'room'")
    page.locator("#photos label:has([data-photo])").first.tap()
    expect(page.locator("[data-notices]")).to_contain_text("There is room again")
    with page.expect_file_chooser():
        page.locator("#photos label:has([data-photo])").first.tap()


def test_photo_that_does_not_fit_is_told_and_with_room_again_the_visit_goes_to_the_office(
    live: LiveServer, phone_page: PhonePages, tmp_path: Path
) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page()
    page.goto("/sign-in")
    limit(page, live, 3_000_000)
    sign_in(page, officer)
    visit = PhoneVisit(page).begin(stop)
    visit.outcome("Nobody home")
    page.fill("[name=outcome_note]", "Knocked.")
    page.evaluate("location.hash = '#photos'")
    large = tmp_path / "large.jpg"
    picture = Path("tests/data/photos/DSCN0010.jpg").read_bytes()
    large.write_bytes(picture + random.Random(1).randbytes(LARGE))
    page.set_input_files("#photos [data-photo=library]", large)
    expect(page.locator("[data-notices]")).to_contain_text("The photo was not kept")
    assert visit.stored("photos") == []
    limit(page, live, 50_000_000)  # some other app was deleted

    page.evaluate("location.hash = '#sign'")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()


def test_answer_that_finds_no_room_is_saved_by_itself_when_there_is_some(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    page = visit.page
    refuse = """(full) => {
      window.realPut ??= IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = full
        ? () => { throw new DOMException('', 'QuotaExceededError'); }
        : window.realPut;
    }"""
    page.evaluate(refuse, True)
    visit.outcome("Nobody home")
    header = page.locator("[data-header]")
    expect(header).to_contain_text("Not saved. This phone has no room left. What it holds is safe.")
    assert visit.stored("drafts")[0]["body"].get("outcome") is None
    page.evaluate(refuse, False)
    expect(header).to_contain_text("Saved on this phone")
    assert visit.stored("drafts")[0]["body"]["outcome"] == "no_one_home"
