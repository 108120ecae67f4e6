"""Print whether the pages keep their budgets on a slow phone behind a slow network.

Chromium with its page's processor four times slower, `fieldapp serve` with the demo's people, and between them a proxy
that shares a bandwidth and adds a latency, a round trip for each new connection too. What is measured is HTTP/1.1
without TLS: an office's HTTPS proxy adds a round trip for TLS and takes away the queueing of requests by HTTP/2. TCP's
slow start is not part of it. Bytes are counted at the proxy, with their headers. A visit page is usable when its first
answer was tapped and is on the disk, Today when its next stop can be tapped. Taps are measured on a phone that has its
day; beside them is told what they take on a new one, which fetches worker, shell and day on the same two processors.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Playwright
from playwright.sync_api import sync_playwright

from tools.bench.office import Office
from tools.bench.office import open_office
from tools.bench.pages import again
from tools.bench.pages import cold
from tools.bench.pages import ready
from tools.bench.pages import visit_path
from tools.bench.phone import new_phone
from tools.bench.photos import measure_photo
from tools.bench.photos import picture
from tools.bench.queue import measure_queue
from tools.bench.readable import measure_readable
from tools.bench.report import Report
from tools.bench.rest import load_at_rest
from tools.bench.road import SLOW_3G
from tools.bench.road import SLOW_4G
from tools.bench.road import Profile
from tools.bench.road import Road
from tools.bench.taps import measure_taps

BUDGETS = {SLOW_4G: 1.1, SLOW_3G: 2.5}
PARTS = ("cold", "again", "taps", "photo", "queue", "readable")


def main() -> int:
    """Measure; 1 when a budget is not kept."""
    options = _options()
    load = load_at_rest()
    print(f"phone: median of {options.runs} runs; {os.cpu_count()} processors, load {load:.1f} before the start"
          f"{', too busy for times to mean much' if load > 1 else ''}", flush=True)  # fmt: skip
    report = Report()
    with tempfile.TemporaryDirectory(prefix="fieldapp-bench-") as name, open_office(Path(name)) as office:
        road = Road(office.server.port).start()
        with sync_playwright() as playwright:
            _measure(playwright, office, road, report, options)
        road.stop()
    return 0 if all(report.kept) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--waterfall", action="store_true", help="print the requests of each first cold load")
    return parser.parse_args()


def _measure(playwright: Playwright, office: Office, road: Road, report: Report, options: argparse.Namespace) -> None:
    for profile in BUDGETS:
        print(f"{profile.name}: {profile.down / 1e6:g} Mbit/s down, {profile.up / 1e6:g} up, "
              f"{profile.round_trip * 1000:.0f} ms")  # fmt: skip
        if "cold" in options.parts:
            _cold(playwright, office, road, profile, report, options)
        if "again" in options.parts:
            _again(playwright, office, road, profile, report, options.runs)
    if "readable" in options.parts:
        content = picture(4.0)
        with new_phone(playwright, office, road) as phone:
            report.readable(SLOW_4G.name, *measure_readable(phone, content, SLOW_4G))
    print("on the phone itself")
    if "taps" in options.parts:
        with new_phone(playwright, office, road) as phone:
            first = measure_taps(phone)
        with new_phone(playwright, office, road) as phone:
            ready(phone)
            report.taps(measure_taps(phone), first)
    if "photo" in options.parts:
        content = picture()
        with new_phone(playwright, office, road) as phone:
            report.photo([measure_photo(phone, content) for _ in range(options.runs)])
    if "queue" in options.parts:
        with new_phone(playwright, office, road) as phone:
            report.queue(measure_queue(phone))


def _cold(
    playwright: Playwright, office: Office, road: Road, profile: Profile, report: Report, options: argparse.Namespace
) -> None:
    for what, path in (("visit page", visit_path(office)), ("Today", "/today")):
        loads = [cold(playwright, office, road, profile, path) for _ in range(options.runs)]
        report.cold(what, loads, BUDGETS[profile])
        if options.waterfall:
            print("\n".join(loads[0].waterfall))


def _again(playwright: Playwright, office: Office, road: Road, profile: Profile, report: Report, runs: int) -> None:
    with new_phone(playwright, office, road) as phone:
        ready(phone)
        for what, path in (("Today", "/today"), ("visit page", visit_path(office))):
            report.again(f"{what}, warm", [again(phone, profile, path, signal=True) for _ in range(runs)])
            if profile == SLOW_3G:
                report.again(f"{what}, offline", [again(phone, profile, path, signal=False) for _ in range(runs)])


if __name__ == "__main__":
    sys.exit(main())
