"""Copies of PostgreSQL: what the client programs are told, and where the password goes."""

import shlex
from pathlib import Path

import pytest

from fieldapp.adapters import database_copy
from fieldapp.domain.errors import Conflict

TELLING = """#!/bin/sh
printf '%s\\n' "$@" > {told}
printf '%s' "$PGPASSWORD" > {password}

"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program in the place of pg_restore writes its arguments, a line each; the password lies beside it."""
    told = tmp_path / "told"
    program = tmp_path / "pg_restore"
    program.write_text(TELLING.format(told=shlex.quote(str(told)), password=shlex.quote(str(tmp_path / "password"))))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return told


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://keeper:p%40ss%2Fword@db.example:5433/field?sslmode=require",
        "postgresql+psycopg://keeper@db.example:5433/field?sslmode=require&password=p%40ss%2Fword",
    ],
)
def test_password_goes_by_the_environment_and_leaves_no_trace_in_the_address(told: Path, url: str) -> None:
    database_copy.run_client("pg_restore", url, "--exit-on-error", "copy.dump")

    assert told.read_text().splitlines() == [
        "--dbname=postgresql://keeper@db.example:5433/field?sslmode=require",
        "--no-password",
        "--exit-on-error",
        "copy.dump",
    ]
    assert told.with_name("password").read_text() == "p@ss/word"


def test_address_without_password_leaves_the_environment_alone(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "of the service")

    database_copy.run_client("pg_restore", "postgresql:///field?host=/run/postgresql")

    assert told.read_text().splitlines()[0] == "--dbname=postgresql:///field?host=%2Frun%2Fpostgresql"
    assert told.with_name("password").read_text() == "of the service"


def test_program_that_is_not_here_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Conflict, match="pg_restore is not here"):
        database_copy.run_client("pg_restore", "postgresql:///field")
