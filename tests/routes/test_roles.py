"""Every address called by every role: whom tests/rules/urls.txt does not name is kept out, whom it names is let in."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import people
from tests.phone import TUS

URLS = Path(__file__).parents[1] / "rules" / "urls.txt"
VALUES = {
    "place": "home",
    "name": "home-1",
    "checklist": "home-1",
    "file": "words.js",
    "filename": "icons.svg",
    "mark": "0",
    "version": "0",
}
MAKE = {"officer": people.officer, "supervisor": people.supervisor, "administrator": people.administrator}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Method, address with ids that nobody has, and roles of every line."""
    for line in URLS.read_text(encoding="utf-8").splitlines():
        url, methods, roles = line.split("  ")
        for method in methods.split(","):
            yield method, re.sub(r"<(?:(\w+):)?(\w+)>", filled, url), set(roles.split(","))


def filled(part: re.Match[str]) -> str:
    return str(uuid.uuid4()) if part[1] == "uuid" else VALUES[part[2]]


def kept_out(answer: TestResponse, who: str) -> bool:
    """Whether this is how somebody is turned away: to the sign-in page, or with 403 for another role."""
    if who != "nobody":
        return answer.status_code == 403
    return answer.status_code == 401 or answer.headers.get("Location", "").startswith("/sign-in")


def right(answer: TestResponse, who: str, roles: set[str]) -> bool:
    if who in roles or "anyone" in roles:
        return answer.status_code not in (401, 403) and answer.status_code < 500
    return kept_out(answer, who)


@pytest.fixture
def caller(app: Flask, database: Session, who: str) -> FlaskClient:
    client = app.test_client()
    if who == "nobody":
        return client
    user = MAKE[who](database)
    database.commit()
    return people.sign_in(client, user)


@pytest.mark.parametrize("who", ["nobody", *MAKE])
def test_each_address_lets_in_the_roles_written_down_and_nobody_else(caller: FlaskClient, who: str) -> None:
    # signing out comes last: it ends what the other calls need
    every = sorted(calls(), key=lambda call: call[1] == "/sign-out")

    wrong = []
    for method, url, roles in every:
        # buffered, so that files are closed; with tus's header, as uploads ask for it before anything else
        with caller.open(url, method=method, headers=TUS, buffered=True) as answer:
            if not right(answer, who, roles):
                wrong.append(f"{method} {url} {answer.status}")

    assert wrong == []
    assert len(every) > 50
