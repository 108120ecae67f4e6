"""`fieldapp demo` makes its agency once a day, keeps it between runs, and never touches anybody's real database."""

import datetime as dt
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from fieldapp.cli.demo import DATABASE
from fieldapp.cli.demo import FEWEST
from fieldapp.cli.demo import MARK
from fieldapp.cli.demo import demo_settings
from fieldapp.cli.demo import prepare
from fieldapp.cli.main import main
from fieldapp.domain.errors import Conflict
from fieldapp.settings import BadSetting
from fieldapp.settings import Settings

MONDAY = dt.datetime(2026, 11, 23, 19, 10, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return demo_settings({"FIELDAPP_DATA_DIR": str(tmp_path)})


def content(settings: Settings) -> list[tuple[object, ...]]:
    """Some rows by which two demos differ: ids, and the newest audit entry."""
    with sqlite3.connect(settings.data_dir / DATABASE) as database:
        rows = database.execute("SELECT id, case_number FROM supervisee ORDER BY id").fetchall()
        return [*rows, *database.execute("SELECT max(sequence), sha256 FROM audit_entry").fetchall()]


def test_second_run_of_the_day_changes_nothing(settings: Settings) -> None:
    made = prepare(settings, FEWEST, MONDAY)
    assert made
    assert made.people == FEWEST
    before = content(settings)

    assert prepare(settings, FEWEST, MONDAY + dt.timedelta(hours=3)) is None
    assert content(settings) == before


def test_another_day_makes_the_demo_anew(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(settings, FEWEST, MONDAY)
    before, photos = content(settings), sorted((settings.data_dir / "blobs").rglob("*"))

    assert prepare(settings, FEWEST, MONDAY + dt.timedelta(days=1))
    assert content(settings) != before
    assert sorted((settings.data_dir / "blobs").rglob("*")) != photos
    assert "for 2026-11-24" in capsys.readouterr().out


def test_half_made_demo_is_made_anew(settings: Settings) -> None:
    (settings.data_dir / MARK).write_text("{}")
    (settings.data_dir / DATABASE).write_text("the beginning of something")

    assert prepare(settings, FEWEST, MONDAY)
    assert json.loads((settings.data_dir / MARK).read_text())["made_on"] == "2026-11-23"


def test_database_that_is_no_demo_is_left_alone(settings: Settings) -> None:
    (settings.data_dir / DATABASE).write_text("somebody's work")

    with pytest.raises(Conflict, match="did not make"):
        prepare(settings, FEWEST, MONDAY)
    assert (settings.data_dir / DATABASE).read_text() == "somebody's work"


@pytest.mark.parametrize("name", ["FIELDAPP_DATABASE_URL", "FIELDAPP_BLOB_URL"])
def test_demo_refuses_a_database_or_a_store_of_somebody_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSetting, match=f"Unset {name}"):
        demo_settings({"FIELDAPP_DATA_DIR": str(tmp_path), name: "sqlite:///elsewhere"})


@pytest.mark.parametrize(
    ("host", "secure"), [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True)]
)
def test_cookies_go_over_plain_http_on_this_machine_alone(tmp_path: Path, host: str, secure: bool) -> None:
    settings = demo_settings({"FIELDAPP_DATA_DIR": str(tmp_path), "FIELDAPP_HOST": host})

    assert settings.secure_cookies is secure


def test_busy_port_gets_a_sentence_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("FIELDAPP_PORT", str(port))

        assert main(["demo"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Port {port} is in use")
    assert "FIELDAPP_PORT=" in said
    assert not (tmp_path / DATABASE).exists()


def test_wrong_number_of_people_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--people", "3"]) == 1
    assert capsys.readouterr().err.startswith("--people must lie between")


def test_demo_is_served_and_says_who_can_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FIELDAPP_PORT", str(port))
    program = "import sys; from fieldapp.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "demo", "--people", str(FEWEST)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            said = until_served(running)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20) as answer:
                assert answer.status == 200
                assert "Harbor County" in answer.read().decode()
            running.send_signal(signal.SIGINT)
            running.wait(timeout=20)
        finally:
            running.kill()
    assert f"http://localhost:{port}" in said
    assert "officer1@demo.example" in said


def until_served(running: subprocess.Popen[str]) -> str:
    """What the program says before it serves."""
    assert running.stdout
    said = ""
    for line in running.stdout:
        if line.startswith("fieldapp is at"):
            return said
        said += line
    raise AssertionError(f"The demo ended: {said}")
