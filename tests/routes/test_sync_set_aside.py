"""What is signed and readable but cannot be applied: kept, with a reason, and told to the supervisor."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.evidence import Photo
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException
from fieldapp.models.wire import Submission
from fieldapp.web.parts import Parts
from tests import people
from tests.phone import Phone
from tests.phone import iso
from tests.phone import photo
from tests.phone import read_receipt


def count(database: Session, model: Any) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(model)) or 0


def opened(database: Session) -> dict[str, FieldException]:
    database.rollback()
    return {found.code: found for found in database.scalars(select(FieldException))}


def test_visit_to_a_stranger_is_set_aside_with_an_exception(
    phone: Phone, database: Session, officer: User, parts: Parts
) -> None:
    stranger = people.supervisee(database, people.officer(database))
    database.commit()
    sent = phone.visit(stranger)

    (result,) = phone.sync(sent)

    assert result["state"] == "set_aside"
    assert "caseload" in result["reason"]
    assert read_receipt(parts, result["receipt"])["sha256"] == sent.sha256
    assert count(database, Visit) == 0
    assert database.get_one(Submission, uuid.UUID(sent.id)).state == "set_aside"
    found = opened(database)["set-aside"]
    assert (found.subject, found.officer_id, found.supervisee_id) == (sent.id, officer.id, None)


def test_visit_counts_while_the_case_was_the_officers_even_if_it_is_not_any_more(
    phone: Phone, database: Session, officer: User
) -> None:
    person = people.supervisee(database)
    people.assign(database, person, officer, to_on=dt.date(2026, 11, 18))
    database.commit()
    then = people.NOW - dt.timedelta(days=1)

    results = phone.sync(phone.visit(person), phone.visit(person, arrived_at=iso(then), left_at=iso(then)))

    assert [result["state"] for result in results] == ["set_aside", "stored"]


def test_unknown_kind_and_body_that_is_no_object_are_set_aside(phone: Phone, database: Session) -> None:
    results = phone.sync(
        phone.submission("telegram", {}), phone.submission("visit", [1, 2]), phone.submission("note", None)
    )

    assert [result["state"] for result in results] == ["set_aside"] * 3
    assert "telegram" in results[0]["reason"]
    assert count(database, Submission) == 3


def test_photo_id_that_another_visit_has_used_is_set_aside(phone: Phone, person: Supervisee, database: Session) -> None:
    shown = photo(b"first")

    results = phone.sync(phone.visit(person, photos=[shown])) + phone.sync(phone.visit(person, photos=[shown]))

    assert [result["state"] for result in results] == ["stored", "set_aside"]
    assert [count(database, table) for table in (Visit, Photo)] == [1, 1]


def test_one_bad_submission_does_not_keep_out_the_others(phone: Phone, person: Supervisee, database: Session) -> None:
    results = phone.sync("nonsense", phone.visit(person), phone.visit(person, outcome="vanished"), phone.note(person))

    assert [result["state"] for result in results] == ["refused", "stored", "set_aside", "stored"]
    assert count(database, Submission) == 3
