"""The hostile road: real browser, real server, a proxy that does all that networks do, and kills on both ends.

make torture N=500 [SEED=7]
"""

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType
from playwright.sync_api import sync_playwright

from tests.road.faults import EVERY_KIND
from tests.road.faults import Faults
from tests.road.journey import Journey
from tests.road.ledger import Ledger
from tests.road.office import Office
from tests.road.phone import Phone
from tests.road.proof import Verdict
from tests.road.proxy import FaultProxy
from tests.road.proxy import Road

OFFICERS = 2
SHARE = 0.2
SHOWN = 20


@dataclass
class Run:
    """What came out of it."""

    ledger: Ledger
    faults: Faults
    verdict: Verdict

    def report(self, say: Callable[[str], None]) -> bool:
        """Says everything; answers whether nothing was lost, doubled or altered, and every fault really happened."""
        visits, counts = self.ledger.submitted, self.faults.counts
        by_taps = sum(1 for visit in visits if visit.stop)
        say(f"visits {len(visits)} (by taps {by_taps}), photos {sum(len(visit.photos) for visit in visits)}")
        say(f"faults {counts.total()}, and {self.faults.on_pages} on pages and their files")
        for kind in EVERY_KIND:
            say(f"  {counts[kind]:5} {kind}")
        for sentence in self.verdict.everything[:SHOWN]:
            say(f"  {sentence}")
        missing = self.faults.missing()
        if missing:
            say(f"FAIL: these were never injected, so nothing is proved: {', '.join(missing)}")
        unsent = len(self.ledger.visits) - len(visits)
        if unsent:
            say(f"FAIL: {unsent} visits were never submitted")
        found = self.verdict
        say(f"lost {len(found.lost)}, doubled {len(found.doubled)}, altered {len(found.altered)}")
        return not (found.everything or missing or unsent)


def torture(
    browser: BrowserType, folder: Path, visits: int, seed: int, say: Callable[[str], None], share: float = SHARE
) -> Run:
    """One run in a folder that is empty; `share` of what is sent meets a fault."""
    ledger, faults = Ledger(), Faults(Random(f"road {seed}"), share)
    office = Office(folder)
    phone = None
    try:
        caseloads = office.set_up(OFFICERS)
        with FaultProxy(Road(office.port, faults, ledger.watch, office.kill_after)) as proxy:
            phone = Phone(browser, folder / "phone", proxy.url)
            journey = Journey(Random(f"phone {seed}"), faults, office, phone, ledger)
            verdict = journey.travel(caseloads, visits, say)
            phone.close()
    finally:
        if phone:
            phone.close()
        office.close()
    return Run(ledger, faults, verdict)


def main() -> int:
    """Run it; 1 when anything was lost, doubled or altered, or when a kind of fault did not come."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    options = parser.parse_args()
    say = partial(print, flush=True)
    say(f"the hostile road: {options.visits} visits, seed {options.seed}")
    begun = time.monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run = torture(playwright.chromium, Path(folder), options.visits, options.seed, say)
    good = run.report(say)
    say(f"{'ok' if good else 'FAIL'} after {time.monotonic() - begun:.0f} s, seed {options.seed}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
