"""The real app on a real port, for tests in a browser; tests/browser/conftest.py hands the fixtures out.

`live`      a LiveServer on a SQLite database of its own; `live.url`, `live.session()` to arrange and look
`phone_page`  makes pages of a phone (390 × 844) that is at people.HOME and signed in as the given user
"""

import threading
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from sqlalchemy import Engine
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer
from werkzeug.serving import WSGIRequestHandler
from werkzeug.serving import make_server

from fieldapp.app import create_app
from fieldapp.models.engine import make_engine
from fieldapp.models.user import User
from fieldapp.settings import Settings
from fieldapp.web.database import db
from tests import people

PHONE = {"width": 390, "height": 844}
HERE = {"latitude": people.HOME[0] + 0.00028, "longitude": people.HOME[1], "accuracy": 8.0}
PhonePages = Callable[..., Page]
CUT_OFF = "FIELDAPP_TEST_CUT_OFF"


@dataclass
class LiveServer:
    """A running app. Sessions must be committed before the app sees anything, and closed before the test ends."""

    url: str
    app: Flask
    engine: Engine

    def cut_off(self, cut: bool) -> None:
        """Whether each connection is closed from now on without an answer, as if there were no way to the office."""
        self.app.config[CUT_OFF] = cut

    def session(self) -> Session:
        """A session on the app's database; use it with `with`."""
        return Session(self.engine, expire_on_commit=False)

    def writing(self) -> Session:
        """A session that waits its turn to write, as phones write at any moment; use it with `with`."""
        session = self.session()
        session.execute(update(User).values(phone=User.phone))
        return session


class Quiet(WSGIRequestHandler):
    """Says nothing: pytest's output is for results. A connection that stays silent is given up."""

    timeout = 5
    server: BaseWSGIServer

    def handle(self) -> None:
        if not cast(Flask, self.server.app).config.get(CUT_OFF):
            super().handle()

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextmanager
def serving(settings: Settings, **config: Any) -> Iterator[tuple[str, Flask]]:
    """Runs the app with these settings on a free port; gives its address and the app."""
    app = create_app(settings, **config)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = False  # server_close() waits for answers under way, so that none leaves a file open
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}", app
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def live(sqlite_url: str, tmp_path: Path) -> Iterator[LiveServer]:
    settings = Settings(data_dir=tmp_path, database_url=sqlite_url, secret_key="secret of a test", secure_cookies=False)
    engine = make_engine(sqlite_url)
    with Session(engine) as session:
        people.agency(session)
        session.commit()
    with serving(settings) as (url, app):
        yield LiveServer(url, app, engine)
    engine.dispose()


@pytest.fixture
def phone_page(chromium: Browser, live: LiveServer) -> Iterator[PhonePages]:
    contexts: list[BrowserContext] = []

    def open_page(user: User | None = None, *, at: dict[str, float] | None = HERE, **options: object) -> Page:
        # the worker answers what these tests route; tests/browser/test_offline_*.py are about the worker
        options = {"service_workers": "block", **options}
        granted = {"geolocation": at, "permissions": ["geolocation"]} if at else {"permissions": []}
        context = chromium.new_context(base_url=live.url, viewport=PHONE, has_touch=True, **granted, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.problems = []  # type: ignore[attr-defined]  # a mark of ours on the page
        page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
        if user:
            sign_in(page, user)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, user: User) -> None:
    """Signs the user in through the page."""
    page.goto("/sign-in")
    page.fill("[name=email]", user.email)
    page.fill("[name=password]", people.PASSWORD)
    page.click("button:has-text('Sign in')")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def problems_of(page: Page) -> list[str]:
    """The errors that nobody caught on a page that the fixture opened."""
    found: list[str] = page.problems  # type: ignore[attr-defined]  # the fixture's own mark on the page
    return found
