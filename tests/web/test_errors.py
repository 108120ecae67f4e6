"""Refusals reach people as a page with a way on, programs as JSON, and nobody ever sees a traceback."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import FieldappError
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.errors import TryLater
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from tests import people

CASES: list[tuple[FieldappError, int]] = [
    (NotFound("This person was not found."), 404),
    (Forbidden("Not your role."), 403),
    (Conflict("The plan has changed."), 409),
    (Invalid({"end": "Set a later end."}), 422),
    (TryLater("Try again.", 7), 503),
]


@pytest.fixture
def raising(app: Flask, database: Session) -> tuple[Flask, dict[str, Any]]:
    people.agency(database)
    database.commit()
    box: dict[str, Any] = {}

    @allow(ANYONE)
    def view() -> None:
        raise box["error"]

    app.config["TESTING"] = False
    app.add_url_rule("/raise", "raise_page", view)
    app.add_url_rule("/sync/raise", "raise_wire", view)
    return app, box


@pytest.mark.parametrize(("error", "status"), CASES, ids=lambda value: type(value).__name__)
def test_a_refusal_of_the_domain_becomes_a_page_and_json(
    raising: tuple[Flask, dict[str, Any]], error: FieldappError, status: int
) -> None:
    app, box = raising
    box["error"] = error
    page, wire = app.test_client().get("/raise"), app.test_client().get("/sync/raise")
    assert (page.status_code, wire.status_code) == (status, status)
    assert str(error) in page.text
    assert 'href="/"' in page.text
    assert wire.json is not None
    assert wire.json["error"] == str(error)


def test_invalid_input_names_its_fields_to_a_program(raising: tuple[Flask, dict[str, Any]]) -> None:
    app, box = raising
    box["error"] = Invalid({"end": "Set a later end."})
    answer = app.test_client().get("/sync/raise")
    assert answer.json is not None
    assert answer.json["errors"] == {"end": "Set a later end."}


def test_try_later_says_when(raising: tuple[Flask, dict[str, Any]]) -> None:
    app, box = raising
    box["error"] = TryLater("Try again.", 7)
    assert app.test_client().get("/raise").headers["Retry-After"] == "7"


def test_a_mistake_of_ours_shows_no_traceback(raising: tuple[Flask, dict[str, Any]]) -> None:
    app, box = raising
    box["error"] = RuntimeError("secret detail")
    answer = app.test_client().get("/raise")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "kept" in answer.text


def test_the_error_page_comes_even_without_an_agency(client: FlaskClient) -> None:
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_a_wrong_method_says_which_are_allowed(client: FlaskClient) -> None:
    answer = client.post("/health", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
