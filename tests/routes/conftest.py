"""Who most tests of routes are about: an officer with a person on the caseload and an enrolled phone."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.phone import Phone


@pytest.fixture
def officer(database: Session) -> User:
    made = people.officer(database)
    database.commit()
    return made


@pytest.fixture
def person(database: Session, officer: User) -> Supervisee:
    made = people.supervisee(database, officer, ["no_alcohol", "no_drugs"])
    database.commit()
    return made


@pytest.fixture
def phone(client: FlaskClient, officer: User) -> Phone:
    people.sign_in(client, officer)
    phone = Phone(client, officer.id)
    assert phone.enrol().status_code == 200
    return phone


@pytest.fixture
def supervisor(database: Session) -> User:
    made = people.supervisor(database, name="S. Kowalski")
    database.commit()
    return made


@pytest.fixture
def colleague(database: Session) -> User:
    made = people.officer(database, name="J. Park")
    database.commit()
    return made


@pytest.fixture
def plan(database: Session, officer: User, person: Supervisee) -> DayPlan:
    person.first_name, person.last_name = "Marcus", "Bell"
    officer.name = "L. Grant"
    made = people.plan(database, officer, person, people.supervisee(database, officer, first_name="Nadia"))
    for stop in made.stops:
        stop.windows = [[0, 24 * 3600]]
    database.commit()
    return made
