"""Who may hold the database's write lock, what must outlive a power cut, and what never reaches a log."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fieldapp.models.engine import make_engine
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.database import session
from tests import people


def test_a_commit_on_sqlite_outlives_a_power_cut(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2, "FULL: receipts go out on commits"
    engine.dispose()


def test_strangers_do_not_wait_for_the_write_lock(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    database.commit()
    database.connection(execution_options={"sqlite_begin": "IMMEDIATE"})  # somebody writes
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/nowhere").status_code == 404
    assert client.post("/sync", json={}).status_code == 401
    assert client.post("/sign-in", data={}, headers=elsewhere).status_code == 403
    database.rollback()


def test_looking_for_people_takes_no_write_lock(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    officer = people.officer(database)
    database.commit()
    people.sign_in(client, officer)
    database.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    assert client.post("/people", data={"words": "x"}).status_code == 200
    database.rollback()


def test_a_character_that_is_no_text_is_refused_with_a_sentence(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    database.commit()
    assert client.post("/sign-in", data={"email": "jane\0", "password": "x"}).status_code == 422
    assert client.get("/sign-in?next=%00").status_code == 422


def test_what_people_wrote_is_not_in_the_log_when_the_database_fails(
    app: Flask, database: Session, caplog: pytest.LogCaptureFixture
) -> None:
    people.agency(database)
    database.commit()

    @allow(ANYONE)
    def view() -> None:
        session().execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "Jane Doe, 12 Sample Street"})

    app.add_url_rule("/broken", "broken", view)
    app.config["TESTING"] = app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.ERROR):
        assert app.test_client().get("/broken").status_code == 500
    assert "Jane" not in caplog.text
    assert "unexpected" in caplog.text


def test_an_errors_text_hides_what_was_to_be_stored(database: Session) -> None:
    with pytest.raises(DBAPIError) as failed:
        database.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "Jane Doe"})
    assert "Jane" not in str(failed.value)
