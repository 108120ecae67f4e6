"""A visit as a thumb makes it: taps on what is on the screen, counted."""

import datetime as dt
import time
import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.live_server import LiveServer

# long before any day on which the tests may run
SINCE = dt.date(2020, 1, 5)
PICTURE = "tests/data/photos/DSCN0010.jpg"
STORED = """async (store) => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('fieldapp');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const rows = await new Promise((resolve, reject) => {
    const request = database.transaction(store).objectStore(store).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  database.close();
  return rows.filter((row) => !row.bytes?.byteLength).map(({ private_key, ...row }) => row);
}"""


def planned_stop(live: LiveServer, conditions: list[str] | None = None, **person: Any) -> tuple[User, Supervisee, Stop]:
    """An officer whose plan for today has one home stop."""
    with live.session() as session:
        officer = people.officer(session)
        named = {"first_name": "Marcus", "last_name": "Bell", "work": True, **person}
        someone = people.supervisee(session, officer, conditions or [], from_on=SINCE, **named)
        plan = people.plan(session, officer, someone, on=people.local_today())
        stop = plan.stops[0]
        session.commit()
        session.refresh(someone)
        people.home(someone)
        return officer, someone, stop


class PhoneVisit:
    """One page of a visit. `taps` counts what the thumb did; typing is not counted."""

    def __init__(self, page: Page):
        self.page = page
        self.taps = 0

    def open(self, stop: Stop, hash: str = "") -> "PhoneVisit":
        self.page.goto(f"/stops/{stop.id}/visit{hash}")
        if not hash:
            self.page.wait_for_url("**/visit#*")  # the script has come: it gives the page its step
        return self

    def begin(self, stop: Stop) -> "PhoneVisit":
        """As the briefing's "I'm here" does, and waits until the visit has begun."""
        self.open(stop, "#here")
        self.saved()
        return self

    def arrival_queued(self) -> None:
        """Waits until the arrival is signed and among what is to be sent: before that the phone seeks its position."""
        self._wait(lambda: all(draft["body"].get("checked_in") for draft in self.stored("drafts")))

    def outbox_emptied(self) -> None:
        """Waits until the office has all that was to be sent."""
        self._wait(lambda: self.stored("outbox") == [])

    def _wait(self, condition: Callable[[], bool]) -> None:
        until = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < until, "it has not come"
            self.page.wait_for_timeout(50)

    def tap(self, selector: str) -> None:
        self.page.locator(selector).tap()
        self.taps += 1

    def here(self) -> None:
        self.tap("[data-here]")
        expect(self.page.locator("#outcome h1")).to_be_visible()

    def outcome(self, words: str) -> None:
        self.tap(f"#outcome .choice:has-text('{words}')")

    def answer(self, item: str, words: str) -> None:
        self.tap(f"[id='{item}'] label:has(> input):has-text('{words}') >> nth=0")

    def rest(self, section: str) -> None:
        self.tap(f"[data-rest={section}]")

    def next(self, words: str) -> None:
        expect(self.page.locator("[data-next]")).to_contain_text(words)
        self.tap("[data-next]")

    def take_photo(self, item: str) -> None:
        self.page.set_input_files(f"[data-photo=camera][data-photo-of='{item}'] >> nth=0", PICTURE)
        expect(self.page.locator(f"[data-photos-of='{item}'] .photo").first).to_be_visible()

    def certify(self) -> None:
        expect(self.page.locator("#sign [data-facts] dt").first).to_be_visible()
        self.tap("label:has([name=certify])")
        expect(self.page.locator("[data-submit]")).to_have_attribute("aria-disabled", "false")

    def submit(self) -> None:
        self.tap("[data-submit]")
        expect(self.page.locator("#done h1")).to_be_visible()

    def saved(self) -> None:
        """Waits until the draft holds what the page shows."""
        expect(self.page.locator("[data-header]")).to_contain_text("Saved on this phone")

    def arrived_at_the_office(self) -> None:
        expect(self.page.locator("[data-whereabouts]")).to_contain_text("With the office")
        expect(self.page.locator("[data-whereabouts] .st[data-tone=ok]")).to_be_visible()

    def stored(self, store: str) -> list[dict[str, Any]]:
        """The rows of a store on this phone, without keys and without the photos' bytes."""
        rows: list[dict[str, Any]] = self.page.evaluate(STORED, store)
        return rows


def answers_up_to_compliance(visit: PhoneVisit) -> None:
    """What a home visit asks of somebody who was seen inside, before it comes to the conditions; nothing found."""
    visit.next("Start checklist")
    visit.answer("arrival.address_confirmed", "Yes")
    visit.next("Next: Safety")
    visit.rest("safety")
    visit.answer("residence.supervisee_seen", "Face to face")
    visit.answer("residence.identity", "Known to me")
    visit.answer("residence.lives_here", "Verified")
    visit.answer("residence.evidence", "Mail")
    visit.answer("residence.changes", "No")
    visit.next("Next: People")
    visit.rest("people")
    visit.answer("home.habitability", "Adequate")
    visit.rest("home")


def answers_without_findings(visit: PhoneVisit) -> None:
    """All that a home visit asks of somebody who was seen inside, nothing found."""
    answers_up_to_compliance(visit)
    visit.rest("compliance")
    visit.rest("asked")


def nobody_home(visit: PhoneVisit) -> None:
    """The shortest visit: knocked, nobody there, signed."""
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.next("Review and sign")
    visit.certify()
    visit.submit()


def submission_of(visit: PhoneVisit) -> uuid.UUID:
    """The id of the visit that this tab has submitted."""
    return uuid.UUID(visit.page.evaluate("() => sessionStorage.getItem(location.pathname)"))
