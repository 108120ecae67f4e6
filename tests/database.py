"""pytest plugin: databases for tests, on SQLite and on PostgreSQL alike.

`session`       a SQLAlchemy session with all tables; whatever the test commits is rolled back afterwards
`database_url`  a database of the test's own with all tables, for tests that need several connections or an app
`sqlite_url`    the same on SQLite alone, where the kind of database cannot matter
`empty_url`     a database of the test's own without tables, for migrations
"""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import create_engine
from sqlalchemy import make_url
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.models.all import metadata
from fieldapp.models.engine import database_url as with_driver
from fieldapp.models.engine import make_engine
from tests import postgres

KINDS = ["sqlite", "postgresql"]
SKIPPED = "no PostgreSQL here: "


class SqliteDatabases:
    """Makes SQLite files by copying one that has all tables."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.template = folder / "template.sqlite"
        create_tables(f"sqlite:///{self.template}")
        self.shared_engine = make_engine(self.fresh())

    def fresh(self, *, empty: bool = False) -> str:
        """The URL of a new database, with all tables unless it is to be empty."""
        path = self.folder / f"{uuid.uuid4().hex}.sqlite"
        if not empty:
            shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Removes the files of a database."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{ending}").unlink(missing_ok=True)

    def close(self) -> None:
        """Closes what is open."""
        self.shared_engine.dispose()


class PostgresDatabases:
    """Makes PostgreSQL databases from a template that has all tables. Raises NoPostgres."""

    def __init__(self) -> None:
        self.server = postgres.start()
        self.root = with_driver(self.server.url)
        self.template = self.fresh(empty=True)
        create_tables(self.template)
        self.shared_url = self.fresh()
        self.shared_engine = make_engine(self.shared_url)

    def fresh(self, *, empty: bool = False) -> str:
        """The URL of a new database, with all tables unless it is to be empty."""
        name = f"fieldapp_test_{uuid.uuid4().hex}"
        template = "template0" if empty else make_url(self.template).database
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return make_url(self.root).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Removes a database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Runs one statement on the server, outside a transaction."""
        engine = create_engine(self.root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def close(self) -> None:
        """Removes what was made and stops the server if it was started here."""
        self.shared_engine.dispose()
        self.drop(self.shared_url)
        self.drop(self.template)
        self.server.stop()


Databases = SqliteDatabases | PostgresDatabases


def create_tables(url: str) -> None:
    """Makes every table in an empty database."""
    engine = make_engine(url)
    metadata.create_all(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabases]:
    databases = SqliteDatabases(tmp_path_factory.mktemp("sqlite"))
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresDatabases]:
    try:
        databases = PostgresDatabases()
    except postgres.NoPostgres as reason:
        pytest.skip(f"{SKIPPED}{reason}")
    yield databases
    databases.close()


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds, one after the other; each is started when the first test asks for it and stays up to the end."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    engine: Engine = databases.shared_engine
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def empty_url(databases: Databases) -> Iterator[str]:
    url = databases.fresh(empty=True)
    yield url
    databases.drop(url)


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    url = sqlite_databases.fresh()
    yield url
    sqlite_databases.drop(url)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud, once, that the PostgreSQL half did not run."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    unmet = [reason for reason in reasons if SKIPPED in reason]
    if unmet:
        said = unmet[0].removeprefix("Skipped: ")
        terminalreporter.write_line(f"WARNING: {len(unmet)} tests ran on SQLite only, {said}", yellow=True, bold=True)
