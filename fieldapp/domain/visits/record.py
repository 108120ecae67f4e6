"""Makes a visit of what a phone signed: facts, credit, flags, photos awaited, and what a supervisor must decide."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.answers import parse_answers
from fieldapp.domain.checklist.answers import parse_rows
from fieldapp.domain.checklist.flags import Flag
from fieldapp.domain.checklist.flags import raised_flags
from fieldapp.domain.checklist.missing import missing
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.awaited import await_photos
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.visits.attempts import review_attempts
from fieldapp.domain.visits.concerns import is_late
from fieldapp.domain.visits.concerns import photo_concerns
from fieldapp.domain.visits.concerns import visit_concerns
from fieldapp.domain.visits.credit import credit
from fieldapp.domain.visits.credit import party_of
from fieldapp.domain.visits.parts import add_answers
from fieldapp.domain.visits.parts import add_flags
from fieldapp.domain.visits.parts import add_rows
from fieldapp.domain.wire.caseload import find_address
from fieldapp.domain.wire.caseload import find_person
from fieldapp.domain.wire.caseload import find_stop
from fieldapp.domain.wire.position import distance_m
from fieldapp.domain.wire.received import Received
from fieldapp.domain.wire.visit import VisitBody
from fieldapp.domain.wire.visit import read_visit
from fieldapp.models.address import Address
from fieldapp.models.case import Condition
from fieldapp.models.visit import Visit


@dataclass(frozen=True)
class Reading:
    """A visit's body read with its own checklist. `lacks` says in words what the checklist demands and is not there."""

    body: VisitBody
    template: Template
    answers: Mapping[str, Answer]
    rows: Rows
    flags: tuple[Flag, ...]
    lacks: tuple[str, ...]


def record_visit(session: Session, received: Received, raw: Any) -> None:
    """Apply a submission of the kind `visit`.

    What the checklist demands and is not there makes an exception, never a refusal: it is evidence of what was done.
    Raises Invalid for a body or answers that cannot be read, NotFound for a person, address or checklist that is not
    there, Conflict for a photo id that is taken.
    """
    body = read_visit(raw)
    person = find_person(session, received, body.supervisee, body.arrived_at)
    address = find_address(session, person, body.address, body.place)
    reading = read_with_checklist(received, body, _conditions(session, person.id, received.local_date(body.arrived_at)))
    visit = _visit(received, reading, address, find_stop(session, received, body.stop, person))
    session.add(visit)
    session.flush()
    add_answers(session, visit.id, reading.answers)
    add_rows(session, visit.id, reading.rows)
    add_flags(session, visit.id, reading.flags, reading.answers, body.outcome_note)
    party = party_of(body.place, reading.template.outcome(body.outcome), reading.answers)
    credit(session, received, visit, party)
    about = About(visit.officer_id, visit.supervisee_id, visit.id)
    concerns = visit_concerns(visit, reading.template, reading.flags, reading.lacks, received, body.position.taken_at)
    concerns += photo_concerns(visit, body.photos)
    open_exceptions(session, concerns, about, now=received.received_at)
    review_attempts(session, visit, received)
    await_photos(session, received, about, body.photos)


def read_with_checklist(received: Received, body: VisitBody, conditions: Mapping[uuid.UUID, str]) -> Reading:
    """Return the visit as its checklist reads it. Raises Invalid, or NotFound where that version is not here."""
    template = received.office.library.exact(body.checklist_key, body.checklist_version)
    if template.place != body.place:
        raise Invalid({"body.checklist": "body.checklist is for another kind of place than body.place."})
    answers, rows = parse_answers(template, body.answers), parse_rows(template, body.rows)
    ids = [row["id"] for group in rows.values() for row in group]
    if len(set(ids)) != len(ids):
        raise Invalid({"body.rows": "body.rows names a row twice."})
    pictured = {photo.item for photo in body.photos}
    demands = missing(
        template, body.outcome, answers, rows, pictured, body.narrative, conditions, outcome_note=body.outcome_note
    )
    flags = raised_flags(template, body.outcome, answers, rows, conditions)
    return Reading(body, template, answers, rows, flags, tuple(demand.words for demand in demands))


def _conditions(session: Session, supervisee_id: uuid.UUID, on: dt.date) -> dict[uuid.UUID, str]:
    """Return the conditions in force on that local date: id to kind, by number."""
    in_force = select(Condition.id, Condition.kind).where(
        Condition.supervisee_id == supervisee_id,
        Condition.from_on <= on,
        or_(Condition.to_on.is_(None), Condition.to_on >= on),
    )
    found = session.execute(in_force.order_by(Condition.number, Condition.id))
    return {id: kind for id, kind in found}  # noqa: C416 - a row is a tuple only at run time


def _visit(received: Received, reading: Reading, address: Address, stop_id: uuid.UUID | None) -> Visit:
    body = reading.body
    return Visit(
        id=received.id,
        supervisee_id=body.supervisee,
        officer_id=received.actor.id,
        stop_id=stop_id,
        address_id=address.id,
        place=body.place,
        arrived_at=body.arrived_at,
        left_at=body.left_at,
        certified_at=body.certified_at,
        received_at=received.received_at,
        clock_skew_s=received.skew.total_seconds(),
        late_entry=is_late(body.left_at, received),
        scheduled=body.scheduled,
        reason=body.reason,
        accompanied_by=body.accompanied_by,
        position_state=body.position.state,
        lat=body.position.lat,
        lon=body.position.lon,
        position_accuracy_m=body.position.accuracy_m,
        distance_m=distance_m(body.position, *address.sure_position),
        outcome=body.outcome,
        outcome_class=reading.template.outcome(body.outcome).outcome_class,
        outcome_note=body.outcome_note,
        checklist_key=body.checklist_key,
        checklist_version=body.checklist_version,
        narrative=body.narrative,
    )
