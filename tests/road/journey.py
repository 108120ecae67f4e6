"""The way itself: visits made, sent and interrupted at points that a seed decides, then the quiet end and the proof."""

import time
from collections.abc import Callable
from random import Random
from typing import Any

from playwright.sync_api import Error

from tests.road import faults
from tests.road.by_modules import ByModules
from tests.road.by_taps import ByTaps
from tests.road.faults import Faults
from tests.road.ledger import Ledger
from tests.road.ledger import Visit
from tests.road.ledger import picture
from tests.road.office import Caseload
from tests.road.office import Office
from tests.road.office import new_id
from tests.road.phone import Phone
from tests.road.proof import Verdict
from tests.road.proof import compare
from tests.road.proof import kept_after_the_kill
from tests.road.proof import settled

# one visit in so many
BY_TAPS, SERVER_KILL, BROWSER_KILL, SESSION_END = 8, 9, 7, 11
MOST_PHOTOS = 3
PACE_MS = 1500
MOST_TRIES = 10
KILL_WITHIN_S = 0.25
QUIET_SECONDS, QUIET_SECONDS_A_VISIT = 180, 0.6


class Journey:
    """`say` is told how far it is."""

    def __init__(self, random: Random, faults: Faults, office: Office, phone: Phone, ledger: Ledger):
        self.random, self.faults, self.office, self.phone, self.ledger = random, faults, office, phone, ledger
        self.caseloads: list[Caseload] = []
        self.problems: list[str] = []

    def travel(self, caseloads: list[Caseload], visits: int, say: Callable[[str], None]) -> Verdict:
        """Makes so many visits on the bad road, then goes home."""
        self.caseloads = caseloads
        self.prepare()
        self.faults.on = True
        begun = time.monotonic()
        for number in range(1, visits + 1):
            self.one(number)
            if number % max(1, visits // 20) == 0:
                injected = sum(self.faults.counts.values())
                say(f"  {number} of {visits} visits, {time.monotonic() - begun:.0f} s, {injected} faults")
        self.faults.on = False
        self.office.wait_until_served()
        say("the road is quiet: everything must arrive now")
        return self.go_home()

    def prepare(self) -> None:
        """Each officer has been on this phone once with a good network: it is ready for none."""
        for officer in self.caseloads:
            self.signed_in(officer)
            self.phone.open("/today", "[data-pack][data-tone=ok]")

    def one(self, number: int) -> None:
        """One visit, with what happens around it."""
        if number % SERVER_KILL == 2:
            self.faults.order(faults.SERVER_KILLED)
        signed_out = number % SESSION_END == 3
        if signed_out:
            self.office.wait_until_served()
            self.office.end_sessions()
        heard = self.ledger.signed_out_answers
        visit = self.new_visit(by_taps=number % BY_TAPS == 1)
        self.ledger.visits.append(visit)
        if number % BROWSER_KILL == 4:
            self.make_and_kill(visit)
        else:
            self.make(visit)
        visit.let_go_of_bytes()
        self.phone.step("pace", ms=PACE_MS)
        self.send()
        if signed_out:
            for _ in range(MOST_TRIES):  # another fault may have come before the office could answer
                if self.ledger.signed_out_answers > heard:
                    break
                self.send()
            self.faults.counts[faults.SESSION_OVER] = self.ledger.signed_out_answers
            self.signed_in(self.random.choice(self.caseloads))

    def send(self) -> None:
        """As "Send now" does; what went wrong is tried again."""
        self.phone.step("drain", officer=self.officer.id)

    def new_visit(self, *, by_taps: bool) -> Visit:
        officer = self.officer
        photos = {new_id(): picture(self.random) for _ in range(self.random.randint(0, MOST_PHOTOS))}
        supervisee, address = self.random.choice(officer.people)
        stop = self.random.choice(officer.stops) if by_taps else None
        return Visit(officer, supervisee, address, f"Knocked, waited. {new_id()}", photos, stop)

    def make(self, visit: Visit, kill_at: int | None = None) -> None:
        """All steps of a visit, or those that are left; with `kill_at` the browser dies in or after that step."""
        made = (ByTaps if visit.stop else ByModules)(self.phone, visit)
        timer = None
        for number, step in enumerate(made.steps()):
            if number == kill_at:
                timer = self.phone.kill_after(self.random.uniform(0, KILL_WITHIN_S))
            try:
                step()
            except (Error, AssertionError):
                if timer is None:
                    raise
                break
        if timer:
            timer.join()

    def make_and_kill(self, visit: Visit) -> None:
        """A visit in whose making the browser is killed, that goes on where the phone says it stands."""
        steps = 4 + len(visit.photos)
        self.make(visit, kill_at=self.random.randint(1, steps - 1))
        self.phone.reopen()
        self.faults.counts[faults.BROWSER_KILLED] += 1
        self.signed_in(visit.officer)
        self.problems += kept_after_the_kill(self.ledger, self.phone.step("look"), self.office)
        if not visit.submitted:
            self.make(visit)

    def signed_in(self, officer: Caseload) -> None:
        self.officer = officer
        self.office.wait_until_served()
        self.phone.sign_in(officer.id, officer.email)

    def go_home(self) -> Verdict:
        """Every officer signs in once more, with a good network; then the office is compared with the ledger."""
        receipts: list[str] = []
        for officer in self.caseloads:
            self.signed_in(officer)
            self.phone.open("/outbox", "[data-outbox]")
            self.problems += self.until_empty(officer)
            mine = [visit.id for visit in self.ledger.submitted if visit.officer is officer]
            receipts += self.phone.step("receipts", ids=mine)
        verdict = compare(self.ledger, self.office, receipts)
        verdict.lost += self.problems
        return verdict

    def until_empty(self, officer: Caseload) -> list[str]:
        """Sends until nothing of the officer is left; a sentence for what is still there when the time is over."""
        until = time.monotonic() + QUIET_SECONDS + QUIET_SECONDS_A_VISIT * len(self.ledger.visits)
        while time.monotonic() < until:
            summary: dict[str, Any] = self.phone.step("drain", officer=officer.id)
            look = self.phone.step("look")
            if settled(look, officer.id):
                return []
            aside = [row for name in ("outbox", "photos") for row in look[name] if row["state"] == "needs_attention"]
            mine = [row for row in aside if row["officer"] == officer.id]
            if mine and not summary["retry_at"] and summary["state"] == "done":
                return [f"{row['id']} was set aside by the phone: {row['reason']}" for row in mine]
        return [f"the phone of {officer.email} is not empty after all that time"]
