"""Print how long the phone's own solver takes for what is left of a day, on a slow phone.

Chromium with its page's processor four times slower; days of 25 stops in and around a town, half of them with windows,
with lunch. Each day is solved in a page of its own, as on a phone that re-plans once: nothing is compiled yet.
"""

import json
import math
import statistics
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import sync_playwright

from tools.bench.rest import load_at_rest
from tools.browser import ADVICE
from tools.browser import find_browser

FOLDER = Path(__file__).resolve().parent.parent / "fieldapp"
STOPS = 25
DAYS = 12
ROUNDS = 3
SLOWER = 4
BUDGET_MS = 100
HOUR = 3600
SOLVE = """async (rest) => {
  const { solve } = await import('/static/js/day/solver.js');
  const begun = performance.now();
  solve(rest);
  return performance.now() - begun;
}"""


class Files(SimpleHTTPRequestHandler):
    """The program's own files, without a word."""

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def day(seed: int) -> dict[str, Any]:
    """A day from 8 to 17 in the form of timetable.js; in every second one not all stops fit."""
    random = Random(seed)
    spread = 1200 if seed % 2 else 300
    places = [(0.0, 0.0), (0.0, 0.0)] + [(random.gauss(0, spread), random.gauss(0, spread)) for _ in range(STOPS)]
    stops = []
    for row in range(2, STOPS + 2):
        opens = random.randint(8 * HOUR, 15 * HOUR)
        windows = [[opens, opens + random.randint(1, 3) * HOUR]] if random.random() < 0.5 else [[0, 48 * HOUR]]
        priority = random.choice([10, 20, 50, 100])
        stops.append({"id": str(row), "row": row, "service_s": 600, "windows": windows, "priority": priority})
    travel = [[math.ceil(math.dist(one, other)) for other in places] for one in places]
    lunch = {"seconds": 1800, "earliest": 11.5 * HOUR, "latest": 13.5 * HOUR}
    return {"begin": 8 * HOUR, "end": 17 * HOUR, "lunch": lunch, "stops": stops, "travel": travel}


def measure(browser: Browser, address: str, rest: dict[str, Any]) -> float:
    """Milliseconds for one day in a new page."""
    page = browser.new_page()
    page.goto(f"{address}/static/icons.svg")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took: float = page.evaluate(SOLVE, rest)
    page.close()
    return took


def main() -> int:
    """Measure; 1 when the budget is not kept."""
    path = find_browser()
    if path is None:
        sys.exit(ADVICE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(FOLDER)))
    Thread(target=server.serve_forever, daemon=True).start()
    load = load_at_rest()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.server_port}"
        rounds = [[measure(browser, address, day(seed)) for seed in range(DAYS)] for _round in range(ROUNDS)]
        browser.close()
    server.shutdown()
    times = [time for one in rounds for time in one]
    median = statistics.median(times)
    print(f"re-plan on the phone: {STOPS} stops, {DAYS} days {ROUNDS} times, {SLOWER} times slower, load {load:.1f}")
    print(f"  median {median:.0f} ms, most {max(times):.0f} ms; median at most {BUDGET_MS}")
    for one in rounds:
        print(json.dumps([round(time) for time in one]))
    return 0 if median <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
