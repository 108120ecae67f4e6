"""Photos that a signed visit names: whatever is odd about one is told, and the visit stands."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.evidence import Photo
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException
from tests import people
from tests.desk import Desk
from tests.phone import photo


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.fixture
def person(session: Session, desk: Desk) -> Supervisee:
    return people.supervisee(session, desk.officer, work=True)


def visited(desk: Desk, person: Supervisee, **changes: Any) -> Visit:
    sent = desk.phone.visit(person, **changes)
    (result,) = desk.take(sent)
    assert result.state == "stored", result.reason
    return desk.session.get_one(Visit, uuid.UUID(sent.id))


def test_same_photo_in_two_visits_is_told_of_both(desk: Desk, person: Supervisee, session: Session) -> None:
    one, other = photo(b"same"), photo(b"same")

    visited(desk, person, photos=[one, photo(b"same")])
    assert desk.told() == {}
    visited(desk, person, photos=[other])

    told = session.scalars(select(FieldException.subject).where(FieldException.code == "same-photo")).all()
    assert len(told) == 3
    assert {one["id"], other["id"]} < set(told)


def test_photo_that_is_too_large_is_told_and_awaited_and_the_visit_stands(
    desk: Desk, person: Supervisee, session: Session
) -> None:
    large, usual = photo(b"large", bytes=61 * 1024 * 1024), photo(b"usual")

    visit = visited(desk, person, photos=[large, usual])

    assert visit.outcome == "no_one_home"
    states = select(Photo.id, Photo.state).order_by(Photo.position)
    assert [tuple(row) for row in session.execute(states)] == [
        (uuid.UUID(large["id"]), "awaited"),
        (uuid.UUID(usual["id"]), "awaited"),
    ]
    told = session.scalars(select(FieldException)).one()
    assert (told.code, told.subject) == ("photo-too-large", large["id"])
    assert "61 MiB" in told.words


def test_more_than_a_hundred_photos_are_told_and_the_visit_stands(
    desk: Desk, person: Supervisee, session: Session
) -> None:
    visited(desk, person, photos=[photo(str(number).encode()) for number in range(101)])

    assert len(session.scalars(select(Photo.id)).all()) == 101
    assert "101 photos" in desk.told()["many-photos"]
