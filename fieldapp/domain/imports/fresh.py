"""The rows of a person whom the database does not know yet."""

import uuid
from collections.abc import Iterable
from collections.abc import Iterator

from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.facts import Values
from fieldapp.domain.imports.facts import assignment_values
from fieldapp.domain.imports.facts import caution_values
from fieldapp.domain.imports.facts import condition_values
from fieldapp.domain.imports.facts import contact_values
from fieldapp.domain.imports.facts import home_values
from fieldapp.domain.imports.facts import job_values
from fieldapp.domain.imports.facts import term_values
from fieldapp.domain.imports.facts import work_values
from fieldapp.domain.imports.row import CaseRow
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.base import Base
from fieldapp.models.case import CaseAssignment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.contact import Contact
from fieldapp.models.level import LevelAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.supervisee import TermStatusChange

# each table after those that it points to
ORDER: tuple[type[Base], ...] = (
    Supervisee,
    SupervisionTerm,
    TermStatusChange,
    LevelAssignment,
    Address,
    Employment,
    Condition,
    CautionFlag,
    CaseAssignment,
    Contact,
)


def fresh_rows(rows: Iterable[CaseRow], facts: Facts) -> dict[type[Base], list[Values]]:
    """Return the values of all rows for these new people, by table, the tables in the order of insertion."""
    found: dict[type[Base], list[Values]] = {table: [] for table in ORDER}
    for row in rows:
        for table, values in _person(row, facts):
            found[table].append(values)
    return found


def _person(row: CaseRow, facts: Facts) -> Iterator[tuple[type[Base], Values]]:
    person, since = uuid.uuid4(), facts.began(row)
    yield (
        Supervisee,
        {
            "id": person,
            "case_number": row.case_number,
            "first_name": row.first_name,
            "last_name": row.last_name,
            "date_of_birth": row.date_of_birth,
            "language": row.language or "en",
            "phone": row.phone,
            "case_type": row.case_type or "general",
        },
    )
    yield from _term(row, person)
    yield LevelAssignment, {"supervisee_id": person, "level_key": row.level, "from_on": since}
    yield Address, home_values(row, person, since)
    yield from _job(row, person, facts)
    for number, condition in enumerate(row.conditions, start=1):
        yield Condition, condition_values(condition, person, number, since)
    for caution in row.cautions:
        yield CautionFlag, caution_values(caution, person, facts.on)
    yield CaseAssignment, assignment_values(person, facts.officers[row.officer_email], facts.on)
    if row.last_home_contact:
        yield Contact, contact_values(row.last_home_contact, person, facts.zone)


def _term(row: CaseRow, person: uuid.UUID) -> Iterator[tuple[type[Base], Values]]:
    term = term_values(row, person)
    yield SupervisionTerm, term
    if row.status != "active":
        yield TermStatusChange, {"term_id": term["id"], "on": row.start_date, "status": row.status}


def _job(row: CaseRow, person: uuid.UUID, facts: Facts) -> Iterator[tuple[type[Base], Values]]:
    if row.employer:
        address = work_values(row, person, facts.began(row))
        yield Address, address
        yield Employment, job_values(row, person, address["id"], facts.began(row))
