"""What the story of a visit asks of a browser: Firefox is driven by Playwright, WebKit by WebDriver."""

from pathlib import Path
from typing import Any
from typing import Protocol

from playwright.sync_api import Page
from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.webelement import WebElement

PATIENCE_MS = 30_000
# the first element that can be seen and holds these words
FIND = """
  const [selector, words, patience] = given;
  const shown = (one) => one.matches('input[type=file]') || one.checkVisibility({ visibilityProperty: true });
  const wanted = (one) => shown(one) && one.textContent.includes(words);
  const find = () => [...document.querySelectorAll(selector)].find(wanted) ?? null;
  const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
  for (let left = patience / 50; left > 0 && !find(); left -= 1) await soon();
"""
TEXT = FIND + "return find()?.textContent.trim() ?? null;"
ELEMENT = FIND + "find()?.scrollIntoView({ block: 'center', behavior: 'instant' }); return find();"
ROWS = """
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('fieldapp');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const count = await new Promise((resolve) => {
    const request = database.transaction(given[0]).objectStore(given[0]).count();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  return count;
"""


class Engine(Protocol):
    """One browser with one page."""

    def open(self, path: str) -> None:
        """Goes to a page of the office and waits until it has loaded."""

    def run(self, script: str, *given: Any) -> Any:
        """What the body of an async function in the page returns; `given` is what it is handed."""

    def tap(self, selector: str, words: str = "") -> None: ...

    def write(self, selector: str, text: str) -> None: ...

    def attach(self, selector: str, file: Path) -> None: ...


class Firefox:
    """Firefox through Playwright."""

    def __init__(self, page: Page):
        self.page = page

    def open(self, path: str) -> None:
        self.page.wait_for_load_state()  # left while it loads, Firefox at times takes the next page for another one's
        self.page.goto(path)

    def run(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(f"async (given) => {{ {script} }}", list(given))

    def tap(self, selector: str, words: str = "") -> None:
        see(self, selector, words)
        self.page.locator(f"{selector} >> visible=true").filter(has_text=words).first.click()

    def write(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)

    def attach(self, selector: str, file: Path) -> None:
        self.page.set_input_files(f"{selector} >> nth=0", file)


class WebKit:
    """WebKitGTK's MiniBrowser through WebDriver."""

    def __init__(self, driver: WebKitGTK, office: str):
        self.driver = driver
        self.office = office

    def open(self, path: str) -> None:
        self.driver.get(self.office + path)

    def run(self, script: str, *given: Any) -> Any:
        ends = "(value) => done({ value }), (error) => done({ error: String(error) })"
        whole = f"const [given, done] = arguments; (async () => {{ {script} }})().then({ends});"
        while True:
            try:
                result = self.driver.execute_async_script(whole, list(given))
            except NoSuchFrameException:  # the page was left meanwhile: the next one is asked
                continue
            assert "error" not in result, result["error"]
            return result.get("value")

    def tap(self, selector: str, words: str = "") -> None:
        self._element(selector, words).click()

    def write(self, selector: str, text: str) -> None:
        field = self._element(selector)
        field.clear()
        field.send_keys(text)

    def attach(self, selector: str, file: Path) -> None:
        self._element(selector).send_keys(str(file.resolve()))

    def _element(self, selector: str, words: str = "") -> WebElement:
        found = self.run(ELEMENT, selector, words, PATIENCE_MS)
        assert isinstance(found, WebElement), absent(self, selector, words)
        return found


def see(engine: Engine, selector: str, words: str = "") -> str:
    """Waits until such an element with these words can be seen; its whole text."""
    found = engine.run(TEXT, selector, words, PATIENCE_MS)
    assert found is not None, absent(engine, selector, words)
    return str(found)


def absent(engine: Engine, selector: str, words: str) -> str:
    """What was looked for, and what is on the page instead."""
    return f"{selector} {words!r} is not on the page:\n{engine.run('return document.body.innerText')}"


def rows(engine: Engine, store: str) -> int:
    """How many rows a store of the phone's database holds."""
    return int(engine.run(ROWS, store))
