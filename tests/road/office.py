"""The office: `fieldapp serve` in a process of its own on a real database, killed and started again at any moment."""

import datetime as dt
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.models.engine import make_engine
from fieldapp.models.user import SignIn
from tests import people
from tests.rules.sources import ROOT

START_SECONDS = 60
PROGRAM = [sys.executable, "-c", "import sys; from fieldapp.cli.main import main; sys.exit(main())"]
ZONE = "America/New_York"
SETUP = ["setup", "--agency", "Harbor County", "--zone", ZONE, "--email", "ada@example.org", "--name", "Ada"]
# long before any day on which this may run
SINCE = dt.date(2020, 1, 5)
PEOPLE, STOPS = 12, 4


@dataclass(frozen=True)
class Caseload:
    """An officer with the people to visit as (supervisee, address) and the stops of today's plan."""

    id: str
    email: str
    people: list[tuple[str, str]]
    stops: list[str]


class Office:
    """Its data live in `folder`. The port stays the same from one start to the next."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.url = f"sqlite:///{folder / 'fieldapp.sqlite'}"
        self.log = folder / "serve.log"
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
        self.env |= {
            "FIELDAPP_DATA_DIR": str(folder),
            "FIELDAPP_DATABASE_URL": self.url,
            "FIELDAPP_SECURE_COOKIES": "no",
            "PYTHONPATH": str(ROOT),
        }
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def set_up(self, officers: int) -> list[Caseload]:
        """Makes the database with its people, and serves."""
        command = [*PROGRAM, *SETUP]
        subprocess.run(command, env=self.env, input=b"correct horse battery\n", stdout=subprocess.DEVNULL, check=True)
        self.engine = make_engine(self.url)
        with self.session() as session:
            made = [caseload(session) for _ in range(officers)]
            session.commit()
        self.start()
        return made

    def session(self) -> Session:
        """A session on the database that the server uses."""
        return Session(self.engine, expire_on_commit=False)

    def end_sessions(self) -> None:
        """Everybody is signed out from here on, whatever their phones think."""
        with self.session() as session:
            session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=dt.datetime.now(dt.UTC)))
            session.commit()

    def start(self) -> None:
        with open(self.log, "ab") as out:
            command = [*PROGRAM, "serve", "--port", str(self.port)]
            self._process = subprocess.Popen(command, env=self.env, stdout=out, stderr=out)
        until = time.monotonic() + START_SECONDS
        while not listens(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"fieldapp serve did not start: {self.log.read_text()[-600:]}")
            time.sleep(0.02)

    def kill_after(self, seconds: float) -> None:
        """SIGKILL so many seconds from now, and at once a new start; the caller does not wait."""
        threading.Timer(seconds, self._kill_and_start).start()

    def wait_until_served(self) -> None:
        """Returns once no kill is under way and the server listens."""
        with self._turn:
            assert listens(self.port), self.log.read_text()[-600:]

    def close(self) -> None:
        with self._turn:
            if self._process:
                self._process.kill()
                self._process.wait()
        if hasattr(self, "engine"):
            self.engine.dispose()

    def _kill_and_start(self) -> None:
        with self._turn:
            assert self._process is not None
            self._process.kill()
            self._process.wait()
            self.start()


def caseload(session: Session) -> Caseload:
    """An officer with people to visit, and a plan for today to see some more."""
    officer = people.officer(session)
    free = [people.supervisee(session, officer, from_on=SINCE) for _ in range(PEOPLE)]
    planned = [people.supervisee(session, officer, from_on=SINCE) for _ in range(STOPS)]
    today = dt.datetime.now(ZoneInfo(ZONE)).date()
    plan = people.plan(session, officer, *planned, on=today)
    visited = [(str(person.id), str(people.home(person).id)) for person in free]
    return Caseload(str(officer.id), officer.email, visited, [str(stop.id) for stop in plan.stops])


def new_id() -> str:
    return str(uuid.uuid4())


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
