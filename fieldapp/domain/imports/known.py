"""What the database knows of the people in a file: plain rows instead of objects, for there may be 50,000 people."""

import uuid
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session

from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.case import CaseAssignment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.contact import Contact
from fieldapp.models.level import LevelAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.supervisee import TermStatusChange

# SQLite takes no more than 32,766 values in one statement; smaller parts also keep the memory small
PART = 500
KnownRow = Row[Any]


@dataclass(slots=True)
class Known:
    """One person: rows with the attributes of their tables. Jobs carry their address under names with `place_`."""

    person: KnownRow
    terms: list[KnownRow] = field(default_factory=list)
    status_changes: list[KnownRow] = field(default_factory=list)
    levels: list[KnownRow] = field(default_factory=list)
    homes: list[KnownRow] = field(default_factory=list)
    jobs: list[KnownRow] = field(default_factory=list)
    conditions: list[KnownRow] = field(default_factory=list)
    cautions: list[KnownRow] = field(default_factory=list)
    assignments: list[KnownRow] = field(default_factory=list)
    has_contact: bool = False


def known_people(session: Session, case_numbers: Sequence[str]) -> Iterator[tuple[str, Known]]:
    """Yield those people whose case numbers are known, some hundred at a time."""
    for start in range(0, len(case_numbers), PART):
        part = case_numbers[start : start + PART]
        rows = session.execute(_columns(Supervisee).where(Supervisee.case_number.in_(part)))
        people = {row.id: Known(row) for row in rows}
        for fill, query, owner in _histories():
            for row in session.execute(query.where(owner.in_(people))):
                fill(people[row.supervisee_id], row)
        for met in session.scalars(_met(list(people))):
            people[met].has_contact = True
        yield from ((known.person.case_number, known) for known in people.values())


def _histories() -> Iterator[tuple[Callable[[Known, KnownRow], None], Select[Any], InstrumentedAttribute[uuid.UUID]]]:
    of_term = _columns(TermStatusChange, SupervisionTerm.supervisee_id).join(SupervisionTerm)
    homes = _columns(Address).where(Address.place == "home").order_by(Address.from_on)
    yield lambda known, row: known.terms.append(row), _columns(SupervisionTerm), SupervisionTerm.supervisee_id
    yield lambda known, row: known.status_changes.append(row), of_term, SupervisionTerm.supervisee_id
    yield lambda known, row: known.levels.append(row), _columns(LevelAssignment), LevelAssignment.supervisee_id
    yield lambda known, row: known.homes.append(row), homes, Address.supervisee_id
    yield lambda known, row: known.jobs.append(row), _jobs(), Employment.supervisee_id
    yield lambda known, row: known.conditions.append(row), _columns(Condition), Condition.supervisee_id
    yield lambda known, row: known.cautions.append(row), _columns(CautionFlag), CautionFlag.supervisee_id
    yield lambda known, row: known.assignments.append(row), _columns(CaseAssignment), CaseAssignment.supervisee_id


def _jobs() -> Select[Any]:
    place = [getattr(Address, name).label(f"place_{name}") for name in ("id", "line", "lat", "lon", "position_quality")]
    return _columns(Employment, *place).join(Address, Address.id == Employment.address_id).order_by(Employment.from_on)


def _met(people: list[uuid.UUID]) -> Select[uuid.UUID]:
    return select(Contact.supervisee_id).where(Contact.supervisee_id.in_(people)).distinct()


def _columns(table: type[Any], *more: Any) -> Select[Any]:
    return select(*table.__table__.columns, *more)
