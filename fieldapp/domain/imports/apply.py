"""Writes a planned import: all of it or, when anything fails, nothing."""

import datetime as dt
import uuid

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.fresh import fresh_rows
from fieldapp.domain.imports.plan import ImportPlan


def apply_import(
    session: Session, actor: Actor | None, plan: ImportPlan, *, now: dt.datetime, subject: uuid.UUID | str
) -> None:
    """Write a plan made in this very transaction, and one audit entry about it. `subject` is the file's id or SHA-256.

    `actor` is None on the command line. Raises Invalid (field "file") when the plan has problems.
    """
    if plan.problems:
        raise Invalid({"file": f"The file has {len(plan.problems)} problems. Correct them and try again."})
    for table, values in fresh_rows(plan.new, plan.facts).items():
        if values:
            session.execute(insert(table), values)
    for _, changes in plan.changed:
        for change in changes:
            if change.values is None:
                session.add(change.row)
            for name, value in (change.values or {}).items():
                setattr(change.row, name, value)
    session.flush()
    record(session, actor, "caseload.imported", subject, now=now, **plan.counts)
