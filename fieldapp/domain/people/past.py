"""What happened with a person: contacts, each with the visit it came from, notes, and who was there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload
from sqlalchemy.orm import selectinload

from fieldapp.models.contact import Contact
from fieldapp.models.field import CaseNote
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag

AT_THE_DOOR = ("residence", "employment")
PERSONS = "people.persons"


@dataclass(frozen=True)
class PastContact:
    """One contact. `visit` is None and `officer` may be "" where it came with an import."""

    contact: Contact
    visit: Visit | None
    officer: str


@dataclass(frozen=True)
class PastNote:
    """A note on the person, and by whom."""

    note: CaseNote
    officer: str


def past_notes(session: Session, id: uuid.UUID, limit: int) -> list[PastNote]:
    """Return the latest notes on a person, newest first; the caller has proved access to the person."""
    query = select(CaseNote).where(CaseNote.supervisee_id == id).order_by(CaseNote.at.desc(), CaseNote.id).limit(limit)
    notes = session.scalars(query).all()
    names = _names(session, [row.officer_id for row in notes])
    return [PastNote(row, names.get(row.officer_id, "")) for row in notes]


def past_contacts(session: Session, id: uuid.UUID, limit: int, *, at_the_door: bool = False) -> list[PastContact]:
    """Return a person's latest contacts, newest first, in a few queries; the caller has proved access to the person.

    `at_the_door`: only those in person at home or at work.
    """
    query = select(Contact).where(Contact.supervisee_id == id).order_by(Contact.at.desc(), Contact.id).limit(limit)
    if at_the_door:
        query = query.where(Contact.method == "in_person", Contact.location.in_(AT_THE_DOOR))
    contacts = session.scalars(query).all()
    visits = _visits(session, [row.visit_id for row in contacts if row.visit_id])
    names = _names(session, [row.officer_id for row in contacts if row.officer_id])
    return [
        PastContact(row, visits.get(row.visit_id) if row.visit_id else None, names.get(row.officer_id, ""))
        for row in contacts
    ]


def persons_seen(past: Sequence[PastContact], place: str) -> list[dict[str, Any]]:
    """Return who was present at the latest visits to that place, each once, as the checklist's fields name them.

    The latest word on somebody counts: `name`, `relation`, `age`, `stay`.
    """
    found: dict[str, dict[str, Any]] = {}
    for one in past:
        if one.visit and one.visit.place == place:
            for row in one.visit.rows:
                if row.item == PERSONS and row.data.get("name"):
                    found.setdefault(str(row.data["name"]).strip().lower(), row.data)
    return list(found.values())


def _visits(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    query = select(Visit).where(Visit.id.in_(ids))
    query = query.options(selectinload(Visit.rows), selectinload(Visit.flags).options(joinedload(VisitFlag.condition)))
    return {visit.id: visit for visit in session.scalars(query)} if ids else {}


def _names(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    return {row.id: row.name for row in rows}
