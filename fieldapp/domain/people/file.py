"""One person's file as officers read it: who, where, what is asked, what to beware of."""

import datetime as dt
import uuid
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.cases import running_term
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.level import LevelAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.visit import Visit

MOST_FOUND = 200


@dataclass(frozen=True)
class PersonFile:
    """A person with what holds today. `term`, `level`, `home`, `job` are None where there is none."""

    person: Supervisee
    term: SupervisionTerm | None
    level: LevelAssignment | None
    home: Address | None
    job: Employment | None
    conditions: Sequence[Condition]
    cautions: Sequence[CautionFlag]
    due: Sequence[DueRow]


def person_file(session: Session, actor: Actor, id: uuid.UUID, today: dt.date) -> PersonFile:
    """Return the file of a person on the actor's caseload. Raises NotFound."""
    query = visible_supervisees(actor, today).options(
        *FOR_DUE, selectinload(Supervisee.conditions), selectinload(Supervisee.cautions)
    )
    person = one(session, query, Supervisee.id, id, "This person")
    return PersonFile(
        person=person,
        term=running_term(person, today),
        level=level_on(person, today),
        home=address_at(person, "home", today),
        job=job_on(person, today),
        conditions=conditions_on(person, today),
        cautions=[caution for caution in person.cautions if caution.ended_on is None or caution.ended_on > today],
        due=requirements_of(session, [person], today),
    )


def people_of(session: Session, actor: Actor, ids: Collection[uuid.UUID], on: dt.date) -> Sequence[Supervisee]:
    """Return those of these people who are on the actor's caseload on that day, with what their hours depend on."""
    if not ids:
        return []
    query = visible_supervisees(actor, on).options(*FOR_DUE, selectinload(Supervisee.conditions))
    return session.scalars(query.where(Supervisee.id.in_(ids))).all()


def level_on(person: Supervisee, on: dt.date) -> LevelAssignment | None:
    """Return the level that holds on that day; before the first entry the first one holds."""
    held = [row for row in person.levels if row.from_on <= on]
    return held[-1] if held else person.levels[0] if person.levels else None


def job_on(person: Supervisee, on: dt.date) -> Employment | None:
    """Return the job that holds on that day, the latest where several do."""
    held = jobs_on(person, on)
    return held[-1] if held else None


def jobs_on(person: Supervisee, on: dt.date) -> list[Employment]:
    """Return all jobs that hold on that day, the latest last."""
    return [row for row in person.employments if row.from_on <= on and (row.to_on is None or on <= row.to_on)]


def conditions_on(person: Supervisee, on: dt.date) -> list[Condition]:
    """Return the conditions in force on that day, by number."""
    return [row for row in person.conditions if row.from_on <= on and (row.to_on is None or on <= row.to_on)]


def last_visits(session: Session, actor: Actor, id: uuid.UUID, today: dt.date, limit: int = 3) -> Sequence[Visit]:
    """Return the latest visits to a person whom the actor may see, newest first, with officer, answers and flags."""
    query = (
        visible_visits(actor, today)
        .where(Visit.supervisee_id == id)
        .options(selectinload(Visit.officer), selectinload(Visit.answers), selectinload(Visit.flags))
        .order_by(Visit.arrived_at.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def people_found(session: Session, actor: Actor, today: dt.date, words: str = "") -> Sequence[Supervisee]:
    """Return the people on the actor's caseload whose name or case number holds every given word, by last name.

    At most MOST_FOUND and one, so that the caller knows that there are more.
    """
    query = visible_supervisees(actor, today).options(
        selectinload(Supervisee.levels), selectinload(Supervisee.addresses), selectinload(Supervisee.terms)
    )
    for word in words.split()[:5]:
        fields = (Supervisee.first_name, Supervisee.last_name, Supervisee.case_number)
        query = query.where(or_(*(field.icontains(word, autoescape=True) for field in fields)))
    ordered = query.order_by(Supervisee.last_name, Supervisee.first_name, Supervisee.case_number)
    return session.scalars(ordered.limit(MOST_FOUND + 1)).all()
