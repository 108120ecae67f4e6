"""Addresses for tests about positions, and a worker's step without a geocoder."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.positions.answers import keep_answer
from fieldapp.domain.positions.answers import known_answer
from fieldapp.domain.positions.work import Question
from fieldapp.domain.positions.work import claim
from fieldapp.domain.positions.work import settle
from fieldapp.models.address import Address
from tests import people
from tests.people import NOW

SERVICE = "town"
WORKER = uuid.UUID(int=1)
LEASE = dt.timedelta(seconds=10)


def without_position(session: Session, line: str = "", **fields: object) -> Address:
    """A person's home without a position."""
    address = people.home(people.supervisee(session))
    given = {"lat": None, "lon": None, "position_quality": "none"} | ({"line": line} if line else {}) | fields
    for name, value in given.items():
        setattr(address, name, value)
    session.flush()
    return address


def approximate(session: Session, **fields: object) -> Address:
    """A home of which a geocoder knew the street alone."""
    return without_position(session, lat=39.3, lon=-76.6, position_quality="approximate", **fields)


def house(line: str = "1 Sample Street", quality: str = "exact", lat: float = 39.3) -> GeocodedPosition:
    """What a geocoder finds."""
    return GeocodedPosition(lat, -76.6, quality, line, SERVICE)  # type: ignore[arg-type]  # one of the three


def claimed(session: Session, now: dt.datetime = NOW) -> Question:
    """The next question, which there must be."""
    question = claim(session, WORKER, SERVICE, now=now, lease=LEASE)
    assert isinstance(question, Question)
    return question


def answered(session: Session, found: GeocodedPosition | None, now: dt.datetime = NOW) -> Question:
    """One whole step of a worker to whom the geocoder answers this, unless the answer is known."""
    question = claimed(session, now)
    known = known_answer(session, SERVICE, question.line, now=now)
    settle(session, question, known or keep_answer(session, SERVICE, question.line, found, now=now), now=now)
    session.flush()
    return question
