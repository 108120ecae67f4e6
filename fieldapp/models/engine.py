"""Engines: SQLite set up for many readers and one writer, PostgreSQL as it comes."""

import sqlite3
import threading
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MS = 15_000
TURN = "fieldapp_turn"
# FULL: a receipt goes out on a commit, and the phone lets go on the receipt, so a commit must outlive a power cut
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", "synchronous=FULL")


def database_url(text: str) -> str:
    """Return the URL with the driver that is installed: plain `postgresql://` means psycopg 3."""
    url = make_url(text)
    return (
        url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    ).render_as_string(hide_password=False)


def make_engine(url: str, **options: Any) -> Engine:
    """Return an engine for `url`; for SQLite with WAL, foreign keys, a busy timeout and real transactions."""
    engine = create_engine(database_url(url), hide_parameters=True, **options)
    prepare_engine(engine)
    return engine


def prepare_engine(engine: Engine) -> None:
    """Set up connections of an existing SQLite engine; other databases are left alone."""
    if engine.dialect.name != "sqlite":
        return
    turns = Turns()
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", turns.begin)
    event.listen(engine, "checkin", turns.end)


class Turns:
    """Lets the writers of one process take turns: SQLite's own way is to sleep up to 100 ms and to look again, by
    which the lock lies idle half of the time while everybody waits. Other processes still meet at SQLite's lock.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; a writer waits until no other connection of this engine is out for writing."""
        # a writer that begins as a reader can be refused when it upgrades; begin at once says so by waiting
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        notes = connection.connection.record_info  # unlike `info`, it outlives a connection that breaks
        if mode != "DEFERRED" and notes is not None and not notes.get(TURN):
            notes[TURN] = self._lock.acquire(timeout=BUSY_MS / 1000)
        connection.exec_driver_sql(f"BEGIN {mode}")

    def end(self, _connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
        """Let the next one go, once the connection is back in the pool: whatever it did is over."""
        if record.record_info and record.record_info.pop(TURN, False):
            self._lock.release()


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    # pysqlite opens transactions late and commits around savepoints; off, and BEGIN is ours (see Turns)
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
