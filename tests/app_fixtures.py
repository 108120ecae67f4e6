"""pytest plugin: the whole app on a database of the test's own, on SQLite and PostgreSQL alike.

`clock`     a clock that stands at people.NOW until the test moves it
`blobs`     a blob store in memory
`parts`     the outside things, real ones but for the blob store; a test may replace more
`app`       create_app() on `database_url` with these
`make_app`  the same with other parts
`client`    its test client, signed out; `people.sign_in(client, user)` signs in
`database`  a session on the app's database to arrange and look; commit what the app is to see
"""

import datetime as dt
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.adapters.blob_store import memory_store
from fieldapp.app import create_app
from fieldapp.app import real_parts
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.models.engine import make_engine
from fieldapp.settings import Settings
from fieldapp.web.database import db
from fieldapp.web.parts import Parts
from tests import people


class Clock:
    """Returns the same moment again and again."""

    def __init__(self, moment: dt.datetime = people.NOW):
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment

    def move(self, **delta: float) -> None:
        """Move on by hours=, minutes=, seconds= …"""
        self.moment += dt.timedelta(**delta)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=database_url, secret_key="secret of a test", secure_cookies=False)


@pytest.fixture
def blobs() -> BlobStore:
    return memory_store()


@pytest.fixture
def parts(settings: Settings, blobs: BlobStore) -> Parts:
    return replace(real_parts(settings), blobs=blobs)


@pytest.fixture
def make_app(settings: Settings, clock: Clock) -> Iterator[Callable[[Parts], Flask]]:
    """Apps with other parts on the same database; all are closed at the end."""
    with ExitStack() as closing:

        def make(parts: Parts) -> Flask:
            app = create_app(settings, parts, FIELDAPP_CLOCK=clock)
            with app.app_context():
                closing.callback(db.engine.dispose)
            return app

        yield make


@pytest.fixture
def app(make_app: Callable[[Parts], Flask], parts: Parts) -> Flask:
    app = make_app(parts)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def database(settings: Settings) -> Iterator[Session]:
    engine = make_engine(settings.database_url)
    with Session(engine, expire_on_commit=False) as session:
        people.agency(session)
        session.commit()
        yield session
    engine.dispose()
