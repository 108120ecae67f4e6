"""SQLite engines: many readers, and writers that take turns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy import text

from fieldapp.models.engine import make_engine

WRITERS, ROUNDS = 8, 20


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine that gives up at once where SQLite's lock is taken."""
    engine = make_engine(sqlite_url)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=0"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counted (number INTEGER)"))
        connection.execute(text("INSERT INTO counted VALUES (0)"))
    yield engine
    engine.dispose()


def writing(engine: Engine) -> Connection:
    connection = engine.connect().execution_options(sqlite_begin="IMMEDIATE")
    connection.begin()
    return connection


def add_one(engine: Engine) -> None:
    with writing(engine) as connection:
        number = connection.scalar(text("SELECT number FROM counted"))
        connection.execute(text("UPDATE counted SET number = :number"), {"number": number + 1})
        connection.commit()


def test_writers_of_one_process_wait_for_their_turn_instead_of_for_the_lock(engine: Engine) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(add_one, engine) for _ in range(WRITERS * ROUNDS)]:
            each.result()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT number FROM counted")) == WRITERS * ROUNDS


@pytest.mark.parametrize("end", ["commit", "rollback", "close", "invalidate"])
def test_turn_ends_however_its_connection_ends(engine: Engine, end: str) -> None:
    connection = writing(engine)
    getattr(connection, end)()
    connection.close()
    add_one(engine)


def test_reader_needs_no_turn(engine: Engine) -> None:
    with writing(engine), engine.connect() as reader:
        assert reader.scalar(text("SELECT number FROM counted")) == 0


def test_writer_that_finds_no_lock_leaves_no_turn_behind(engine: Engine, sqlite_url: str) -> None:
    other = make_engine(sqlite_url)
    with writing(other), pytest.raises(Exception, match="database is locked"):
        writing(engine)
    other.dispose()
    add_one(engine)
