"""A phone on the road: a real browser on a profile that outlives it, killed and opened again at any moment."""

import base64
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from typing import TypeVar

from playwright.sync_api import BrowserContext
from playwright.sync_api import BrowserType
from playwright.sync_api import Error
from playwright.sync_api import Page

from tests import people
from tests.chromium import ARGUMENTS
from tests.live_server import HERE
from tests.live_server import PHONE
from tools.browser import find_browser

STEPS = (Path(__file__).parent / "steps.js").read_text(encoding="utf-8")
OPEN_SECONDS = 60
T = TypeVar("T")


class Phone:
    """`page` is the page that the officer looks at. Everything else lives in the profile, as on a phone's disk."""

    def __init__(self, browser: BrowserType, profile: Path, url: str, **options: Any):
        """`options` are more of those that Playwright knows for a browser's context."""
        self.browser, self.profile, self.url, self.options = browser, profile, url, options
        self.context: BrowserContext | None = None
        self.kills = 0
        self.start()

    def start(self) -> None:
        self.context = self.browser.launch_persistent_context(
            self.profile, executable_path=find_browser(), args=ARGUMENTS, base_url=self.url,
            viewport=PHONE, has_touch=True, geolocation=HERE, permissions=["geolocation", "background-sync"],
            **self.options,
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.process = browser_process(self.profile)

    def kill(self) -> None:
        """SIGKILL, now."""
        os.kill(self.process, signal.SIGKILL)
        self.kills += 1

    def kill_after(self, seconds: float) -> threading.Timer:
        """SIGKILL so many seconds from now, while this thread does something with the phone."""
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        return timer

    def reopen(self) -> None:
        """Opens the same profile after a kill."""
        self.close()
        self.start()

    def close(self) -> None:
        if self.context:
            with suppress(Error):  # it was killed
                self.context.close()
        self.context = None

    def sign_in(self, officer: str, email: str) -> None:
        """By the page for it, again and again until it works."""
        assert self.context
        self.context.clear_cookies()
        self.persevere(f"Signing in as {email}", lambda: self._sign_in(officer, email))

    def open(self, path: str, wanted: str) -> None:
        """Opens a page as often as it takes until `wanted` is there."""
        self.persevere(f"Opening {path}", lambda: self._open(path, wanted))

    def step(self, name: str, **given: Any) -> Any:
        """One step through the modules of the page that is open."""
        return step(self.page, name, **given)

    def take_photo(self, draft: dict[str, Any], id: str, content: bytes) -> str:
        """Keeps a photo for the draft; returns the SHA-256 that the phone found."""
        return take_photo(self.page, draft, id, content)

    def persevere(self, what: str, work: Callable[[], T]) -> T:
        """Does it again while the road is against it, for a minute at most. A browser that was killed ends it."""
        until = time.monotonic() + OPEN_SECONDS
        while True:
            try:
                return work()
            except Error as error:
                if time.monotonic() > until and self.context:
                    raise AssertionError(
                        f"{what} did not work within {OPEN_SECONDS} s; last {self.page.url}: {error}"
                    ) from error
                if self.page.is_closed():
                    raise

    def _sign_in(self, officer: str, email: str) -> None:
        self.page.goto("/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", people.PASSWORD)
        self.page.click("button:has-text('Sign in')")
        self.page.wait_for_selector(f"body[data-officer='{officer}']", state="attached", timeout=5000)

    def _open(self, path: str, wanted: str) -> None:
        self.page.goto(path)
        self.page.wait_for_selector(wanted, state="attached", timeout=5000)


def step(page: Page, name: str, **given: Any) -> Any:
    """One step of steps.js in a page of the app."""
    return page.evaluate(STEPS, {"step": name, **given})


def take_photo(page: Page, draft: dict[str, Any], id: str, content: bytes) -> str:
    """Keeps a photo for the draft; returns the SHA-256 that the phone found."""
    found: str = step(page, "photo", draft=draft, id=id, base64=base64.b64encode(content).decode())
    return found


def browser_process(profile: Path) -> int:
    """The main process of the browser that runs on this profile."""
    found = [(pid, words) for pid, words in processes() if f"--user-data-dir={profile}" in words]
    (process,) = [pid for pid, words in found if "--type=" not in words]
    return process


def processes() -> Iterator[tuple[int, str]]:
    """Every process with its command line."""
    if Path("/proc/self/cmdline").exists():
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                yield int(file.parent.name), file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue  # it has ended
        return
    listed = subprocess.run(["ps", "-A", "-o", "pid=", "-o", "args="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        pid, _, words = line.strip().partition(" ")
        yield int(pid), words
