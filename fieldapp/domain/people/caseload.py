"""The whole caseload as an officer carries it along: whom and where to visit, and what to beware of before the door."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.checklist.template import PLACES
from fieldapp.domain.people.file import conditions_on
from fieldapp.domain.people.file import job_on
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.supervisee import Supervisee

CARRIED = "caseload.carried"


@dataclass(frozen=True)
class Carried:
    """One person. `addresses` are those of today by place; `days_late` says how long a contact there is overdue."""

    person: Supervisee
    job: Employment | None
    addresses: Mapping[str, Address]
    conditions: Sequence[Condition]
    cautions: Sequence[CautionFlag]
    days_late: Mapping[str, int]


def carried_caseload(session: Session, actor: Actor, today: dt.date) -> list[Carried]:
    """Return everyone on the actor's caseload today, by last name."""
    query = visible_supervisees(actor, today).options(
        *FOR_DUE, selectinload(Supervisee.conditions), selectinload(Supervisee.cautions)
    )
    ordered = query.order_by(Supervisee.last_name, Supervisee.first_name, Supervisee.case_number)
    people = session.scalars(ordered).unique().all()
    late: dict[uuid.UUID, dict[str, int]] = {}
    for row in requirements_of(session, people, today):
        days = row.required.days_overdue(today)
        if row.place and days:
            of_person = late.setdefault(row.person.id, {})
            of_person[row.place] = max(days, of_person.get(row.place, 0))
    return [_carried(person, late.get(person.id, {}), today) for person in people]


def note_carrying(session: Session, actor: Actor, people: Iterable[uuid.UUID], *, now: dt.datetime) -> None:
    """Record that the actor's phone was given these people's facts, to be read on it unseen until its day pack ends.

    The ids are written once; as long as they are the same people, later entries name the one that lists them.
    """
    ids = sorted(str(id) for id in people)
    digest = hashlib.sha256(" ".join(ids).encode()).hexdigest()
    listed = select(AuditEntry.sequence, AuditEntry.details).where(
        AuditEntry.actor_id == actor.id, AuditEntry.event == CARRIED
    )
    last = session.execute(listed.order_by(AuditEntry.sequence.desc()).limit(1)).first()
    if last and last.details["people_sha256"] == digest:
        first = last.details.get("listed_in", last.sequence)
        record(session, actor, CARRIED, actor.id, now=now, people_sha256=digest, count=len(ids), listed_in=first)
    else:
        record(session, actor, CARRIED, actor.id, now=now, people_sha256=digest, count=len(ids), people=ids)


def _carried(person: Supervisee, days_late: Mapping[str, int], today: dt.date) -> Carried:
    found = {place: address_at(person, place, today) for place in PLACES}
    return Carried(
        person=person,
        job=job_on(person, today),
        addresses={place: address for place, address in found.items() if address},
        conditions=conditions_on(person, today),
        cautions=[caution for caution in person.cautions if caution.ended_on is None or caution.ended_on > today],
        days_late=days_late,
    )
