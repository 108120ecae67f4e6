"""The due list: everyone on the actor's caseload with what is asked of them, in the buckets officers use."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import contacts_of
from fieldapp.domain.caseload.cases import due_case
from fieldapp.domain.caseload.cases import running_term
from fieldapp.domain.caseload.standards import agency_holidays
from fieldapp.domain.caseload.standards import agency_standards
from fieldapp.domain.caseload.standards import standard_places
from fieldapp.domain.clock import the_agency
from fieldapp.domain.due.requirement import ContactRequirement
from fieldapp.domain.due.requirement import requirements
from fieldapp.domain.due.state import Bucket
from fieldapp.models.standard import StandardException
from fieldapp.models.supervisee import Supervisee

BUCKETS: tuple[Bucket, ...] = ("overdue", "this_week", "this_month", "next_month")


@dataclass(frozen=True)
class DueRow:
    """One requirement of one person. `place` is where a visit would satisfy it (home, work) or "" when none would."""

    person: Supervisee
    required: ContactRequirement
    place: str


def due_rows(session: Session, actor: Actor, today: dt.date) -> list[DueRow]:
    """Return all requirements of everyone on the actor's caseload, the most urgent first; conditions are loaded too."""
    query = visible_supervisees(actor, today).options(*FOR_DUE, selectinload(Supervisee.conditions))
    people = session.scalars(query).unique().all()
    rows = requirements_of(session, people, today)
    return sorted(rows, key=lambda row: (row.required.due or dt.date.max, row.person.last_name, row.person.first_name))


def requirements_of(session: Session, people: Sequence[Supervisee], today: dt.date) -> list[DueRow]:
    """Return the requirements of these people (loaded with FOR_DUE), in a handful of queries however many they are."""
    ids = [person.id for person in people]
    standards = agency_standards(session, the_agency(session))
    holidays, places = agency_holidays(session), standard_places(session)
    terms = {person.id: term for person in people if (term := running_term(person, today))}
    # a first visit may answer a standard for ever, so everything since the term began is looked at
    since = min((term.start_on for term in terms.values()), default=today)
    contacts, exceptions = contacts_of(session, ids, since), _exceptions(session, ids)
    rows = []
    for person in people:
        term = terms.get(person.id)
        if term is None:
            continue
        case = due_case(person, term, exceptions.get(person.id, ()))
        asked = requirements(standards, case, contacts[person.id], today=today, holidays=holidays)
        rows += [DueRow(person, one, places.get(one.standard.key, "")) for one in asked]
    return rows


def in_buckets(rows: Iterable[DueRow]) -> dict[Bucket, list[DueRow]]:
    """Return the rows under overdue, this week, this month and next month; later ones are left out."""
    found: dict[Bucket, list[DueRow]] = {bucket: [] for bucket in BUCKETS}
    for row in rows:
        if row.required.bucket in found:
            found[row.required.bucket].append(row)
    return found


def visits_due(rows: Iterable[DueRow]) -> list[DueRow]:
    """Return what a visit can satisfy, one row for each person and place: the earliest."""
    first: dict[tuple[uuid.UUID, str], DueRow] = {}
    for row in rows:
        if row.place and row.required.due:
            first.setdefault((row.person.id, row.place), row)
    return list(first.values())


def _exceptions(session: Session, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[StandardException]]:
    found: dict[uuid.UUID, list[StandardException]] = {}
    for row in session.scalars(select(StandardException).where(StandardException.supervisee_id.in_(people))):
        found.setdefault(row.supervisee_id, []).append(row)
    return found
