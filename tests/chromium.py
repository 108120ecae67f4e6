"""pytest plugin: one Playwright, and one Chromium, for all browser tests of a run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Playwright
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright

from tools.browser import ADVICE
from tools.browser import find_browser

# how long a test waits for what it expects on a page; how fast that comes is not a test's matter but of `make bench`
PATIENCE_MS = 20_000
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; a process can have one of them only."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A running headless Chromium; a test makes its own contexts in it and closes them."""
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()
