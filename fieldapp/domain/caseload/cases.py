"""A person's file as the due rules see it: the running term with its levels, statuses, moves, jobs and exceptions."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import CaseEvent
from fieldapp.domain.due.case import Dated
from fieldapp.domain.due.case import DueException
from fieldapp.domain.due.contact import Contact as DueContact
from fieldapp.models.address import Address
from fieldapp.models.contact import Contact
from fieldapp.models.standard import StandardException
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm

FOR_DUE = (
    selectinload(Supervisee.terms).selectinload(SupervisionTerm.changes),
    selectinload(Supervisee.levels),
    selectinload(Supervisee.addresses),
    selectinload(Supervisee.employments),
)
UNSEEN_BY = ("collateral",)


def running_term(person: Supervisee, on: dt.date) -> SupervisionTerm | None:
    """Return the term that runs on that day, the latest one where several do, or None."""
    running = [term for term in person.terms if term.start_on <= on and (term.end_on is None or on <= term.end_on)]
    return running[-1] if running else None


def due_case(person: Supervisee, term: SupervisionTerm, exceptions: Iterable[StandardException]) -> Case:
    """Return the case of one term; needs what FOR_DUE loads."""
    return Case(
        start=term.start_on,
        ended=term.end_on + dt.timedelta(days=1) if term.end_on else None,
        levels=tuple(Dated(row.from_on, row.level_key) for row in person.levels),
        case_types=(Dated(term.start_on, person.case_type),),
        statuses=_statuses(term),
        events=tuple(_events(person, term.start_on)),
        exceptions=tuple(
            DueException(row.standard_key, row.due_on, row.until, row.reason, str(row.approved_by))
            for row in exceptions
        ),
    )


def contacts_of(session: Session, people: Sequence[uuid.UUID], since: dt.date) -> dict[uuid.UUID, list[DueContact]]:
    """Return each person's contacts since a local date, in one query; people without any have an empty list."""
    found: dict[uuid.UUID, list[DueContact]] = {person: [] for person in people}
    query = select(Contact).where(Contact.supervisee_id.in_(people), Contact.on >= since).order_by(Contact.at)
    for row in session.scalars(query):
        found[row.supervisee_id].append(as_due_contact(row))
    return found


def as_due_contact(row: Contact) -> DueContact:
    """Return a stored contact as the due rules see it; it is positive when the person was met."""
    return DueContact(
        date=row.on,
        method=row.method,
        location=row.location,
        party=row.party,
        status=row.status,
        positive=row.status == "completed" and row.party not in UNSEEN_BY,
        scheduled=row.scheduled,
        outcome=row.outcome,
    )


def address_at(person: Supervisee, place: str, on: dt.date) -> Address | None:
    """Return the address for home or work that holds on that day, the latest where several do."""
    holding = [address for address in addresses_on(person, on) if address.place == place]
    return holding[-1] if holding else None


def addresses_on(person: Supervisee, on: dt.date) -> list[Address]:
    """Return all addresses that hold on that day, the latest last."""
    return [each for each in person.addresses if each.from_on <= on and (each.to_on is None or on <= each.to_on)]


def _statuses(term: SupervisionTerm) -> tuple[Dated, ...]:
    if term.changes:
        return tuple(Dated(change.on, change.status) for change in term.changes)
    return () if term.status == "active" else (Dated(term.start_on, term.status),)


def _events(person: Supervisee, start: dt.date) -> Iterable[CaseEvent]:
    # the first address and the first job are the file's beginning, whenever it was written down, and no change
    homes = [address for address in person.addresses if address.place == "home"][1:]
    yield from (CaseEvent("address_change", address.from_on) for address in homes if address.from_on > start)
    yield from (CaseEvent("new_job", job.from_on) for job in person.employments[1:] if job.from_on > start)
