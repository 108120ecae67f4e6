"""The audit log: one entry an event, chained by SHA-256, in the event's own transaction (CJIS AU-2, AU-9)."""

import datetime as dt
import hashlib
import json
import uuid
from contextlib import closing
from typing import Any

from sqlalchemy import select
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.models.audit import AuditEntry

CHAIN_LOCK = 7_220_451


def record(
    session: Session, actor: Actor | None, event: str, subject: uuid.UUID | str, *, now: dt.datetime, **details: Any
) -> AuditEntry:
    """Append one entry. `details` hold codes, counts and ids only: never names, addresses or text that people wrote."""
    _one_writer(session)
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).first()
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=now,
        actor_id=actor.id if actor else None,
        event=event,
        subject=str(subject),
        details=details,
        previous=last.sha256 if last else "",
    )
    entry.sha256 = entry_hash(entry)
    session.add(entry)
    session.flush()
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 (hex) over an entry's facts and the hash of the one before."""
    facts = [
        entry.sequence,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        str(entry.actor_id or ""),
        entry.event,
        entry.subject,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def first_broken(session: Session) -> int | None:
    """Return the sequence number of the first entry whose hash or link is wrong, or None when the chain is whole."""
    previous, expected = "", 1
    query = select(AuditEntry).order_by(AuditEntry.sequence).execution_options(yield_per=500)
    with closing(session.scalars(query)) as entries:
        for entry in entries:
            if entry.sequence != expected or entry.previous != previous or entry.sha256 != entry_hash(entry):
                return expected
            previous, expected = entry.sha256, expected + 1
    return None


def _one_writer(session: Session) -> None:
    # SQLite has one writer by nature; PostgreSQL must be told, or two entries would follow the same one
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
