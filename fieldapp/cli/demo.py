"""`fieldapp demo`: a small agency of people who do not exist, made once a day and served on this machine."""

import argparse
import contextlib
import dataclasses
import datetime as dt
import errno
import hashlib
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.adapters.demo_drawings import DemoDrawings
from fieldapp.adapters.images import PillowPictures
from fieldapp.adapters.office_keys import read_office_key
from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.cli.database import connected
from fieldapp.cli.database import upgrade
from fieldapp.cli.parsers import Subparsers
from fieldapp.cli.serve import serve
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.clock import local_date
from fieldapp.domain.demo.agency import ACCOUNTS
from fieldapp.domain.demo.agency import PASSWORD
from fieldapp.domain.demo.agency import ZONE
from fieldapp.domain.demo.caseload import EVERYBODY
from fieldapp.domain.demo.make import Made
from fieldapp.domain.demo.make import make_demo
from fieldapp.domain.demo.outside import Outside
from fieldapp.domain.errors import Conflict
from fieldapp.settings import BadSetting
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session

FOLDER = "var/demo"
MARK = "demo.json"
DATABASE = "fieldapp.sqlite"
NOT_OURS = ("FIELDAPP_DATABASE_URL", "FIELDAPP_BLOB_URL", "FIELDAPP_BASEMAP")
PROGRAM = Path(__file__).parents[1]
# what decides how a demo looks in the database: when any of it changes, the demo is made anew
MADE_OF = ("migrations", "checklists", "domain/demo")
BASEMAP = PROGRAM / "domain" / "demo" / "data" / "basemap.pmtiles"
FEWEST = 12
LOOK_AT = (
    "officer1: today's plan, four of eight stops done; photos; a possible violation",
    "officer6: nothing planned yet, a due list to plan from",
    "supervisor1: who is out now, visits with flags first, what needs a decision",
    "admin: the caseload import",
)


def add_demo(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo",
        help="serve a small agency of synthetic people",
        description=f"Makes a small agency of synthetic people in {FOLDER} (or FIELDAPP_DATA_DIR), dated from today, "
        "and serves it on this machine. It is kept between runs, and made anew, with all that was entered erased, on "
        "another day or by another version of the program.",
    )
    parser.add_argument(
        "--people", type=int, default=EVERYBODY, help=f"{FEWEST} to {EVERYBODY} people under supervision"
    )
    parser.add_argument("--make-only", action="store_true", help="make it and stop")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the demo unless today's is there, then serve it until interrupted."""
    if not FEWEST <= args.people <= EVERYBODY:
        raise BadSetting(f"--people must lie between {FEWEST} and {EVERYBODY}.")
    settings = demo_settings(os.environ)
    # held while the demo is made: a second one must not begin to make it too
    with contextlib.nullcontext() if args.make_only else _port(settings):
        prepare(settings, args.people)
    if not args.make_only:
        _introduce(settings)
        serve(settings)
    return 0


def demo_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings of the demo: its own folder, and cookies that plain http may carry on this machine alone.

    Raises BadSetting for a database or a store that the demo could take for its own.
    """
    for name in NOT_OURS:
        if environ.get(name):
            raise BadSetting(f"The demo keeps its data in a folder of its own. Unset {name} and try again.")
    settings = from_environment({**environ, "FIELDAPP_DATA_DIR": environ.get("FIELDAPP_DATA_DIR") or FOLDER})
    return dataclasses.replace(settings, secure_cookies=settings.secure_cookies and not _loopback(settings.host))


def prepare(settings: Settings, people: int = EVERYBODY, at: dt.datetime | None = None) -> Made | None:
    """Make the demo as of `at` (now) unless today's is there; returns what was made. Raises Conflict.

    The mark is written before anything else and made whole in the end, so that a half-made demo is made anew and
    somebody's real database is never touched.
    """
    today = local_date(ZONE, at or dt.datetime.now(dt.UTC))
    wanted = {"made_on": today.isoformat(), "made_of": fingerprint(), "people": people}
    mark = settings.data_dir / MARK
    if _read(mark) == wanted and (settings.data_dir / DATABASE).exists():
        return None
    _make_room(settings.data_dir, mark)
    began = time.monotonic()
    print(f"Making the demo agency for {today} in {settings.data_dir} …", flush=True)
    made = _make(settings, people, at)
    mark.write_text(json.dumps(wanted))
    print(
        f"Made in {time.monotonic() - began:.0f} s: {made.people} people, {made.contacts} contacts, {made.visits} "
        f"visits, {made.photos} photos. It is kept until tomorrow, then made anew."
    )
    return made


def fingerprint() -> str:
    """Return a hash (hex) of the files that decide what the demo is."""
    found = hashlib.sha256()
    for folder in MADE_OF:
        for file in sorted((PROGRAM / folder).rglob("*")):
            if file.suffix in (".py", ".csv", ".json", ".pmtiles"):
                found.update(file.read_bytes())
    return found.hexdigest()


def _make(settings: Settings, people: int, at: dt.datetime | None) -> Made:
    solver = PyvrpRouteSolver(search_s=settings.solver_seconds)
    outside = Outside(
        library=shipped_library(),
        blobs=open_blob_store(settings.blobs),
        pictures=PillowPictures(),
        office_key=read_office_key(settings.office_key_file),
        travel=GeodesicTravelTimes(),
        solver=solver,
        drawings=DemoDrawings(),
    )
    try:
        with connected(settings):
            upgrade()
            begin_writing()
            made = make_demo(session(), outside, now=at or now(), people=people)
            commit()
            shutil.copyfile(BASEMAP, settings.basemap_file)
            return made
    finally:
        solver.close()


def _make_room(folder: Path, mark: Path) -> None:
    """Remove an earlier demo, and nothing that is not one. Raises Conflict."""
    if (folder / DATABASE).exists() and not mark.exists():
        raise Conflict(
            f"{folder} holds a database that the demo did not make. Name another folder in FIELDAPP_DATA_DIR, "
            f"or unset it: the demo then uses {FOLDER}."
        )
    mark.write_text("{}")
    for file in folder.glob(f"{DATABASE}*"):
        file.unlink()
    shutil.rmtree(folder / "blobs", ignore_errors=True)


def _read(mark: Path) -> object:
    try:
        return json.loads(mark.read_text())
    except (OSError, ValueError):
        return None


@contextlib.contextmanager
def _port(settings: Settings) -> Iterator[None]:
    """Hold the port that will be served. Raises Conflict with the remedy when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        held = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise Conflict(_refusal(settings, error)) from None
    with held:
        yield


def _refusal(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = settings.port + 1 if settings.port < 65535 else 8000
        return (
            f"Port {settings.port} is in use; the demo may be running already. Stop the program that has it, or choose "
            f"another port: FIELDAPP_PORT={other} make demo."
        )
    where = f"Port {settings.port} at {settings.host}"
    return f"{where} cannot be used: {error.strerror}. Set FIELDAPP_PORT and FIELDAPP_HOST."


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _introduce(settings: Settings) -> None:
    """Say who can sign in, where, and what is worth a look."""
    host = "localhost" if _loopback(settings.host) else settings.host
    print(f"\nOpen http://{host}:{settings.port} and sign in with the password: {PASSWORD}\n")
    for account in ACCOUNTS:
        print(f"  {account.email:26}{account.name} ({account.role})")
    print("\nWorth a look:")
    for line in LOOK_AT:
        print(f"  {line}")
    print(flush=True)
