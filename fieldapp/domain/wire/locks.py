"""Keeps parallel requests about the same things apart, in an order in which they never wait in a ring."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

SPACE = 7_220_452
# PostgreSQL keeps all locks of all transactions in one table of fixed size (64 for each connection)
BUCKETS = 64


def take_locks(session: Session, names: Iterable[str]) -> None:
    """Hold the names until the transaction ends. Take them all at once, before any row is written.

    SQLite has one writer by nature. PostgreSQL gets advisory locks, spread over a fixed number of buckets, in order.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    buckets = sorted(
        {int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4]) % BUCKETS for name in names}
    )
    taken = "SELECT count(pg_advisory_xact_lock(:space, bucket)) FROM unnest(CAST(:buckets AS integer[])) AS bucket"
    session.execute(text(taken), {"space": SPACE, "buckets": buckets})
