"""Attempts in a row: counted over all visits to a person, whatever order they arrive in."""

import datetime as dt
import itertools
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.visits.attempts import Tried
from fieldapp.domain.visits.attempts import reached
from fieldapp.models.wire import FieldException
from tests import people
from tests.desk import Desk
from tests.phone import Signed
from tests.phone import iso

CLASSES = {"a": "attempted", "c": "completed", "n": "not_attempted", "u": "attempted"}


@pytest.mark.parametrize(
    ("history", "least", "places"),
    [
        ("aaa", 3, [2]),
        ("aa", 3, []),
        ("aacaa", 3, []),
        ("aanaa", 3, [3]),
        ("aaua", 3, [3]),
        ("uuu", 3, []),
        ("aaaaaaa", 3, [2, 5]),
        ("aaa", 0, []),
        ("aa", 1, [0, 1]),
        ("", 3, []),
    ],
)
def test_runs_are_counted(history: str, least: int, places: list[int]) -> None:
    visits = [
        Tried(
            uuid.UUID(int=n),
            uuid.UUID(int=0),
            people.NOW + dt.timedelta(days=n),
            "unsafe_aborted" if mark == "u" else "moved",
            CLASSES[mark],
        )
        for n, mark in enumerate(history)
    ]

    assert [visit.id.int for visit in reached(reversed(visits), least)] == places


def told(session: Session) -> list[str]:
    return list(session.scalars(select(FieldException.subject).where(FieldException.code == "attempts-in-row")))


def test_visit_that_arrives_late_ends_a_run_that_was_told(session: Session) -> None:
    desk = Desk(session)
    person = people.supervisee(session, desk.officer)

    def at(hours: int, outcome: str = "no_one_home") -> Signed:
        moment = iso(people.NOW - dt.timedelta(hours=hours))
        return desk.phone.visit(person, arrived_at=moment, left_at=moment, outcome=outcome)

    first, second, third = at(9), at(6), at(3)
    desk.take(first, second, third)
    assert told(session) == [third.id]

    desk.take(at(5, "contact_at_door"))
    assert told(session) == []


def test_what_a_supervisor_has_closed_stays(session: Session) -> None:
    desk = Desk(session)
    person = people.supervisee(session, desk.officer)
    desk.take(*(desk.phone.visit(person) for _ in range(3)))
    closed = session.scalars(select(FieldException)).one()
    closed.closed_at = people.NOW
    session.flush()

    before = iso(people.NOW - dt.timedelta(hours=9))
    for outcome in ("contact_at_door", "moved"):
        desk.take(desk.phone.visit(person, arrived_at=before, left_at=before, outcome=outcome))

    codes = sorted(session.scalars(select(FieldException.code)))
    assert codes.count("attempts-in-row") >= 1
    assert session.get_one(FieldException, closed.id).closed_at == people.NOW


def test_people_are_counted_apart(session: Session) -> None:
    desk = Desk(session)
    several = [people.supervisee(session, desk.officer) for _ in range(2)]

    desk.take(*(desk.phone.visit(person) for person in itertools.islice(itertools.cycle(several), 4)))

    assert told(session) == []
