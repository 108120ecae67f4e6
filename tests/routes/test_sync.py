"""What /sync makes of the submissions that a phone sends: the five states."""

import datetime as dt
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.contact import Contact
from fieldapp.models.evidence import Photo
from fieldapp.models.field import CaseNote
from fieldapp.models.field import CheckIn
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import FieldException
from fieldapp.models.wire import PhoneReport
from fieldapp.models.wire import Submission
from tests import people
from tests.app_fixtures import Clock
from tests.phone import Phone
from tests.phone import iso
from tests.phone import photo
from tests.phone import visit_body


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


def count(database: Session, model: Any) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(model)) or 0


def codes(database: Session) -> list[str]:
    database.rollback()
    return sorted(database.scalars(select(FieldException.code)))


def test_new_visit_is_stored_with_contact_and_receipt(phone: Phone, person: Supervisee, database: Session) -> None:
    sent = phone.visit(person)

    (result,) = phone.sync(sent)

    assert (result["id"], result["state"]) == (sent.id, "stored")
    assert result["receipt"].count(".") == 2
    database.rollback()
    visit = database.get_one(Visit, uuid.UUID(sent.id))
    assert (visit.outcome, visit.outcome_class, visit.place) == ("no_one_home", "attempted", "home")
    contact = database.scalars(select(Contact)).one()
    assert (contact.method, contact.location, contact.party) == ("in_person", "residence", "direct")
    assert (contact.status, contact.on) == ("attempted", dt.date(2026, 11, 19))
    assert database.get_one(Submission, visit.id).jws == sent.jws
    assert codes(database) == []
