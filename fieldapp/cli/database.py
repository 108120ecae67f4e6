"""The database for commands: one session, migrations, and the sentence to say when it is not ready."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from flask import Flask
from sqlalchemy.orm import Session

from fieldapp.adapters.database_load import refuse_unfinished
from fieldapp.domain.errors import Conflict
from fieldapp.domain.setup import existing_agency
from fieldapp.settings import BadSetting
from fieldapp.settings import Settings
from fieldapp.web.database import alembic
from fieldapp.web.database import begin_writing
from fieldapp.web.database import db
from fieldapp.web.database import init_database
from fieldapp.web.database import rollback
from fieldapp.web.database import session

NEWER = (
    "This database was made by a newer version of fieldapp. Install that version, or name another database in "
    "FIELDAPP_DATABASE_URL."
)
NOT_READY = "The database is empty or not up to date. Run `fieldapp setup`, then try again."


@contextmanager
def connected(settings: Settings) -> Iterator[None]:
    """Bind the session of `fieldapp.web.database` to the configured database for the time of a command."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"FIELDAPP_DATA_DIR ({settings.data_dir}) cannot be made: {error.strerror}.") from error
    app = Flask("fieldapp")
    init_database(app, settings.database_url)
    with app.app_context():
        # Flask-Alembic makes it speak of every step; people get a sentence instead
        logging.getLogger("alembic").setLevel(logging.WARNING)
        try:
            yield
        finally:
            rollback()
            db.engine.dispose()


@contextmanager
def writing(settings: Settings) -> Iterator[Session]:
    """Give a session that holds the write lock on a database that is ready; the command commits. Raises Conflict."""
    with connected(settings):
        check_ready()
        begin_writing()
        yield session()


def check_ready() -> None:
    """Raise Conflict when a restore did not end, migrations are pending, the database is newer, or has no agency."""
    refuse_unfinished(session())
    try:
        pending = alembic.needs_upgrade()
    except (CommandError, ResolutionError):
        raise Conflict(NEWER) from None
    if pending or existing_agency(session()) is None:
        raise Conflict(NOT_READY)
    rollback()


def upgrade() -> bool:
    """Bring the database's tables up to date; says whether there was anything to do. Raises Conflict."""
    try:
        if not alembic.needs_upgrade():
            return False
        alembic.upgrade()
    except (CommandError, ResolutionError):
        raise Conflict(NEWER) from None
    return True
