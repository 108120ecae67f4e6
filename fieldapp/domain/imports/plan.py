"""Compares a caseload with the database: who is new, who changes, who stays, and what stands in the way."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.clock import the_agency
from fieldapp.domain.imports.changes import Change
from fieldapp.domain.imports.changes import case_changes
from fieldapp.domain.imports.columns import COLUMNS
from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.known import known_people
from fieldapp.domain.imports.place_changes import place_changes
from fieldapp.domain.imports.problem import Problem
from fieldapp.domain.imports.row import Caseload
from fieldapp.domain.imports.row import CaseRow
from fieldapp.models.level import SupervisionLevel
from fieldapp.models.user import User


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. With any `problems` nothing is compared and nothing can be applied.

    `without_position` counts places of new people that have no coordinates.
    """

    new: tuple[CaseRow, ...]
    changed: tuple[tuple[CaseRow, tuple[Change, ...]], ...]
    same: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    facts: Facts

    @property
    def people(self) -> int:
        """How many people the file would add or change."""
        return len(self.new) + len(self.changed)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of people by what happens to them."""
        return {"new": len(self.new), "changed": len(self.changed), "same": self.same}

    @property
    def changed_things(self) -> list[tuple[str, int]]:
        """What changes for how many people, the most frequent first."""
        return Counter(
            what for _, changes in self.changed for what in {change.what for change in changes}
        ).most_common()

    @property
    def without_position(self) -> int:
        """How many homes and workplaces of new people come without coordinates."""
        return sum((row.home_lat is None) + bool(row.employer and row.employer_lat is None) for row in self.new)


def plan_import(session: Session, caseload: Caseload, on: dt.date) -> ImportPlan:
    """Return what importing would do on that local date, or the problems; writes nothing. Raises NotFound."""
    facts = _facts(session, caseload, on)
    places = {(problem.line, problem.column) for problem in caseload.problems}
    unmet = [problem for problem in _unmet(caseload, facts) if (problem.line, problem.column) not in places]
    problems = tuple(sorted((*caseload.problems, *unmet), key=_place))
    if problems:
        return ImportPlan((), (), 0, problems, caseload.notes, facts)
    changed: list[tuple[CaseRow, tuple[Change, ...]]] = []
    rows = {row.case_number: row for row in caseload.rows}
    for number, known in known_people(session, list(rows)):
        row = rows.pop(number)
        changes = (*case_changes(known, row, facts), *place_changes(known, row, facts))
        if changes:
            changed.append((row, changes))
    new = tuple(rows.values())
    same = len(caseload.rows) - len(new) - len(changed)
    return ImportPlan(new, tuple(changed), same, (), caseload.notes, facts)


def _facts(session: Session, caseload: Caseload, on: dt.date) -> Facts:
    officers = select(User.email, User.id).where(User.role == "officer", User.disabled_at.is_(None))
    return Facts(
        on=on,
        zone=the_agency(session).zone,
        officers={email: id for email, id in session.execute(officers)},  # noqa: C416 - rows are no tuples for mypy
        levels=frozenset(session.scalars(select(SupervisionLevel.key))),
        columns=caseload.columns,
    )


def _unmet(caseload: Caseload, facts: Facts) -> Iterator[Problem]:
    """Yield what the file alone cannot show: officers and levels that do not exist, dates that have not come."""
    for row in caseload.rows:
        if row.officer_email and row.officer_email not in facts.officers:
            remedy = "No officer signs in with this e-mail. Correct it, or add the officer: fieldapp user add EMAIL."
            yield Problem(row.line, "officer_email", row.officer_email, remedy)
        if row.level and row.level not in facts.levels:
            remedy = f"The agency has no such level. Use one of: {', '.join(sorted(facts.levels))}."
            yield Problem(row.line, "level", row.level, remedy)
        for column in ("date_of_birth", "last_home_contact"):
            value: dt.date | None = getattr(row, column)
            if value and value > facts.on:
                yield Problem(row.line, column, str(value), "This day has not come yet. Correct the date.")


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, COLUMNS.index(problem.column) if problem.column in COLUMNS else -1
