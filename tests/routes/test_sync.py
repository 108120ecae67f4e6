"""What /sync makes of the submissions that a phone sends: the five states, and what is kept of each."""

import datetime as dt
import json
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
from fieldapp.models.evidence import Photo
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
from tests.phone import photo
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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"supervisee": "Alex"}, "body.supervisee must be a UUID"),
        ({"supervisee": str(uuid.uuid4())}, "caseload"),
        ({"address": str(uuid.uuid4())}, "address"),
        ({"place": "work"}, "address"),
        ({"checklist": {"key": "home", "version": 999}}, "checklist"),
        ({"checklist": {"key": "home", "version": "1"}}, "body.checklist.version"),
        ({"checklist": None}, "body.checklist must be an object"),
        ({"outcome": "vanished"}, "not an outcome"),
        ({"arrived_at": "yesterday"}, "body.arrived_at"),
        ({"arrived_at": "2026-11-19T10:00:00"}, "body.arrived_at"),
        ({"arrived_at": "9999-12-31T23:59:59-23:59"}, "body.arrived_at"),
        ({"narrative": "a\x00b"}, "body.narrative"),
        ({"narrative": "\ud800"}, "body.narrative"),
        ({"narrative": "x" * 50_001}, "body.narrative"),
        ({"scheduled": "no"}, "body.scheduled"),
        ({"accompanied_by": "Officer"}, "body.accompanied_by"),
        ({"accompanied_by": [1]}, "body.accompanied_by.0"),
        ({"position": {"state": "fix", "lat": 91, "lon": 0, "accuracy_m": 1}}, "body.position.lat"),
        ({"position": {"state": "fix", "lat": True, "lon": 0, "accuracy_m": 1}}, "body.position.lat"),
        ({"position": {"state": "guess"}}, "body.position.state"),
        ({"answers": {}}, "answers"),
        ({"answers": [{"item": "safety.dragons", "value": "yes"}]}, "no such item"),
        ({"answers": [{"item": "safety.animals_loose", "value": "maybe"}]}, "answers[0].value"),
        ({"rows": []}, "rows"),
        ({"photos": {}}, "body.photos"),
        ({"photos": [photo(b"1", sha256="zz")]}, "body.photos[0].sha256"),
        ({"photos": [photo(b"1", bytes=0)]}, "body.photos[0].bytes"),
        ({"photos": [photo(b"1")] * 2}, "names a photo twice"),
    ],
)
def test_visit_with_a_wrong_field_is_set_aside_naming_it(
    phone: Phone, person: Supervisee, database: Session, changes: dict[str, Any], words: str
) -> None:
    # lone surrogates travel as escapes, as JSON.stringify writes them
    payload = json.loads(json.dumps({"id": str(uuid.uuid4()), "kind": "visit", "made_at": iso(people.NOW)}))
    payload |= {"officer": str(phone.officer_id), "app": "0.1.0", "body": visit_body(person, **changes)}

    (result,) = phone.sync(phone.sign(json.dumps(payload).encode()))

    assert result["state"] == "set_aside"
    assert words in result["reason"]
    assert [count(database, table) for table in (Submission, Visit, Photo)] == [1, 0, 0]


def test_unknown_kind_and_body_that_is_no_object_are_set_aside(phone: Phone, database: Session) -> None:
    results = phone.sync(
        phone.submission("telegram", {}), phone.submission("visit", [1, 2]), phone.submission("note", None)
    )

    assert [result["state"] for result in results] == ["set_aside"] * 3
    assert "telegram" in results[0]["reason"]
    assert count(database, Submission) == 3


def test_note_and_check_in_are_applied(phone: Phone, person: Supervisee, database: Session) -> None:
    results = phone.sync(phone.note(person, "Called about the bus."), phone.check_in(person))

    assert [result["state"] for result in results] == ["stored", "stored"]
    database.rollback()
    assert database.scalars(select(CaseNote.text)).all() == ["Called about the bus."]
    assert database.scalars(select(CheckIn.distance_m)).all() == [0.0]


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


def test_photo_id_that_another_visit_has_used_is_set_aside(phone: Phone, person: Supervisee, database: Session) -> None:
    shown = photo(b"first")

    results = phone.sync(phone.visit(person, photos=[shown])) + phone.sync(phone.visit(person, photos=[shown]))

    assert [result["state"] for result in results] == ["stored", "set_aside"]
    assert [count(database, table) for table in (Visit, Photo)] == [1, 1]


def test_one_bad_submission_does_not_keep_out_the_others(phone: Phone, person: Supervisee, database: Session) -> None:
    results = phone.sync("nonsense", phone.visit(person), phone.visit(person, outcome="vanished"), phone.note(person))

    assert [result["state"] for result in results] == ["refused", "stored", "set_aside", "stored"]
    assert count(database, Submission) == 3


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


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": [NaN]}', "body"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": "x"}', "submissions"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": [1]}', "submissions"),
        (json.dumps({"device_now": iso(people.NOW), "submissions": ["x"] * 101}).encode(), "submissions"),
        (b'{"device_now": "now", "submissions": []}', "device_now"),
        (b'{"submissions": []}', "device_now"),
        (b"[" * 100_000, "body"),
    ],
)
def test_sync_that_cannot_be_read_is_answered_by_naming_the_field(phone: Phone, body: bytes, field: str) -> None:
    answer = phone._client.post("/sync", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [field]


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
