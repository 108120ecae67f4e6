"""Copies of a whole database while others write to it: SQLite's online backup, PostgreSQL's pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy import NullPool
from sqlalchemy import create_engine
from sqlalchemy import make_url
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.models.engine import make_engine


def kind_of(url: str) -> str:
    """Return sqlite or postgresql."""
    return "sqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql"


@contextmanager
def copied(url: str, file: Path) -> Iterator[Session]:
    """Copy the database into `file` and give a session that sees exactly what the copy holds. Raises Conflict."""
    if kind_of(url) == "sqlite":
        _copy_sqlite(file_of(url), file)
        with reading(file) as session:
            yield session
        return
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # pg_dump reads the very snapshot that this transaction sees (PostgreSQL manual, 9.28.5)
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            run_client("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")
            flush(file)
            with Session(connection) as session:
                yield session
    finally:
        engine.dispose()


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
    flush(file)


def file_of(url: str) -> Path:
    """Return the file of a SQLite database. Raises Conflict where it is in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise Conflict("A database in memory cannot be copied. Name a file in FIELDAPP_DATABASE_URL.")
    return Path(name)


def run_client(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's client programs on this database. Raises Conflict."""
    if shutil.which(program) is None:
        raise Conflict(f"{program} is not here. Install PostgreSQL's client programs, as new as the server.")
    named, password = without_password(url)
    # other users of the machine can read a command line; they cannot read an environment
    secret = {"PGPASSWORD": password} if password else {}
    command = [program, f"--dbname={named}", "--no-password", *arguments]
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise Conflict(f"{program} failed: {said}")


def without_password(url: str) -> tuple[str, str]:
    """Return the address as libpq reads it, without the password, and the password, "" where there is none."""
    given = make_url(url)
    query = {name: value for name, value in given.query.items() if name != "password"}
    # URL.set() leaves a password that it is told to set to None
    bare = URL.create("postgresql", given.username, None, given.host, given.port, given.database, query)
    return bare.render_as_string(hide_password=False), str(given.password or given.query.get("password") or "")


def flush(file: Path) -> None:
    """Wait until the file and its name are on the disk."""
    for each in (file, file.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
