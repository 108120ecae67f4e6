"""`fieldapp geocode`: looks up the positions of addresses that have none, and says how far it is."""

import argparse
import sys
import time

from fieldapp.cli.database import check_ready
from fieldapp.cli.database import connected
from fieldapp.cli.lookup_work import LookupWorker
from fieldapp.cli.lookup_work import make_worker
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import TryLater
from fieldapp.domain.positions.runs import Progress
from fieldapp.domain.positions.runs import begin_run
from fieldapp.domain.positions.runs import latest_progress
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session

OFF = "Geocoding is off: give home_lat and home_lon in the file, or set FIELDAPP_GEOCODER."
REFUSED = "The geocoder refuses our key. Check FIELDAPP_GEOCODER_OPTIONS, then run this again."
SILENT = "The geocoder does not answer. What it answered is kept; run this again in a while to go on."
NOTHING = "No address waits for its position to be looked up."
TRIES = 3
LOOK_EVERY_S = 1.0
SAY_EVERY_S = 5.0


def add_geocode(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "geocode",
        help="look up positions of addresses that have none",
        description="Asks the geocoder named in FIELDAPP_GEOCODER for addresses without a position. Each answer is "
        "kept at once: it may be interrupted and run again. Approximate ones wait on the page Positions.",
    )
    parser.add_argument("--limit", type=_whole, metavar="N", help="look up at most N addresses now")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Begin a run or go on with the one that is open, and work until it is through or the limit is reached."""
    settings = from_environment()
    worker = make_worker(settings)
    if worker is None:
        raise Conflict(OFF)
    with connected(settings):
        check_ready()
        begin_writing()
        begun = begin_run(session(), None, settings.geocoding, now=now(), limit=args.limit)
        commit()
        if begun is None:
            print(NOTHING)
            return 0
        say = Sayer()
        try:
            _work(worker, say, args.limit)
        finally:
            rollback()
            worker.release()
        _end(say)
    return 0


def _work(worker: LookupWorker, say: "Sayer", limit: int | None) -> None:
    """Ask until nothing is left. While the running app asks, only its progress is told."""
    answered = 0
    while limit is None or answered < limit:
        step = worker.step()
        if step in ("nothing", "refused"):
            return
        progress = _progress()
        if progress.run.failures >= TRIES:
            raise TryLater(SILENT, 60)
        say.progress(progress)
        if step == "answered":
            answered += 1
        else:
            time.sleep(LOOK_EVERY_S)


def _end(say: "Sayer") -> None:
    progress = _progress()
    say.progress(progress, last=True)
    if progress.run.trouble == "refused":
        raise Conflict(REFUSED)
    if progress.approximate or progress.unknown:
        print("What is approximate or was not found waits on the page Positions for its pin.")


def _progress() -> Progress:
    found = latest_progress(session())
    assert found is not None, "a run was begun"
    session().expunge(found.run)
    rollback()
    return found


class Sayer:
    """Writes progress over itself on a terminal, elsewhere a line every few seconds."""

    def __init__(self) -> None:
        self._over = sys.stdout.isatty()
        self._said_at = 0.0

    def progress(self, progress: Progress, *, last: bool = False) -> None:
        """Say it, unless it was said just before."""
        if not last and time.monotonic() - self._said_at < (0.2 if self._over else SAY_EVERY_S):
            return
        self._said_at = time.monotonic()
        print(words(progress), end="\n" if last or not self._over else "\r", flush=True)


def words(progress: Progress) -> str:
    """Return the counts as a sentence."""
    found = f"{progress.exact} found, {progress.approximate} approximate, {progress.unknown} not found"
    return f"{progress.done} of {progress.total} addresses looked up: {found}."


def _whole(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("give a whole number of addresses, 1 or more")
    return int(text)
