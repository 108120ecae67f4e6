"""Brings a copy of a database to an empty place, where nobody takes it for a good one before all is done."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy import inspect
from sqlalchemy import make_url
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.adapters.database_copy import file_of
from fieldapp.adapters.database_copy import flush
from fieldapp.adapters.database_copy import kind_of
from fieldapp.adapters.database_copy import run_client
from fieldapp.domain.errors import Conflict
from fieldapp.models.engine import make_engine

# what SQLite keeps beside a database file, and reads into whatever file of that name is there (sqlite.org/wal.html)
BESIDE = ("-wal", "-shm", "-journal")
UNDER_WAY = ".restoring"
# a table with this name says that the rest of a PostgreSQL database is not to be used yet
MARKER = "fieldapp_restore_under_way"
UNFINISHED = (
    "A restore into this database was not finished. Make a new, empty database (dropdb, then createdb) and run "
    "`fieldapp restore` again."
)


def is_empty(url: str) -> bool:
    """Whether the database has no table; for SQLite, where no file need be, also nothing beside it of another one."""
    if kind_of(url) == "sqlite":
        if leftovers(file_of(url)):
            return False
        if not file_of(url).exists():
            return True
    return not _tables(url) - {MARKER}


def leftovers(file: Path) -> list[Path]:
    """Return what lies beside a SQLite file and belongs to whichever database was there."""
    beside = [file.with_name(f"{file.name}{ending}") for ending in BESIDE]
    return [each for each in beside if os.path.lexists(each)]


def refuse_unless_empty(url: str) -> None:
    """Raise Conflict where something would be overwritten, or would come into a restored database."""
    if is_empty(url):
        return
    if kind_of(url) == "sqlite" and not file_of(url).exists():
        names = " and ".join(str(each) for each in leftovers(file_of(url)))
        raise Conflict(f"{names} is left of another database and would be read into the restored one. Move it away.")
    if kind_of(url) == "postgresql" and MARKER in _tables(url):
        raise Conflict(UNFINISHED)
    beside = ", with all files whose names begin with its name" if kind_of(url) == "sqlite" else ""
    raise Conflict(
        "There is a database already. Restoring never overwrites: name an empty one, or move it away" + beside + "."
    )


def refuse_unfinished(session: Session) -> None:
    """Raise Conflict on a database into which a restore is under way, or ended too early."""
    connection: Connection = session.connection()
    if inspect(connection).has_table(MARKER):
        raise Conflict(UNFINISHED)


@contextmanager
def loaded(file: Path, url: str) -> Iterator[str]:
    """Load a copy into an empty database and give the URL at which to finish it; it counts once the block ends well.

    SQLite's lies under another name until then; PostgreSQL's has a table that `refuse_unfinished` finds.
    Raises Conflict.
    """
    with (_sqlite if kind_of(url) == "sqlite" else _postgresql)(file, url) as meanwhile:
        yield meanwhile


@contextmanager
def _sqlite(file: Path, url: str) -> Iterator[str]:
    target = file_of(url)
    part = target.with_name(f"{target.name}{UNDER_WAY}")
    _remove(part)
    try:
        shutil.copyfile(file, part)
        part.chmod(0o600)
        yield make_url(url).set(database=str(part)).render_as_string(hide_password=False)
        _into_one_file(part)
        refuse_unless_empty(url)
        os.replace(part, target)
        flush(target)
    finally:
        _remove(part)


@contextmanager
def _postgresql(file: Path, url: str) -> Iterator[str]:
    _execute(url, f"CREATE TABLE IF NOT EXISTS {MARKER} ()")
    run_client("pg_restore", url, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(file))
    yield url
    _execute(url, f"DROP TABLE {MARKER}")


def _into_one_file(part: Path) -> None:
    """Bring the log back into the file, which alone gets the new name. Raises Conflict."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    if leftovers(part):
        raise Conflict(f"Another program has {part} open. Stop it, then restore again.")
    flush(part)


def _remove(part: Path) -> None:
    for each in (part, *leftovers(part)):
        each.unlink(missing_ok=True)


def _tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _execute(url: str, statement: str) -> None:
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
