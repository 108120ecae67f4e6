"""A phone with the service worker: ready for no signal, cut off, and what it keeps."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.live_server import LiveServer

WAITING = "Boolean((await navigator.serviceWorker.getRegistration())?.waiting)"
AGE = """async (hours) => {
  const pack = await caches.open('day-pack');
  const list = await pack.match('/day-pack', { ignoreVary: true });
  const headers = new Headers(list.headers);
  headers.set('Fieldapp-Kept', new Date(Date.now() - hours * 3_600_000).toISOString());
  await pack.put('/day-pack', new Response(await list.text(), { headers }));
}"""


def get_ready(page: Page) -> Page:
    """Opens Today and waits until the phone says that it has every page of the day."""
    page.goto("/today")
    return see_ready(page)


def see_ready(page: Page) -> Page:
    """Waits on the page that is open until it says that the phone has every page of the day."""
    ready = page.locator("[data-pack][data-tone=ok]")
    expect(ready).to_be_visible()
    kept, total = ready.inner_text().removeprefix("Ready for no signal: ").split(" of ")
    assert kept == total
    return page


def lose_signal(live: LiveServer, page: Page) -> None:
    """The phone knows that it has no network, and nothing on it reaches the office.

    Telling the browser alone is not enough: an arrival once came all the same. Its worker had not heard, it seems.
    """
    page.context.set_offline(True)
    live.cut_off(True)


def find_signal(live: LiveServer, page: Page) -> None:
    """The network is back, and the phone hears of it."""
    live.cut_off(False)
    page.context.set_offline(False)


def caches_of(page: Page) -> list[str]:
    """The names of the phone's caches."""
    names: list[Any] = page.evaluate("() => caches.keys()")
    return sorted(names)


def age_pack(page: Page, hours: float) -> None:
    """Makes the day pack as old as that."""
    page.evaluate(AGE, hours)


def wait_until(page: Page, condition: str) -> None:
    """Waits in the page until an expression, which may await, is true."""
    again = "new Promise((resolve) => setTimeout(resolve, 50))"
    page.evaluate(f"async () => {{ for (let left = 400; left && !({condition}); left--) await {again}; }}")
    assert page.evaluate(f"async () => ({condition})"), condition


def build_of(path: str) -> str:
    """An expression: of which build the phone's copy of a page is, or its list of the day's pages (`/day-pack`)."""
    copy = f"(await (await caches.open('day-pack')).match('{path}', {{ ignoreVary: true }}))"
    return f"{copy}?.headers.get('Fieldapp-Build')"


def hear_of(page: Page, build: str) -> None:
    """Opens Today until the phone has the version that the office has released, waiting.

    The first Today may be of the build before, and from such a page Chromium does not always find the new version.
    """
    page.goto("/today")
    wait_until(page, f"{build_of('/day-pack')} === '{build}'")
    page.goto("/today")
    wait_until(page, WAITING)


def close_until_taken_over(page: Page) -> Page:
    """Closes the app while a new version waits, until that one has taken over; gives a page to open the app with.

    No hand opens it again in the hundredths of a second in which the old worker stops; for who does, Chromium is silent
    for 40 s and more (docs/adr/0011-worker-and-day-pack.md).
    """
    again = page.context.new_page()
    devtools = page.context.new_cdp_session(again)
    states: dict[str, str] = {}

    def note(event: dict[str, Any]) -> None:
        states.update({version["versionId"]: version["status"] for version in event["versions"]})

    def wait_for(condition: Callable[[], bool]) -> None:
        for _ in range(400):
            if condition():
                return
            again.wait_for_timeout(50)
        raise AssertionError(states)

    devtools.on("ServiceWorker.workerVersionUpdated", note)
    devtools.send("ServiceWorker.enable")
    wait_for(lambda: "installed" in states.values())
    page.close()
    wait_for(lambda: not {"installed", "activating"} & {*states.values()})
    devtools.detach()
    return again
