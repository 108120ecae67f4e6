"""What went over the wire, counted where it passes: bytes with their headers, and whose they were."""

import re
import time
from collections import Counter
from dataclasses import dataclass
from dataclasses import field

from fieldapp.web.assets import map_files
from fieldapp.web.assets import needed

PAGES = [path for entry in ("visit", "visit/screen", "field") for path in needed(f"static/js/{entry}.js")]
# what makes the phone ready for no signal, beside the worker itself
READY = {"static/js/offline.js", *needed("static/js/offline.js")} - set(PAGES)
# what a page that has nothing to send does not load; a visit that has begun sends its check-in
SENDING = {"service-worker/drain.js", *needed("service-worker/drain.js")} - set(PAGES) - READY
SENT = {b"/sync", b"/devices", b"/.well-known/jwks.json"}  # receipts are checked with the last
# workers and what they fetch: they come when the page is there already
WORKERS = (b"/worker.js", b"/sender.js")
REQUEST = re.compile(rb"([A-Z]+) (/[^ ]*) HTTP/1\.1\r\n")


@dataclass
class Exchange:
    """A request with its answer.

    `part`: page, sending (of the check-in), shell (what makes the phone ready: modules, the worker and what it
    fetches), pack (the day's other pages, and what their maps need).
    """

    path: str
    part: str
    began: float
    up: int = 0
    down: int = 0
    last: float = 0.0


@dataclass
class Connection:
    """What passed over one connection; HTTP/1.1, so that one exchange follows the other."""

    wire: "Wire"
    opened: float
    exchanges: list[Exchange] = field(default_factory=list)

    def up(self, data: bytes) -> None:
        """Note bytes of the phone."""
        found = REQUEST.match(data)
        if found:
            self.exchanges.append(Exchange(found[2].decode(), _part(found[2], data), time.time()))
            self.wire.exchanges.append(self.exchanges[-1])
        self.wire.note("up", len(data))
        if self.exchanges:
            self.exchanges[-1].up += len(data)

    def down(self, data: bytes) -> None:
        """Note bytes of the office."""
        self.wire.note("down", len(data))
        if self.exchanges:
            self.exchanges[-1].down += len(data)
            self.exchanges[-1].last = time.time()


class Wire:
    """All that passed since the last `clear()`; times are seconds of the system's clock, as the page has them."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget."""
        self.passed: list[tuple[float, str, int]] = []
        self.exchanges: list[Exchange] = []
        self.connections = 0

    def connected(self) -> Connection:
        """A new connection."""
        self.connections += 1
        return Connection(self, time.time())

    def note(self, direction: str, size: int) -> None:
        """Count bytes as they arrive."""
        self.passed.append((time.time(), direction, size))

    def until(self, moment: float, direction: str) -> int:
        """Bytes in one direction up to this moment."""
        return sum(size for at, way, size in list(self.passed) if at <= moment and way == direction)

    def requests_until(self, moment: float) -> int:
        """Requests that had begun by this moment."""
        return sum(each.began <= moment for each in list(self.exchanges))

    def parts(self, direction: str) -> Counter[str]:
        """Bytes in one direction by part."""
        found: Counter[str] = Counter()
        for each in list(self.exchanges):
            found[each.part] += each.down if direction == "down" else each.up
        return found

    def quiet_for(self) -> float:
        """Seconds since the last byte."""
        return time.time() - self.passed[-1][0] if self.passed else 0.0


def _part(path: bytes, head: bytes) -> str:
    low, name = head.lower(), "/".join(path.decode().split("/")[3:])
    if b"\r\nfieldapp-poll:" in low or path.decode() in map_files():
        return "pack"
    if path.split(b"?")[0] in WORKERS or any(b"%s\r\n" % worker in low for worker in WORKERS) or b"/sender.js?" in low:
        return "shell"
    if name in READY:
        return "shell"
    if name in SENDING or path in SENT:
        return "sending"
    return "page"
