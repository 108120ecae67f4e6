"""Writes a planned import: all of it or, when anything fails, nothing."""

import datetime as dt
import uuid

from sqlalchemy import insert
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.facts import Values
from fieldapp.domain.imports.fresh import fresh_rows
from fieldapp.domain.imports.plan import ImportPlan
from fieldapp.models.base import Base


def apply_import(
    session: Session, actor: Actor | None, plan: ImportPlan, *, now: dt.datetime, subject: uuid.UUID | str
) -> None:
    """Write a plan made in this very transaction, and one audit entry about it. `subject` is the file's id or SHA-256.

    `actor` is None on the command line. Raises Invalid (field "file") when the plan has problems.
    """
    if plan.problems:
        raise Invalid({"file": f"The file has {len(plan.problems)} problems. Correct them and try again."})
    inserts = fresh_rows(plan.new, plan.facts)
    updates: dict[type[Base], dict[uuid.UUID, Values]] = {table: {} for table in inserts}
    for _, changes in plan.changed:
        for change in changes:
            if change.id is None:
                inserts[change.table].append(change.values)
            else:
                updates[change.table].setdefault(change.id, {"id": change.id}).update(change.values)
    # ended and corrected first: what is new may need the place that they leave
    for table, rows in updates.items():
        _update(session, table, list(rows.values()))
    for table, values in inserts.items():
        if values:
            session.execute(insert(table), values)
    session.expire_all()
    record(session, actor, "caseload.imported", subject, now=now, **plan.counts)


def _update(session: Session, table: type[Base], rows: list[Values]) -> None:
    """Write values by primary key, rows with the same columns together: mixed ones would go one by one."""
    alike: dict[tuple[str, ...], list[Values]] = {}
    for row in rows:
        alike.setdefault(tuple(sorted(row)), []).append(row)
    for values in alike.values():
        session.execute(update(table), values)
