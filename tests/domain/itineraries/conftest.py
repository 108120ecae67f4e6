"""A supervisor, and a team of three to share out: one who is ill, one who is busy, one without a plan."""

import pytest
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests.domain.itineraries.teams_day import in_use
from tests.domain.itineraries.teams_day import person


@pytest.fixture
def ill(session: Session) -> User:
    people.agency(session)
    return people.officer(session, name="A. Ill")


@pytest.fixture
def busy(session: Session, ill: User) -> User:
    return people.officer(session, name="B. Busy")


@pytest.fixture
def free(session: Session, ill: User) -> User:
    return people.officer(session, name="C. Free")


@pytest.fixture
def supervisor(session: Session) -> User:
    people.agency(session)
    return people.supervisor(session, name="S. Kowalski")


@pytest.fixture
def plans(session: Session, ill: User, busy: User, free: User) -> tuple[DayPlan, DayPlan]:
    """The ill officer's (Ann, Bob) and the busy one's (Cat); the free one has none."""
    first = in_use(session, ill, person(session, ill, "Ann", 1), person(session, ill, "Bob", 2))
    return first, in_use(session, busy, person(session, busy, "Cat", 3))
