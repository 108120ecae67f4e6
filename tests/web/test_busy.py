"""A database that is busy makes a program wait and try again, not give up."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from fieldapp.app import create_app
from fieldapp.models import engine
from fieldapp.models.engine import make_engine
from fieldapp.settings import Settings
from fieldapp.web.database import db
from fieldapp.web.database import is_passing
from tests import people


def test_locked_database_answers_503_with_the_time_to_wait(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", ("journal_mode=WAL", "busy_timeout=1"))
    app = create_app(Settings(tmp_path, sqlite_url, "secret of a test", secure_cookies=False))
    holder = make_engine(sqlite_url)
    with Session(holder) as session:
        people.agency(session)
        officer = people.officer(session)
        session.commit()
        client = people.sign_in(app.test_client(), officer)
    with holder.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        answer = client.post("/sync", json={})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing is lost" in answer.get_json()["error"]
    holder.dispose()
    with app.app_context():
        db.engine.dispose()


class PostgresError(Exception):
    def __init__(self, sqlstate: str):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (OperationalError("", {}, PostgresError("40P01")), True),
        (OperationalError("", {}, PostgresError("40001")), True),
        (OperationalError("", {}, PostgresError("57P01")), True),
        (OperationalError("", {}, PostgresError("42P01")), False),
        (OperationalError("", {}, sqlite3.OperationalError("no such table")), False),
        (PoolTimeout(), True),
        (ValueError(), False),
    ],
    ids=["deadlock", "serialization", "shutdown", "no table", "no sqlite table", "pool", "ours"],
)
def test_only_what_passes_is_tried_again(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing
