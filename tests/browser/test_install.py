"""How the app comes to the home screen: what the browser asks of it, and what the officer is told, and where."""

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.offline_phone import see_ready
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Safari/604.1"
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15"
HINT = "[data-install]"
# as early as a browser does it: before anything of ours has come but the page's own script
ASK_AT_LOAD = """window.addEventListener('load', () => {
  const question = new Event('beforeinstallprompt', { cancelable: true });
  question.prompt = () => { document.body.dataset.asked = 'yes'; };
  window.dispatchEvent(question);
  document.documentElement.dataset.heldBack = String(question.defaultPrevented);
});"""


def test_browser_finds_nothing_that_keeps_the_app_from_being_installed(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, _stop = planned_stop(live)
    page = see_ready(phone_page(officer, service_workers="allow"))
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")

    assert manifest["url"] == f"{live.url}/manifest.webmanifest"
    assert manifest["errors"] == []
    assert len(manifest["manifest"]["screenshots"]) == 4
    # Playwright's contexts are Chromium's private windows, where nothing can be installed
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors] in ([], ["in-incognito"])


@pytest.mark.parametrize("agent", [IPHONE, IPAD], ids=["iPhone", "iPad"])
def test_iphone_is_told_how_until_not_now_and_the_outbox_goes_on_telling(
    live: LiveServer, phone_page: PhonePages, agent: str
) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer, service_workers="allow", user_agent=agent)
    expect(page.locator(HINT)).to_contain_text("Tap Share, then “Add to Home Screen”")
    page.locator(HINT).get_by_role("button", name="Not now").tap()
    expect(page.locator(HINT)).to_have_count(0)

    page.goto("/today")
    see_ready(page)
    assert page.locator(HINT).count() == 0
    page.goto("/outbox")
    expect(page.locator(HINT)).to_contain_text("send what waits here first")
    expect(page.locator(HINT).get_by_role("button")).to_have_count(0)
    visit = PhoneVisit(page).open(stop, "#here")
    visit.saved()
    assert page.locator(HINT).count() == 0


def test_browsers_own_question_is_held_back_and_asked_by_a_tap(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    page: Page = phone_page(officer, service_workers="allow")
    page.add_init_script(ASK_AT_LOAD)
    visit = PhoneVisit(page).open(stop, "#here")
    visit.saved()
    assert page.locator("link[rel=manifest]").count() == 0, "without one no browser asks: never over a visit"
    assert page.locator(HINT).count() == 0

    page.goto("/today")
    expect(page.locator("html[data-held-back=true]")).to_be_attached()
    page.get_by_role("button", name="Install fieldapp").tap()
    expect(page.locator("body[data-asked]")).to_be_attached()
    page.evaluate("window.dispatchEvent(new Event('appinstalled'))")
    expect(page.locator(HINT)).to_have_count(0)
