"""The program as a person at a terminal runs it: settings in the environment, words on the screen, an exit code."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.cli.main import main

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
