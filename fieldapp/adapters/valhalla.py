"""A Valhalla asked over HTTP: which roads it has, how long it takes between places, and where the road runs."""

import hashlib
import logging
import math
import threading
import time
from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from typing import Any
from typing import TypeVar

from fieldapp.adapters.timed_http import Answer
from fieldapp.adapters.timed_http import NoAnswer
from fieldapp.adapters.timed_http import ask
from fieldapp.adapters.valhalla_answers import SNAP_M
from fieldapp.adapters.valhalla_answers import BadAnswer
from fieldapp.adapters.valhalla_answers import join
from fieldapp.adapters.valhalla_answers import read_json
from fieldapp.adapters.valhalla_answers import read_line
from fieldapp.adapters.valhalla_answers import read_located
from fieldapp.adapters.valhalla_answers import read_matrix
from fieldapp.adapters.valhalla_answers import read_refusal
from fieldapp.adapters.valhalla_answers import read_version
from fieldapp.domain.roads.leg import Leg
from fieldapp.domain.roads.leg import NoRoads
from fieldapp.domain.routing.request import Place

log = logging.getLogger(__name__)

LIMIT_S = 2.0
REST_S = 30.0
VERSION_HOLDS_S = 600.0

MOST_PAIRS = 2500
MOST_ON_A_LINE = 20
"""Valhalla's own limits, unless who runs it sets others."""

OFF_THE_MAP = (154, 170, 171)
"""Its errors for places too far apart, on roads that do not meet, and with no road near."""

GENERALIZE_M = 5
DRIVING = {"costing": "auto", "units": "kilometers"}


Found = TypeVar("Found")


class OffTheMap(Exception):
    """Some of the places cannot be reached on this road map."""


class Deadline:
    """The moment by which all questions of one lookup must be answered."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then, not below 0."""
        return max(0.0, self._end - time.monotonic())


class Valhalla:
    """One road service. Safe to use from several threads.

    A lookup has `limit_s` seconds in all for each `MOST_PAIRS` pairs. After one that failed nothing is asked for
    `rest_s` seconds: whoever plans then gets the answer "none" at once. Only positions leave the agency, rounded to
    a meter, in the body of the request; neither they nor the address are logged.
    """

    def __init__(
        self, url: str, *, limit_s: float = LIMIT_S, rest_s: float = REST_S, clock: Callable[[], float] = time.monotonic
    ):
        self.url = url
        self.source = f"valhalla-{hashlib.sha256(url.encode()).hexdigest()[:16]}"
        self.limit_s = limit_s
        self.rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._rest_until = -math.inf
        self._version: str | None = None
        self._version_until = -math.inf

    def deadline(self, pairs: int = 1) -> Deadline:
        """Return how long a lookup of so many pairs may take from now on."""
        return Deadline(self.limit_s * max(1, math.ceil(pairs / MOST_PAIRS)))

    def version(self, deadline: Deadline) -> str:
        """Return which road data it has, asked every ten minutes; "" where it does not say. Raises NoRoads."""
        with self._lock:
            if self._version is not None and self._clock() < self._version_until:
                return self._version
        found = self._read(self._ask("status", None, deadline), read_version)
        with self._lock:
            self._version, self._version_until = found, self._clock() + VERSION_HOLDS_S
        return found

    def matrix(self, sources: Sequence[Place], targets: Sequence[Place], deadline: Deadline) -> list[list[Leg | None]]:
        """Return the leg from each source to each target, None where no road leads. Raises OffTheMap, NoRoads."""
        step = max(1, MOST_PAIRS // max(1, len(targets)))
        rows: list[list[Leg | None]] = []
        for first in range(0, len(sources), step):
            some = sources[first : first + step]
            ends = {"sources": [_location(one) for one in some], "targets": [_location(one) for one in targets]}
            answer = self._ask("sources_to_targets", {**ends, **DRIVING, "verbose": False}, deadline)
            rows += self._read(answer, partial(read_matrix, sources=some, targets=targets))
        return rows

    def on_the_map(self, places: Sequence[Place], deadline: Deadline) -> list[bool]:
        """Return for each place whether it lies near one of its roads. Raises NoRoads."""
        question = {"locations": [_location(one) for one in places], "costing": "auto", "verbose": False}
        answer = self._ask("locate", question, deadline)
        return self._read(answer, partial(read_located, count=len(places)))

    def line(self, places: Sequence[Place], deadline: Deadline) -> list[tuple[float, float]]:
        """Return the points (lat, lon) of the road through the places. Raises OffTheMap, NoRoads."""
        points: list[tuple[float, float]] = []
        for first in range(0, max(1, len(places) - 1), MOST_ON_A_LINE - 1):
            some = places[first : first + MOST_ON_A_LINE]
            shape = {"directions_type": "none", "generalize": GENERALIZE_M}
            answer = self._ask("route", {"locations": [_location(one) for one in some], **DRIVING, **shape}, deadline)
            join(points, self._read(answer, partial(read_line, legs=len(some) - 1)))
        return points

    def _ask(self, action: str, question: Any, deadline: Deadline) -> Answer:
        with self._lock:
            if self._clock() < self._rest_until:
                raise NoRoads("resting")
        try:
            return ask(self.url, action, question, min(self.limit_s, deadline.left()))
        except NoAnswer as error:
            raise self._rested(str(error)) from error

    def _read(self, answer: Answer, read: Callable[[Any], Found]) -> Found:
        try:
            found = read_json(answer.body)
            if answer.status == 200:
                return read(found)
            if answer.status == 400 and read_refusal(found) in OFF_THE_MAP:
                raise OffTheMap
        except BadAnswer as error:
            raise self._rested(str(error)) from error
        raise self._rested(f"status {answer.status}")

    def _rested(self, trouble: str) -> NoRoads:
        """Ask nothing for a while, and return the error to raise."""
        log.warning("road service: %s; times are from straight lines meanwhile", trouble)
        with self._lock:
            self._rest_until = self._clock() + self.rest_s
        return NoRoads(trouble)


def _location(place: Place) -> dict[str, float]:
    return {"lat": round(place.lat, 5), "lon": round(place.lon, 5), "search_cutoff": SNAP_M}
