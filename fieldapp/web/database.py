"""The request's database session, and migrations. The only module above the domain that touches SQLAlchemy."""

from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask import g
from flask import request
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from fieldapp.models.all import Base
from fieldapp.models.engine import database_url
from fieldapp.models.engine import prepare_engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"
# SQLSTATE classes: connection, serialization and deadlock, resources, lock not available, operator intervention
PASSING = ("08", "40", "53", "55", "57", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR")
SAFE = ("GET", "HEAD", "OPTIONS")

db: SQLAlchemy = SQLAlchemy()
alembic = Alembic(metadatas=Base.metadata)


def init_database(app: Flask, url: str, **options: Any) -> None:
    """Bind the app to its database."""
    # parameters of statements are people's names and words: they must not come into any log
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": database_url(url), "hide_parameters": True, **options}}
    app.config["ALEMBIC"] = {"script_location": str(MIGRATIONS), "file_template": "%%(epoch)s_%%(slug)s"}
    db.init_app(app)
    # of async sessions, which nothing here opens, the extension would start a thread at each request's end
    app.teardown_appcontext_funcs = [end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end)]
    alembic.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def session() -> Session:
    """Return the session of this request or command."""
    return db.session


def commit() -> None:
    """Commit once, at the edge."""
    db.session.commit()


def rollback() -> None:
    """Drop what this request has done so far."""
    db.session.rollback()


def begin_writing() -> None:
    """Begin the session's transaction as a writer: on SQLite with the write lock, elsewhere as usual."""
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def is_writing() -> bool:
    """Say whether the session's transaction was begun as a writer's."""
    return db.session.in_transaction() and "sqlite_begin" in db.session.connection().get_execution_options()


def begin_request(*, writes: bool) -> None:
    """Begin what a route does: an unsafe one that writes as a writer, after whatever was read to let it in."""
    g.began = writes and request.method not in SAFE
    if g.began:
        db.session.rollback()
        begin_writing()


def is_passing(error: Exception) -> bool:
    """Say whether the same request may work in a moment: the database was busy, full, restarted …"""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or (database_code(error) or "").startswith(PASSING)


def database_code(error: Exception) -> str | None:
    """Return the SQLSTATE or SQLite's name of a database's error, "" where it has none; None for any other error."""
    if not isinstance(error, DBAPIError):
        return None
    return getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None) or ""
