"""What `make bench` prints of a phone: a line for each budget, with ok or FAIL."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tools.bench.pages import Load
from tools.bench.queue import PHOTOS
from tools.bench.queue import VISITS
from tools.bench.queue import Queue
from tools.bench.taps import TAPS
from tools.bench.taps import Taps

BEFORE_KB, IN_ALL_KB = 60, 110
PARTS = ("page", "sending", "shell", "pack")
AGAIN_S = 0.35
HEAP_MB = 4
# what a browser itself rounds to nothing
NO_SHIFT = 0.001
TAP_MEDIAN_MS, TAP_WORST_MS = 60, 100
PHOTO_S = 1.0
LONG_MS = 100
READABLE_S = 8.0


@dataclass
class Report:
    """Prints each line as it comes, and knows whether all budgets were kept."""

    kept: list[bool] = field(default_factory=list)

    def line(self, ok: bool, words: str) -> None:
        """One budget."""
        self.kept.append(ok)
        print(f"  {'ok  ' if ok else 'FAIL'} {words}", flush=True)

    def cold(self, what: str, loads: Sequence[Load], seconds: float) -> None:
        """A page that was never seen: median time, most bytes."""
        usable = statistics.median(load.usable for load in loads)
        before, up = max(load.down_before for load in loads) / 1e3, max(load.up_before for load in loads) / 1e3
        requests = max(load.requests_before for load in loads)
        parts = {part: max(load.down.get(part, 0) for load in loads) / 1e3 for part in PARTS}
        self.line(usable <= seconds, f"{what}, cold: usable in {usable:.2f} s{_all(loads)} (at most {seconds:g} s)")
        self.line(before <= BEFORE_KB, f"  {before:.0f} KB came before that, {requests} requests took {up:.0f} KB up "
                                       f"(at most {BEFORE_KB} KB)")  # fmt: skip
        self.line(parts["page"] <= IN_ALL_KB, f"  {parts['page']:.0f} KB for the page in all (at most {IN_ALL_KB} KB)")
        print(f"       beside it {parts['sending']:.0f} KB for its check-in; for no signal {parts['shell']:.0f} KB of "
              f"other pages' files and {parts['pack']:.0f} KB of the day's pages", flush=True)  # fmt: skip
        self.line(max(load.heap for load in loads) <= HEAP_MB,
                  f"  {max(load.heap for load in loads):.1f} MB of JavaScript heap (at most {HEAP_MB} MB)")  # fmt: skip
        self.shifts(loads)

    def again(self, what: str, loads: Sequence[Load]) -> None:
        """A page that the phone has: median time."""
        usable = statistics.median(load.usable for load in loads)
        self.line(usable <= AGAIN_S, f"{what}: usable in {usable:.2f} s{_all(loads)} (at most {AGAIN_S:g} s)")
        self.shifts(loads)

    def shifts(self, loads: Sequence[Load]) -> None:
        """Layout shift: the worst run."""
        worst = max(loads, key=lambda load: load.shifts)
        self.line(worst.shifts < NO_SHIFT, f"  layout shift {worst.shifts:.3f} (none)")
        for moved in worst.moved:
            print(f"       {moved}", flush=True)

    def taps(self, taps: Taps, first: Taps) -> None:
        """Taps on answers: median and worst, and whether each was saved; `first`, on a new phone, is told alone."""
        whole = len(taps.painted) == len(taps.saved) == TAPS
        self.line(whole, f"{len(taps.painted)} taps on answers, {len(taps.saved)} "
                  f"of them saved, in {max(taps.saved, default=0):.0f} ms at worst")  # fmt: skip
        self.line(
            taps.median <= TAP_MEDIAN_MS, f"  painted in {taps.median:.0f} ms, median (at most {TAP_MEDIAN_MS} ms)"
        )
        self.line(
            max(taps.painted) <= TAP_WORST_MS,
            f"  painted in {max(taps.painted):.0f} ms, worst (at most {TAP_WORST_MS} ms)",
        )
        worst = max(first.painted)
        print(
            f"       on a new phone, while it fetches its day: {first.median:.0f} ms, {worst:.0f} ms at worst",
            flush=True,
        )
        self.line(taps.heap <= HEAP_MB, f"  {taps.heap:.1f} MB of JavaScript heap after them (at most {HEAP_MB} MB)")

    def photo(self, seconds: Sequence[float]) -> None:
        """A photo of 3 MB: median."""
        middle = statistics.median(seconds)
        each = ", ".join(f"{one:.2f}" for one in seconds)
        self.line(
            middle <= PHOTO_S,
            f"photo of 3 MB taken, hashed, kept and shown in {middle:.2f} s ({each}; at most {PHOTO_S:g} s)",
        )

    def readable(self, road: str, facts: float, preview: float) -> None:
        """A visit with a photo of 4 MB: facts and preview at the office."""
        self.line(
            preview <= READABLE_S,
            f"visit with a photo of 4 MB, {road}: facts at the office {facts:.1f} s after submitting, "
            f"with a preview {preview:.1f} s (at most {READABLE_S:g} s)",
        )

    def queue(self, queue: Queue) -> None:
        """Forty visits: all kept, no long task."""
        whole = (queue.rows, queue.kept) == (VISITS, VISITS * PHOTOS)
        self.line(whole, f"{queue.rows} visits queued with {queue.kept} photos in {queue.seconds:.0f} s")
        self.line(queue.longest <= LONG_MS, f"  longest task {queue.longest:.0f} ms (at most {LONG_MS} ms)")


def _all(loads: Sequence[Load]) -> str:
    return " (" + ", ".join(f"{load.usable:.2f}" for load in loads) + ")"
