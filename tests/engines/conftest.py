"""The live server, the road to it that a test can cut, and the browsers that are not Chromium."""

from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

from tests.engines.road import Road
from tests.live_server import LiveServer
from tests.live_server import live as live
from tools.browser import on_debian_as_root
from tools.engines import WebKitPrograms
from tools.engines import find_firefox
from tools.engines import find_webkit


@pytest.fixture
def road(live: LiveServer) -> Iterator[Road]:
    road = Road(int(urlsplit(live.url).port or 0))
    yield road
    road.cut()


@pytest.fixture
def firefox() -> str:
    """The path of Firefox."""
    return find_firefox() or _missing("Firefox ESR")


@pytest.fixture
def webkit() -> WebKitPrograms:
    """The programs of WebKitGTK."""
    return find_webkit() or _missing("WebKitGTK")


def _missing(name: str) -> NoReturn:
    """Fails where the engine can be installed: there, nobody may do without it."""
    if on_debian_as_root():
        pytest.fail(f"{name} is missing: `python tools/browser.py` installs it, or says why not.", pytrace=False)
    pytest.skip(f"{name} is not installed here: the visit without signal was not made in it")
