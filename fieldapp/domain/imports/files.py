"""A caseload file between the dry run and the import: held in the database, for its administrator, for a day."""

import datetime as dt
import hashlib
import uuid

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import NotFound
from fieldapp.domain.imports.apply import apply_import
from fieldapp.domain.imports.plan import ImportPlan
from fieldapp.domain.imports.plan import plan_import
from fieldapp.domain.imports.read import read_caseload
from fieldapp.models.agency import Agency
from fieldapp.models.imports import ImportFile

KEPT = dt.timedelta(days=1)
LONGEST_NAME = 120


def hold_file(session: Session, actor: Actor, name: str, data: bytes, *, now: dt.datetime) -> ImportFile:
    """Keep a file until it is imported or a day is over; older ones go. Raises Invalid where it is no caseload."""
    rows = len(read_caseload(data).rows)
    let_go_of_old_files(session, now=now)
    held = ImportFile(
        id=uuid.uuid4(),
        administrator_id=actor.id,
        name=name[-LONGEST_NAME:],
        bytes=data,
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=now,
        outcome={},
    )
    session.add(held)
    session.flush()
    record(session, actor, "caseload.held", held.id, now=now, sha256=held.sha256, rows=rows)
    return held


def let_go_of_old_files(session: Session, *, now: dt.datetime) -> None:
    """Remove every file whose day is over."""
    session.execute(delete(ImportFile).where(ImportFile.created_at < now - KEPT))


def held_file(session: Session, actor: Actor, file_id: uuid.UUID, *, now: dt.datetime) -> ImportFile:
    """Return a file that this administrator sent within the last day. Raises NotFound."""
    held = session.get(ImportFile, file_id)
    if held is None or held.administrator_id != actor.id or held.created_at < now - KEPT:
        raise NotFound("This file is no longer here: files are kept for a day. Choose it again on the import page.")
    return held


def dry_run(session: Session, held: ImportFile, *, now: dt.datetime) -> ImportPlan:
    """Return what importing a held file would do today in the agency's zone. Writes nothing."""
    return plan_import(session, read_caseload(held.bytes), local_date(the_agency(session).zone, now))


def import_held_file(session: Session, actor: Actor, file_id: uuid.UUID, *, now: dt.datetime) -> ImportFile:
    """Import a held file and let go of its bytes; a second call changes nothing. Raises NotFound, Invalid."""
    one_import_at_a_time(session)
    held = held_file(session, actor, file_id, now=now)
    session.refresh(held)
    if held.applied_at is None:
        plan = dry_run(session, held, now=now)
        apply_import(session, actor, plan, now=now, subject=held.id)
        held.outcome = plan.counts
        held.applied_at = now
        held.bytes = b""
        session.flush()
    return held


def one_import_at_a_time(session: Session) -> None:
    """Wait until no other import runs; plans made before would not know what it wrote. Held up to the commit."""
    session.execute(select(Agency.id).with_for_update())
