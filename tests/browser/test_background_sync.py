"""Where the browser has Background Sync, what waits goes after the last page was closed; the worker itself sends it."""

import time
import uuid
from typing import Any

from playwright.sync_api import Page

from fieldapp.models.wire import Submission
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

SENDER = "(await navigator.serviceWorker.getRegistration('/background/'))"
READY = f"Boolean({SENDER}?.scope.endsWith('/background/') && {SENDER}.active)"
ASKED = f"(await {SENDER}?.sync.getTags())?.length"
SETTING = """new Promise((resolve) => {
  const open = indexedDB.open('fieldapp');
  open.onsuccess = () => {
    const asked = open.result.transaction('settings').objectStore('settings').get('officer to send for');
    asked.onsuccess = () => {
      open.result.close();
      resolve(asked.result?.value);
    };
  };
})"""
NO_SENDER = """{
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = function (address, options) {
    if (!String(address).startsWith('/sender.js')) return register.call(this, address, options);
    globalThis.refused = true;
    return Promise.reject(new TypeError('Failed to fetch'));
  };
}"""
STAY = (
    "document.querySelector('form[action=\"/sign-out\"]').addEventListener('submit', (event) => event.preventDefault())"
)


def phone_with_arrival(live: LiveServer, phone_page: PhonePages) -> Page:
    """A phone without a network on which the officer has said "I'm here", and which has asked for Background Sync."""
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer, service_workers="allow")
    page.context.grant_permissions(["geolocation", "background-sync"])
    get_ready(page)
    wait_until(page, READY)
    lose_signal(live, page)
    PhoneVisit(page).begin(stop)
    wait_until(page, ASKED)
    return page


def submissions(live: LiveServer) -> list[str]:
    with live.session() as session:
        return [submission.kind for submission in session.query(Submission)]


def test_arrival_goes_by_itself_when_the_network_is_back_and_no_page_is_open(
    live: LiveServer, phone_page: PhonePages
) -> None:
    page = phone_with_arrival(live, phone_page)
    said: list[dict[str, Any]] = []
    browser = page.context.new_cdp_session(page)
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda event: said.extend(event["registrations"]))
    browser.send("ServiceWorker.enable")
    page.goto("about:blank")
    for _ in range(400):
        if any(each["scopeURL"].endswith("/background/") for each in said):
            break
        page.wait_for_timeout(50)
    [sender] = {each["registrationId"] for each in said if each["scopeURL"].endswith("/background/")}
    assert submissions(live) == []
    find_signal(live, page)
    until = time.monotonic() + 20
    while time.monotonic() < until and not submissions(live):
        # each time under another tag, as the browser does: one that failed a moment before the network was really back
        # stays silent for 5 minutes
        event = {"origin": live.url, "registrationId": sender, "tag": f"outbox-{uuid.uuid4()}", "lastChance": False}
        browser.send("ServiceWorker.dispatchSyncEvent", event)
        page.wait_for_timeout(1_000)
    assert submissions(live) == ["check_in"]


def test_without_the_worker_that_sends_no_sync_is_asked_of_the_one_that_answers_pages(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer, service_workers="allow")
    page.context.grant_permissions(["geolocation", "background-sync"])
    page.add_init_script(NO_SENDER)
    get_ready(page)
    wait_until(page, "globalThis.refused")
    lose_signal(live, page)
    visit = PhoneVisit(page).begin(stop)
    visit.arrival_queued()
    page.wait_for_timeout(500)  # it would be asked right after the arrival is kept

    assert len(visit.stored("outbox")) == 1
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistration('/')).sync.getTags()") == []


def test_signing_out_forgets_whom_the_worker_sends_for(live: LiveServer, phone_page: PhonePages) -> None:
    page = phone_with_arrival(live, phone_page)
    page.goto("/today")
    wait_until(page, f"typeof (await {SETTING}) === 'string'")
    page.locator(".you summary").tap()
    page.evaluate(STAY)
    page.locator(".you button").tap()

    wait_until(page, f"(await {SETTING}) === undefined")
