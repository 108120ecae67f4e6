"""What /sync makes of the submissions that a phone sends, and what is kept of each."""

import datetime as dt
import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.models.audit import AuditEntry
from fieldapp.models.contact import Contact
from fieldapp.models.field import CaseNote
from fieldapp.models.field import CheckIn
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Device
from fieldapp.models.wire import FieldException
from fieldapp.models.wire import PhoneReport
from fieldapp.models.wire import Submission
from fieldapp.web.parts import Parts
from tests import people
from tests.app_fixtures import Clock
from tests.phone import Phone
from tests.phone import iso
from tests.phone import read_receipt
from tests.phone import visit_body


def count(database: Session, model: Any) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(model)) or 0


def opened(database: Session) -> dict[str, FieldException]:
    database.rollback()
    return {found.code: found for found in database.scalars(select(FieldException))}


def test_new_visit_is_stored_with_contact_and_receipt(
    phone: Phone, person: Supervisee, database: Session, parts: Parts
) -> None:
    sent = phone.visit(person)

    (result,) = phone.sync(sent)

    assert (result["id"], result["state"]) == (sent.id, "stored")
    assert read_receipt(parts, result["receipt"]) == {
        "submission": sent.id, "sha256": sent.sha256, "received_at": "2026-11-19T19:00:00.000Z", "photos": [],
    }  # fmt: skip
    database.rollback()
    visit = database.get_one(Visit, uuid.UUID(sent.id))
    assert (visit.outcome, visit.outcome_class, visit.place) == ("no_one_home", "attempted", "home")
    contact = database.scalars(select(Contact)).one()
    assert (contact.method, contact.location, contact.party) == ("in_person", "residence", "direct")
    assert (contact.status, contact.on) == ("attempted", dt.date(2026, 11, 19))
    assert database.get_one(Submission, visit.id).jws == sent.jws
    assert opened(database) == {}


def test_second_send_of_same_submission_changes_nothing(
    phone: Phone, person: Supervisee, database: Session, clock: Clock, parts: Parts
) -> None:
    sent = phone.visit(person)
    (first,) = phone.sync(sent)
    audited = count(database, AuditEntry)
    clock.move(minutes=20)

    (again,) = phone.sync(sent)

    assert (again["id"], again["state"]) == (sent.id, "same")
    assert read_receipt(parts, again["receipt"]) == read_receipt(parts, first["receipt"])
    assert [count(database, table) for table in (Submission, Visit, Contact)] == [1, 1, 1]
    assert count(database, AuditEntry) == audited


def test_other_bytes_under_the_same_id_are_kept_beside_the_first(
    phone: Phone, person: Supervisee, database: Session, parts: Parts
) -> None:
    first = phone.visit(person)
    other = phone.visit(person, id=first.id, narrative="Something else.")
    phone.sync(first)

    results = phone.sync(other, other)

    assert [result["state"] for result in results] == ["conflict", "conflict"]
    assert read_receipt(parts, results[0]["receipt"])["sha256"] == other.sha256
    database.rollback()
    assert database.scalars(select(ConflictingSubmission.jws)).all() == [other.jws]
    assert database.scalars(select(Visit.narrative)).all() == [""]
    assert opened(database)["conflict"].subject == first.id


def test_note_and_check_in_are_applied(phone: Phone, person: Supervisee, database: Session) -> None:
    results = phone.sync(phone.note(person, "Called about the bus."), phone.check_in(person))

    assert [result["state"] for result in results] == ["stored", "stored"]
    database.rollback()
    assert database.scalars(select(CaseNote.text)).all() == ["Called about the bus."]
    assert database.scalars(select(CheckIn.distance_m)).all() == [0.0]


def test_arrival_is_of_the_moment_of_the_tap_however_late_it_was_signed(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    tapped, by_a_wrong_clock = people.NOW - dt.timedelta(hours=2), people.NOW + dt.timedelta(hours=2)
    moments = [{"arrived_at": iso(tapped)}, {"arrived_at": iso(by_a_wrong_clock)}, {}]
    phone.sync(*(phone.check_in(person, **moment) for moment in moments))

    database.rollback()
    assert sorted(database.scalars(select(CheckIn.at))) == [tapped, people.NOW, people.NOW]


def test_stop_of_a_plan_made_anew_does_not_keep_a_visit_out(
    phone: Phone, person: Supervisee, database: Session, officer: User
) -> None:
    plan = people.plan(database, officer, person)
    database.commit()
    known, gone = phone.visit(person, stop=str(plan.stops[0].id)), phone.visit(person, stop=str(uuid.uuid4()))

    results = phone.sync(known, gone)

    assert [result["state"] for result in results] == ["stored", "stored"]
    database.rollback()
    assert database.get_one(Visit, uuid.UUID(known.id)).stop_id == plan.stops[0].id
    assert database.get_one(Visit, uuid.UUID(gone.id)).stop_id is None


def test_each_new_submission_is_audited_and_the_chain_holds(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    sent = phone.visit(person)
    phone.sync(sent, phone.visit(person, outcome="vanished"))

    database.rollback()
    events = database.scalars(select(AuditEntry).where(AuditEntry.event.like("submission.%"))).all()
    assert sorted(entry.event for entry in events) == ["submission.set_aside", "submission.stored"]
    assert all(set(entry.details) == {"kind", "sha256"} for entry in events)
    assert first_broken(database) is None


def test_phone_reports_what_it_holds_and_how_its_clock_stands(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    phone.now = people.NOW + dt.timedelta(seconds=90)
    phone.waiting = {"count": 3, "oldest": iso(people.NOW), "bytes": 5_000_000_000, "free": 64_000_000_000.5}
    phone.sync(phone.note(person))
    phone.waiting = {"count": "many"}
    phone.post([], kid=phone.kid)

    report = database.scalars(select(PhoneReport)).one()
    assert (report.waiting, report.bytes, report.free) == (0, 0, None)
    assert (report.clock_skew_s, report.app) == (90.0, "0.1.0")


def test_a_phones_report_is_kept_without_submissions(phone: Phone, database: Session) -> None:
    phone.waiting = {"count": 3, "oldest": iso(people.NOW), "bytes": 5_000_000_000, "free": 64_000_000_000}

    assert phone.post([], kid=phone.kid).status_code == 200

    report = database.scalars(select(PhoneReport)).one()
    assert (report.waiting, report.bytes, report.free) == (3, 5_000_000_000, 64_000_000_000)
    assert report.oldest_at == people.NOW


def test_report_says_which_version_the_phone_runs_now_whatever_made_what_it_sends(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    phone.waiting |= {"app": "0.2.0"}
    phone.sync(phone.note(person))
    assert database.scalars(select(PhoneReport.app)).one() == "0.2.0"
    phone.waiting = {"count": 0, "oldest": None, "bytes": 0, "free": None}
    phone.post([], kid=phone.kid)
    database.rollback()
    assert database.scalars(select(PhoneReport.app)).one() == "0.2.0"


@pytest.mark.parametrize(
    ("count", "words"),
    [(3, "3 of its items had not been sent"), (0, "Nothing that was submitted"), (None, "Nobody knows what")],
)
def test_phone_that_lost_its_storage_is_told_to_the_supervisor_once(
    app: Flask, phone: Phone, database: Session, count: int | None, words: str
) -> None:
    phone.waiting |= {"lost": {"at": iso(people.NOW), "count": count}}
    for _ in range(2):
        assert phone.post([], kid=phone.kid).status_code == 200

    boss = people.supervisor(database)
    database.commit()
    text = people.sign_in(app.test_client(), boss).get("/board/exceptions").text
    assert text.count("Phone lost what it kept") == 1
    assert words in text


def test_only_officers_sync_and_signed_out_phones_are_asked_to_sign_in(
    app: Flask, phone: Phone, person: Supervisee, database: Session
) -> None:
    sent, body = phone.visit(person), {"device_now": iso(people.NOW), "submissions": []}
    supervisor = people.supervisor(database)
    database.commit()

    signed_out = app.test_client().post("/sync", json={**body, "submissions": [sent.jws]})
    other_role = people.sign_in(app.test_client(), supervisor).post("/sync", json=body)

    assert (signed_out.status_code, signed_out.is_json) == (401, True)
    assert other_role.status_code == 403
    assert count(database, Submission) == 0


def test_signed_off_phone_gets_receipts_of_what_was_sent_and_nothing_new(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    before, after = phone.visit(person), phone.visit(person)
    phone.sync(before)
    database.rollback()
    database.scalars(select(Device)).one().signed_off_at = people.NOW
    database.commit()

    results = phone.sync(before, after)

    assert [result["state"] for result in results] == ["same", "refused"]
    assert "signed off" in results[1]["reason"]
    assert count(database, Submission) == 1
    assert phone.enrol().status_code == 409


def test_visit_of_another_officer_is_refused(
    app: Flask, phone: Phone, person: Supervisee, database: Session, client: FlaskClient
) -> None:
    other = people.officer(database)
    database.commit()
    by_first = phone.visit(person)
    claims_other = phone.submission("visit", visit_body(person), officer=str(other.id))

    (claimed,) = phone.sync(claims_other)
    people.sign_in(client, other)
    (replayed,) = phone.sync(by_first)

    assert [claimed["state"], replayed["state"]] == ["refused", "refused"]
    assert "another officer" in claimed["reason"]
    assert "another officer" in replayed["reason"]
    assert count(database, Submission) == 0


def test_what_is_sent_while_somebody_else_is_signed_in_waits_for_its_officer(
    client: FlaskClient, phone: Phone, person: Supervisee, database: Session
) -> None:
    other = people.officer(database)
    database.commit()
    question = {"device_now": iso(people.NOW), "submissions": [phone.visit(person).jws]}
    officer = {"Fieldapp-Officer": str(phone.officer_id)}

    people.sign_in(client, other)

    assert client.post("/sync", json=question, headers=officer).status_code == 401
    assert client.post("/evidence/uploads", headers={**officer, "Tus-Resumable": "1.0.0"}).status_code == 401
    assert count(database, Submission) == 0
