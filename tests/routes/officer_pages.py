"""What tests of the officer's pages share: people with something due, and who may not see them."""

import datetime as dt
import re
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.web.database import db
from tests import people
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard
from tests.domain.plans.days import names

HX = {"HX-Request": "true"}


def due_person(database: Session, officer: User, days_late: int = 4, **fields: Any) -> Supervisee:
    """Somebody whose home contact is so many days overdue (negative: still ahead), by a standard of 30 days."""
    person = people.supervisee(database, officer, **fields)
    contact(database, person, people.TODAY - dt.timedelta(days=30 + days_late))
    return person


def with_standard(database: Session) -> None:
    """The home contact of 30 days."""
    standard(database)


def whole_page(answer: TestResponse, status: int = 200) -> str:
    """The page's text, once it is proved valid HTML with a title, no repeated ids and nothing inline."""
    html = answer.get_data(as_text=True)
    assert answer.status_code == status, html
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), ids
    assert not re.search(r"\s(style|on\w+)=", html)
    assert answer.headers["Cache-Control"] == "no-store"
    return html


def words(html: str) -> str:
    """The page's words as a reader sees them: nothing of a template, which is for scripts, or of what is hidden."""
    shown = re.sub(r"<(template|div) data-(?:spare|leg-like|other-day)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def strangers(database: Session) -> list[User]:
    """Who must not see a thing of team Harbor's officer: another officer of the team, and another team's people."""
    other = people.team(database, "Other")
    made = [people.officer(database), people.officer(database, other), people.supervisor(database, other)]
    database.commit()
    return made


def signed_in(client: FlaskClient, user: User) -> FlaskClient:
    """A client of its own in which the user is signed in."""
    return people.sign_in(client.application.test_client(), user)


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many questions a page asks the database."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return sum(1 for statement in statements if statement.startswith("SELECT"))


def plans(database: Session) -> dict[str, list[str]]:
    """Whom each officer is to see, by first names in order, as the office has it now."""
    database.rollback()
    database.expire_all()
    return {plan.officer.name: names(plan) for plan in database.scalars(select(DayPlan))}
