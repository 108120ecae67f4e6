"""The program as a person at a terminal runs it: settings in the environment, words on the screen, an exit code."""

import io
import os
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.cli.main import main
from tests import postgres
from tests.cli.offices import Office
from tests.cli.offices import open_office
from tests.database import Databases

PASSWORD = "correct horse battery"
SETUP = (
    "setup",
    "--agency",
    "Harbor County",
    "--zone",
    "America/New_York",
    "--email",
    "ada@example.org",
    "--name",
    "Ada",
)


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Restore = Callable[..., Ran]


@pytest.fixture
def run(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a database of the test's own; `typed` is what comes on standard input, which is no terminal."""
    monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FIELDAPP_DATABASE_URL", empty_url)

    def ran(*words: str, typed: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(words)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def ready(run: Run) -> Run:
    """The same after `fieldapp setup`."""
    assert run(*SETUP, typed=PASSWORD).code == 0
    return run


@pytest.fixture
def client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs that belong to the server of these tests come first."""
    binaries = postgres.system_binaries()
    if binaries:
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def office(ready: Run) -> Iterator[Office]:
    """An office with an officer's phone."""
    opened = open_office()
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path, client_programs: None) -> Path:
    """Where backups go."""
    return tmp_path / "backups"


@pytest.fixture
def elsewhere(databases: Databases) -> Iterator[str]:
    """The address of another empty database."""
    url = databases.fresh(empty=True)
    yield url
    databases.drop(url)


@pytest.fixture
def restore(run: Run, folder: Path, tmp_path: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> Restore:
    """Restores into another data folder and database, where the settings point from then on."""

    def restored(*words: str) -> Ran:
        monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path / "restored"))
        monkeypatch.setenv("FIELDAPP_DATABASE_URL", elsewhere)
        return run("restore", str(folder), *words)

    return restored
