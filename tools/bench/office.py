"""The office that phones are measured against: the demo's people, and `fieldapp serve` as an operator starts it."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor
from urllib.request import build_opener

from fieldapp.cli.demo import PASSWORD
from fieldapp.cli.demo import demo_settings
from fieldapp.cli.demo import prepare
from tools.load.server import Running
from tools.load.server import serving

OFFICER = "officer1@demo.example"


@dataclass(frozen=True)
class Office:
    """A server with a day's work. `cookie` is the officer's session; `stop` the id of a stop that is still open."""

    server: Running
    cookie: str
    stop: str


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Make the demo in this folder and serve it until the block ends."""
    prepare(demo_settings({"FIELDAPP_DATA_DIR": str(folder)}), at=dt.datetime.now(dt.UTC))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    env = {**kept, "FIELDAPP_DATA_DIR": str(folder), "FIELDAPP_SECURE_COOKIES": "no"}
    with serving(env, folder) as server:
        cookie, today = sign_in(server, OFFICER)
        found = re.search(r'href="/stops/([0-9a-f-]{36})/briefing"', today)
        if not found:
            raise SystemExit("The demo's officer has no open stop today: nothing to measure.")
        yield Office(server, cookie, found[1])


def sign_in(server: Running, email: str) -> tuple[str, str]:
    """The session's cookie, and the page that signing in leads to; not over the slow road."""
    jar = CookieJar()
    form = urlencode({"email": email, "password": PASSWORD}).encode()
    with build_opener(HTTPCookieProcessor(jar)).open(f"http://127.0.0.1:{server.port}/sign-in", form) as answer:
        page = answer.read().decode()
    return next(cookie.value or "" for cookie in jar if cookie.name == "fieldapp"), page
