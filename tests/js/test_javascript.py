"""Runs the phone's modules in a real browser: each sentence of tests/js/*.test.js is one test."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from typing import ClassVar

import pytest
from playwright.sync_api import Browser

from fieldapp.web.headers import CSP

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVED = {
    "/tests/js/": HERE,
    "/tests/data/photos/": ROOT / "tests" / "data" / "photos",
    "/service-worker/": ROOT / "service-worker",
    "/static/": ROOT / "fieldapp" / "static",
    "/fieldapp/checklists/": ROOT / "fieldapp" / "checklists",
}
MODULES = sorted(HERE.glob("*.test.js"))
SENTENCE = re.compile(r"""^  (?:'([^'\n]+)'|"([^"\n]+)")(?:: async |: \(|\()""", re.MULTILINE)


class Files(SimpleHTTPRequestHandler):
    """The folders that test pages may read, under the content security policy of the product."""

    extensions_map: ClassVar[dict[str, str]] = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def translate_path(self, path: str) -> str:
        path = path.partition("?")[0]
        for prefix, folder in SERVED.items():
            inside = (folder / path.removeprefix(prefix)).resolve()
            if path.startswith(prefix) and inside.is_relative_to(folder):
                return str(inside)
        return str(ROOT / "does-not-exist")

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: pytest's output is for results."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(ROOT)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def results() -> dict[str, dict[str, str | None]]:
    """What is known already, by module: a module runs once, in one page."""
    return {}


def sentences(module: Path) -> list[str]:
    return [single or double for single, double in SENTENCE.findall(module.read_text(encoding="utf-8"))]


def run_module(chromium: Browser, address: str, module: Path) -> dict[str, str | None]:
    context = chromium.new_context()
    try:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(error.stack or error.message))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/tests/js/harness/page.html?module=/tests/js/{module.name}")
        outcome: dict[str, str | None] | None = page.evaluate("() => window.results")
        assert outcome is not None, f"{module.name} could not be run:\n" + "\n".join(problems)
        return outcome | {"no error beside the tests": "\n".join(problems) or None}
    finally:
        context.close()


def cases() -> Iterator[Any]:
    for module in MODULES:
        group = pytest.mark.xdist_group(f"javascript-{module.name}")
        for sentence in [*sentences(module), "no error beside the tests"]:
            yield pytest.param(module, sentence, id=f"{module.name.removesuffix('.test.js')}: {sentence}", marks=group)


@pytest.mark.parametrize(("module", "sentence"), [*cases()])
def test_the_phone_does_as_the_sentence_says(
    module: Path, sentence: str, chromium: Browser, address: str, results: dict[str, dict[str, str | None]]
) -> None:
    if module.name not in results:
        results[module.name] = run_module(chromium, address, module)
    outcome = results[module.name]
    not_found = set(outcome) - {*sentences(module), "no error beside the tests"}
    assert not not_found, f"Write these at the start of a line, so that each is a test of its own: {not_found}"
    if (problem := outcome[sentence]) is not None:
        pytest.fail(problem.replace(address, ""), pytrace=False)
