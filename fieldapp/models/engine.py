"""Engines: SQLite set up for many readers and one writer, PostgreSQL as it comes."""

import sqlite3
from typing import Any

from sqlalchemy import Engine
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import make_url

BUSY_MS = 15_000
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", "synchronous=NORMAL")


def database_url(text: str) -> str:
    """Return the URL with the driver that is installed: plain `postgresql://` means psycopg 3."""
    url = make_url(text)
    return (
        url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    ).render_as_string(hide_password=False)


def make_engine(url: str, **options: Any) -> Engine:
    """Return an engine for `url`; for SQLite with WAL, foreign keys, a busy timeout and real transactions."""
    engine = create_engine(database_url(url), **options)
    prepare_engine(engine)
    return engine


def prepare_engine(engine: Engine) -> None:
    """Set up connections of an existing SQLite engine; other databases are left alone."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    # pysqlite opens transactions late and commits around savepoints; off, and BEGIN is ours (see _begin)
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    # a writer that begins as a reader can be refused when it upgrades; begin at once says so by waiting
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
