"""What a line changes for a person whom the database knows: as dated rows wherever the past must stay readable."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.facts import Values
from fieldapp.domain.imports.facts import assignment_values
from fieldapp.domain.imports.facts import contact_values
from fieldapp.domain.imports.facts import term_values
from fieldapp.domain.imports.known import Known
from fieldapp.domain.imports.known import KnownRow
from fieldapp.domain.imports.row import CaseRow
from fieldapp.models.base import Base
from fieldapp.models.case import CaseAssignment
from fieldapp.models.contact import Contact
from fieldapp.models.level import LevelAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.supervisee import TermStatusChange

OWN = ("first_name", "last_name", "date_of_birth", "language", "phone", "case_type")


@dataclass(frozen=True, slots=True)
class Change:
    """One write. `what` says in a word what changes; `id` is the row whose values change, None for a new row."""

    what: str
    table: type[Base]
    id: uuid.UUID | None
    values: Values


def case_changes(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    """Yield what changes in person, term, level and officer; and the last home contact if none is known."""
    yield from changed("person", Supervisee, known.person, {column: getattr(row, column) for column in OWN})
    yield from _term(known, row, facts)
    yield from _level(known, row, facts)
    yield from _officer(known, row, facts)
    if row.last_home_contact and not known.has_contact:
        contact = contact_values(row.last_home_contact, known.person.id, facts.zone)
        yield Change("last contact", Contact, None, contact)


def changed(what: str, table: type[Base], row: KnownRow, told: Values) -> Iterator[Change]:
    """Yield a change of those values that differ; an empty cell leaves what is there."""
    values = {name: value for name, value in told.items() if value not in (None, "") and getattr(row, name) != value}
    if values:
        yield Change(what, table, row.id, values)


def holds(row: KnownRow, on: dt.date) -> bool:
    """Say whether a dated row holds on a day."""
    began: dt.date = row.from_on
    ended: dt.date | None = row.to_on
    return began <= on and (ended is None or on <= ended)


def _term(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    assert row.start_date is not None, "a plan without problems has a start on every line"
    latest = max(known.terms, key=lambda term: term.start_on, default=None)
    if latest is None or row.start_date > latest.start_on:
        if latest and (latest.end_on is None or latest.end_on >= row.start_date):
            yield Change("term", SupervisionTerm, latest.id, {"end_on": row.start_date - dt.timedelta(days=1)})
        new = term_values(row, known.person.id)
        yield Change("term", SupervisionTerm, None, new)
        if row.status != "active":
            yield _status_on(new["id"], row.start_date, row.status)
        return
    told = {"kind": row.supervision_type, "start_on": row.start_date, "end_on": row.end_date}
    yield from changed("term", SupervisionTerm, latest, told)
    yield from _status(known, latest, row.status, facts.on)


def _status(known: Known, term: KnownRow, status: str, on: dt.date) -> Iterator[Change]:
    if term.status == status:
        return
    days = {change.on: change for change in known.status_changes if change.term_id == term.id}
    if not days and term.status != "active" and term.start_on < on:
        yield _status_on(term.id, term.start_on, term.status)
    if on in days:
        yield Change("status", TermStatusChange, days[on].id, {"status": status})
    else:
        yield _status_on(term.id, on, status)
    yield Change("status", SupervisionTerm, term.id, {"status": status})


def _status_on(term: uuid.UUID, on: dt.date, status: str) -> Change:
    return Change("status", TermStatusChange, None, {"term_id": term, "on": on, "status": status})


def _level(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    days = {level.from_on: level for level in known.levels}
    now = days[max((day for day in days if day <= facts.on), default=min(days))] if days else None
    if now and now.level_key == row.level:
        return
    if facts.on in days:
        yield Change("level", LevelAssignment, days[facts.on].id, {"level_key": row.level})
    else:
        values = {"supervisee_id": known.person.id, "level_key": row.level, "from_on": facts.on}
        yield Change("level", LevelAssignment, None, values)


def _officer(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    officer = facts.officers[row.officer_email]
    primary = [one for one in known.assignments if one.kind == "primary" and holds(one, facts.on)]
    for one in primary:
        if one.officer_id != officer:
            yield Change("officer", CaseAssignment, one.id, {"to_on": facts.last_day})
    if all(one.officer_id != officer for one in primary):
        values = assignment_values(known.person.id, officer, facts.on)
        yield Change("officer", CaseAssignment, None, values)
