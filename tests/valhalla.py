"""A Valhalla on this machine that says what a real one said of the same places, or nothing, or nonsense."""

import json
import math
import threading
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from fieldapp.domain.routing.request import Place

RECORDED = json.loads((Path(__file__).parent / "adapters" / "valhalla.json").read_text(encoding="utf-8"))
PLACES = [Place(lat, lon) for lat, lon in RECORDED["places"]]
OFF_THE_MAP = Place(*RECORDED["off_the_map"])
TIMES = RECORDED["matrix"][1]["sources_to_targets"]


class FakeValhalla(ThreadingHTTPServer):
    """`asked` are the questions so far as (action, question); `mood` says what becomes of the next ones:

    right    as recorded; for places that were not, made-up roads of ten meters a second
    verbose  the same in the longer form of the matrix
    silent   takes the question and never answers
    drip     answers a byte at a time, each in time
    endless  answers with more than anybody could want
    else     the status and body that `answer` holds
    """

    daemon_threads = True
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, Any]] = []
        self.mood = "right"
        self.answer = (200, b"")
        self.made = RECORDED["status"]["tileset_last_modified"]
        self.over = threading.Event()
        self.before_answer: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def questions(self, action: str) -> list[Any]:
        return [question for asked, question in self.asked if asked == action]

    def says(self, status: int, body: bytes | Any) -> None:
        """From now on it answers everything with this."""
        self.mood, self.answer = "else", (status, body if isinstance(body, bytes) else json.dumps(body).encode())


@contextmanager
def valhalla() -> Iterator[FakeValhalla]:
    """One that runs for the time of a test."""
    server = FakeValhalla()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: FakeValhalla

    def do_GET(self) -> None:
        self._take(None)

    def do_POST(self) -> None:
        self._take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _take(self, question: Any) -> None:
        action = self.path.strip("/")
        self.server.asked.append((action, question))
        if self.server.mood == "silent":
            self.server.over.wait(30)
            return
        self.server.before_answer()
        status, body = self._answer(action, question)
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=utf-8")
        self.end_headers()
        try:
            if self.server.mood == "drip":
                while not self.server.over.wait(0.05):
                    self.wfile.write(b" ")
            while self.server.mood == "endless":
                self.wfile.write(b" " * 65536)
            self.wfile.write(body)
        except OSError:  # whoever asked has gone
            return

    def _answer(self, action: str, question: Any) -> tuple[int, bytes]:
        if self.server.mood == "else":
            return self.server.answer
        status, found = answer(action, question, verbose=self.server.mood == "verbose")
        if action == "status":
            found = {**found, "tileset_last_modified": self.server.made}
        return status, json.dumps(found).encode()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def answer(action: str, question: Any, verbose: bool = False) -> tuple[int, Any]:
    """What the real one says."""
    if action == "status":
        return 200, RECORDED["status"]
    if action == "sources_to_targets":
        return _matrix(question, verbose)
    places = [_place(one) for one in question["locations"]]
    if action == "locate":
        located = {tuple(map(float, at)): found for at, found in zip(_located_at(), RECORDED["locate"][1], strict=True)}
        return 200, [located.get((place.lat, place.lon), {"edges": [{}], "nodes": []}) for place in places]
    if OFF_THE_MAP in places:
        return tuple(RECORDED["off_route"])
    if places == PLACES[:3]:
        return tuple(RECORDED["route"])
    return 200, {"trip": {"legs": [{"shape": _straight(a, b)} for a, b in pairwise(places)]}}


def _matrix(question: Any, verbose: bool) -> tuple[int, Any]:
    sources, targets = ([_place(one) for one in question[ends]] for ends in ("sources", "targets"))
    if OFF_THE_MAP in sources + targets:
        return tuple(RECORDED["off_matrix"])
    seconds = [[_cell("durations", a, b) for b in targets] for a in sources]
    distances = [[_cell("distances", a, b) for b in targets] for a in sources]
    table: Any = {"durations": seconds, "distances": distances}
    if verbose:
        rows = (zip(times, roads, strict=True) for times, roads in zip(seconds, distances, strict=True))
        table = [[{"time": time, "distance": distance} for time, distance in row] for row in rows]
    return 200, {"sources_to_targets": table, "units": "kilometers", "algorithm": "costmatrix"}


def _cell(name: str, a: Place, b: Place) -> float:
    if a in PLACES and b in PLACES:
        value: float = TIMES[name][PLACES.index(a)][PLACES.index(b)]
        return value
    meters = 150_000 * math.dist((a.lat, a.lon), (b.lat, b.lon))
    return round(meters / 10) if name == "durations" else round(meters / 1000, 3)


def _place(location: Any) -> Place:
    return Place(location["lat"], location["lon"])


def _located_at() -> Iterator[tuple[float, float]]:
    yield from RECORDED["places"]
    yield OFF_THE_MAP.lat, OFF_THE_MAP.lon


def _straight(a: Place, b: Place) -> str:
    numbers = [round(a.lat * 1e6), round(a.lon * 1e6), round((b.lat - a.lat) * 1e6), round((b.lon - a.lon) * 1e6)]
    return "".join(map(encode, numbers))


def encode(number: int) -> str:
    """One number of a polyline."""
    value = ~(number << 1) if number < 0 else number << 1
    text = ""
    while value >= 32:
        text, value = text + chr((value & 31 | 32) + 63), value >> 5
    return text + chr(value + 63)
