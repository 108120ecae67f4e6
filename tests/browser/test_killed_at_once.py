"""The browser's main process is killed with SIGKILL at 0 ms after a tap: what was tapped is there, 16 of 16 times.

Beside each tap a bare write to another store of the same database is begun, after the page's own. Where not even that
one reached the disk, the machine gave the browser no time at all before the kill; such a round says nothing and is
made again. (Another database would be no measure: nothing says in which order two of them reach the disk.)
"""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error
from playwright.sync_api import expect

from fieldapp.models.user import User
from tests import people
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.road.phone import Phone

TIMES = 16
MOST_ROUNDS = 3 * TIMES
# each is another answer than the one before
ANSWERS = ["moved", "no_one_home", "wrong_address", "refused_contact"]
CONTROL = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open('fieldapp');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    window.control = request.result;
    const all = window.control.transaction('settings').objectStore('settings').getAllKeys();
    all.onsuccess = () => {
      const rounds = all.result.filter((name) => name.startsWith('round '));
      resolve(rounds.map((name) => Number(name.slice('round '.length))));
    };
  };
})"""
# the last to hear of the event: the page has done all that it does before the next
KILL_AT = """({ event, round }) => window.addEventListener(event, () => {
  const transaction = window.control.transaction('settings', 'readwrite', { durability: 'strict' });
  transaction.objectStore('settings').put({ name: `round ${round}`, value: true });
  transaction.commit();
  window.dispatched();
})"""


@pytest.fixture
def phone(chromium: Browser, live: LiveServer, tmp_path: Path) -> Iterator[Phone]:
    # no worker: the day pack has no part in this, and takes time
    phone = Phone(chromium.browser_type, tmp_path / "phone", live.url, service_workers="block")
    yield phone
    phone.close()


def tap_and_kill(phone: Phone, selector: str, round: int) -> None:
    """A finger's tap by the browser's own input; SIGKILL as soon as the page has dispatched the change it makes."""
    page, kills = phone.page, phone.kills
    page.expose_function("dispatched", phone.kill)
    page.evaluate(KILL_AT, {"event": "change", "round": round})
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    assert box
    with suppress(Error):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_function("() => false", timeout=20_000)
    assert phone.kills == kills + 1, "the tap did not reach the page"


def reopened(phone: Phone, cookies: list[Any]) -> None:
    """The same phone again, still signed in: a session's cookie is not what this is about."""
    phone.reopen()
    assert phone.context
    phone.context.add_cookies(cookies)


def signed_in(phone: Phone, officer: User) -> list[Any]:
    phone.sign_in(str(officer.id), officer.email)
    assert phone.context
    return phone.context.cookies()


def test_answer_is_kept_sixteen_of_sixteen_times_when_the_browser_is_killed_at_its_tap(
    live: LiveServer, phone: Phone
) -> None:
    officer, _person, stop = planned_stop(live)
    cookies = signed_in(phone, officer)
    PhoneVisit(phone.page).begin(stop)
    expect(phone.page.locator("[data-position]")).to_contain_text("from the address")
    expect(phone.page.locator("[data-sync-chip]")).to_contain_text("All sent")
    phone.page.goto("about:blank")
    kept: list[bool] = []
    answer = ""
    for round in range(MOST_ROUNDS):
        PhoneVisit(phone.page).open(stop, "#outcome")
        rounds = phone.page.evaluate(CONTROL)
        assert phone.step("look")["drafts"], f"the whole draft is gone in round {round}; beside it are {rounds}"
        expect(phone.page.locator("#outcome h1")).to_be_focused()
        phone.page.wait_for_load_state("networkidle")  # the page is at rest
        (draft,) = phone.step("look")["drafts"]
        if round - 1 in rounds:
            kept.append(draft["body"].get("outcome") == answer)
        if len(kept) == TIMES:
            break
        answer = next(each for each in ANSWERS if each != draft["body"].get("outcome"))
        tap_and_kill(phone, f".choice:has([value={answer}])", round)
        reopened(phone, cookies)

    assert kept == [True] * TIMES


def test_visit_is_queued_sixteen_of_sixteen_times_when_the_browser_is_killed_as_it_says_so(
    live: LiveServer, phone: Phone
) -> None:
    officer, person, _stop = planned_stop(live)
    cookies = signed_in(phone, officer)
    home = str(people.home(person).id)
    begun = []
    for number in range(TIMES):
        page = phone.page
        page.route("**/sync", lambda route: route.abort())
        page.goto("/outbox")
        begun.append(str(uuid.uuid4()))
        draft = {"id": begun[-1], "officer": str(officer.id), "supervisee": str(person.id)}
        draft |= {"stop": None, "place": "home", "address": home}
        phone.step("begin", draft=draft)
        phone.take_photo(draft, str(uuid.uuid4()), f"photo {number}".encode())
        page.expose_function("dispatched", phone.kill)
        page.evaluate("() => document.addEventListener('submitted', () => window.dispatched())")
        with suppress(Error):
            phone.step("submit", draft=draft, note="Knocked.")
            page.wait_for_function("() => false", timeout=20_000)
        reopened(phone, cookies)
    phone.page.route("**/sync", lambda route: route.abort())
    phone.page.goto("/outbox")
    look = phone.step("look")

    assert phone.kills == TIMES
    assert look["drafts"] == []
    assert sorted(row["id"] for row in look["outbox"]) == sorted(begun)
    assert sorted(photo["visit"] for photo in look["photos"] if photo["found"] == photo["sha256"]) == sorted(begun)
