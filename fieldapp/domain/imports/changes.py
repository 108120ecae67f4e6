"""What a line changes for a person whom the database knows: as dated rows wherever the past must stay readable."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.facts import Values
from fieldapp.domain.imports.facts import assignment_values
from fieldapp.domain.imports.facts import contact_values
from fieldapp.domain.imports.facts import term_values
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
    """One write. `what` says in a word what changes; `values` are set on `row`, or None where the row is new."""

    what: str
    row: Base
    values: Values | None = None


def case_changes(person: Supervisee, row: CaseRow, facts: Facts, *, has_contact: bool) -> Iterator[Change]:
    """Yield what changes in person, term, level and officer; and the last home contact if none is known."""
    yield from changed("person", person, {column: getattr(row, column) for column in OWN})
    yield from _term(person, row, facts)
    yield from _level(person, row, facts)
    yield from _officer(person, row, facts)
    if row.last_home_contact and not has_contact:
        yield Change("last contact", Contact(**contact_values(row.last_home_contact, person.id, facts.zone)))


def changed(what: str, row: Base, values: Values) -> Iterator[Change]:
    """Yield a change of those values that differ; an empty cell leaves what is there."""
    differing = {
        name: value for name, value in values.items() if value not in (None, "") and getattr(row, name) != value
    }
    if differing:
        yield Change(what, row, differing)


def holds(row: Any, on: dt.date) -> bool:
    """Say whether a dated row holds on a day."""
    began: dt.date = row.from_on
    ended: dt.date | None = row.to_on
    return began <= on and (ended is None or on <= ended)


def _term(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    assert row.start_date is not None, "a plan without problems has a start on every line"
    latest = max(person.terms, key=lambda term: term.start_on, default=None)
    if latest is None or row.start_date > latest.start_on:
        if latest and (latest.end_on is None or latest.end_on >= row.start_date):
            yield Change("term", latest, {"end_on": row.start_date - dt.timedelta(days=1)})
        new = SupervisionTerm(**term_values(row, person.id))
        yield Change("term", new)
        if row.status != "active":
            yield Change("term", TermStatusChange(term_id=new.id, on=row.start_date, status=row.status))
        return
    told = {"kind": row.supervision_type, "start_on": row.start_date, "end_on": row.end_date}
    yield from changed("term", latest, told)
    yield from _status(latest, row.status, facts.on)


def _status(term: SupervisionTerm, status: str, on: dt.date) -> Iterator[Change]:
    if term.status == status:
        return
    days = {change.on: change for change in term.changes}
    if not days and term.status != "active" and term.start_on < on:
        yield Change("status", TermStatusChange(term_id=term.id, on=term.start_on, status=term.status))
    if on in days:
        yield Change("status", days[on], {"status": status})
    else:
        yield Change("status", TermStatusChange(term_id=term.id, on=on, status=status))
    yield Change("status", term, {"status": status})


def _level(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    days = {level.from_on: level for level in person.levels}
    now = days[max((day for day in days if day <= facts.on), default=min(days))] if days else None
    if now and now.level_key == row.level:
        return
    if facts.on in days:
        yield Change("level", days[facts.on], {"level_key": row.level})
    else:
        new = LevelAssignment(supervisee_id=person.id, level_key=row.level, from_on=facts.on)
        yield Change("level", new)


def _officer(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    officer = facts.officers[row.officer_email]
    primary = [one for one in person.assignments if one.kind == "primary" and holds(one, facts.on)]
    for other in _others(primary, officer):
        yield Change("officer", other, {"to_on": facts.last_day})
    if all(one.officer_id != officer for one in primary):
        yield Change("officer", CaseAssignment(**assignment_values(person.id, officer, facts.on)))


def _others(primary: Iterable[CaseAssignment], officer: Any) -> list[CaseAssignment]:
    return [one for one in primary if one.officer_id != officer]
