"""Where the road runs through the places of a day, for maps; kept for those who look again."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import groupby

from fieldapp.adapters.valhalla import Deadline
from fieldapp.adapters.valhalla import OffTheMap
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.roads.leg import NoRoads
from fieldapp.domain.roads.leg import place_key
from fieldapp.domain.routing.request import Place

MOST_KEPT = 200

Line = list[tuple[float, float]]


class StraightLines:
    """Implements `RouteLines` without roads."""

    def route_line(self, places: Sequence[Place]) -> Line:
        """The places themselves."""
        return [(place.lat, place.lon) for place in places] if len(places) > 1 else []


class RoadLines:
    """Implements `RouteLines`: by road where the road service knows one, straight where it does not or says nothing."""

    def __init__(self, service: Valhalla):
        self.service = service
        self._kept: OrderedDict[tuple[str, ...], Line] = OrderedDict()
        self._lock = threading.Lock()

    def route_line(self, places: Sequence[Place]) -> Line:
        """The way through the places in their order, straight where roads cannot be had."""
        straight = StraightLines().route_line(places)
        if not straight:
            return straight
        deadline = self.service.deadline()
        try:
            name = (self.service.version(deadline), *map(place_key, places))
            with self._lock:
                if name in self._kept:
                    self._kept.move_to_end(name)
                    return list(self._kept[name])
            line = self._by_road(places, deadline)
        except (NoRoads, OffTheMap):
            return straight
        self._keep(name, line)
        return list(line)

    def _by_road(self, places: Sequence[Place], deadline: Deadline) -> Line:
        try:
            return self.service.line(places, deadline)
        except OffTheMap:
            near = self.service.on_the_map(places, deadline)
        points: Line = []
        for part in _parts(places, near):
            points += self.service.line(part, deadline) if len(part) > 1 else [(part[0].lat, part[0].lon)]
        return points

    def _keep(self, name: tuple[str, ...], line: Line) -> None:
        with self._lock:
            self._kept[name] = line
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _parts(places: Sequence[Place], near: Sequence[bool]) -> Iterator[list[Place]]:
    """Return runs of places that roads join, and each other place alone."""
    for on_road, run in groupby(zip(places, near, strict=True), key=lambda one: one[1]):
        found = [place for place, _near in run]
        yield from [found] if on_road else [[place] for place in found]
