"""Copies of a whole database while others write to it: SQLite's online backup, PostgreSQL's pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool
from sqlalchemy import create_engine
from sqlalchemy import inspect
from sqlalchemy import make_url
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.models.engine import make_engine


def kind_of(url: str) -> str:
    """Return sqlite or postgresql."""
    return "sqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql"


def is_empty(url: str) -> bool:
    """Whether the database has no table; for SQLite also where there is no file yet."""
    if kind_of(url) == "sqlite" and not _file_of(url).exists():
        return True
    engine = make_engine(url)
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


@contextmanager
def copied(url: str, file: Path) -> Iterator[Session]:
    """Copy the database into `file` and give a session that sees exactly what the copy holds. Raises Conflict."""
    if kind_of(url) == "sqlite":
        _copy_sqlite(_file_of(url), file)
        with reading(file) as session:
            yield session
        return
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # pg_dump reads the very snapshot that this transaction sees (PostgreSQL manual, 9.28.5)
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")
            _flush(file)
            with Session(connection) as session:
                yield session
    finally:
        engine.dispose()


def load(file: Path, url: str) -> None:
    """Bring a copy into an empty database. Raises Conflict."""
    if kind_of(url) == "sqlite":
        target = _file_of(url)
        part = target.with_name(f"{target.name}.restoring")
        shutil.copyfile(file, part)
        part.chmod(0o600)
        _flush(part)
        os.replace(part, target)
        return
    _run("pg_restore", url, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(file))


@contextmanager
def reading(file: Path) -> Iterator[Session]:
    """Give a session on a copy in a SQLite file, which it leaves as it is."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    with Session(engine) as session:
        yield session


def _copy_sqlite(source: Path, file: Path) -> None:
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as live, closing(sqlite3.connect(file)) as copy:
        # in one step: copying in several begins again whenever another process writes
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Conflict(f"The copy of the database is damaged ({found}). Check the disk of {source}.")
    _flush(file)


def _file_of(url: str) -> Path:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise Conflict("A database in memory cannot be copied. Name a file in FIELDAPP_DATABASE_URL.")
    return Path(name)


def _run(program: str, url: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise Conflict(f"{program} is not here. Install PostgreSQL's client programs, as new as the server.")
    address = make_url(url)
    named = address.set(drivername="postgresql", password=None).render_as_string()
    # other users of the machine can read a command line; they cannot read an environment
    password = {"PGPASSWORD": str(address.password)} if address.password else {}
    command = [program, f"--dbname={named}", "--no-password", *arguments]
    done = subprocess.run(command, env={**os.environ, **password}, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise Conflict(f"{program} failed: {said}")


def _flush(file: Path) -> None:
    for each in (file, file.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
