"""Not to be expected: an order that leaves the weekday and hour of the last visits, where that costs little."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule

MOST_SECONDS = 600
"""Seconds from which on a visit at another hour costs too much."""


def varied(order: Sequence[str], matrix: TravelMatrix, request: DayRequest) -> list[str]:
    """Return the order, changed so that fewer stops begin in their `usual` hours.

    The stops stay the same. For each repetition it breaks the day becomes less than MOST_SECONDS longer, and so does
    its drive, both measured from the order given; no limit is broken that this one keeps. No stop is left in a usual
    hour that any other place in the order would take out of it at less.
    """
    search = _Search(matrix, request, schedule(order, matrix, request))
    best = search.look(list(order))
    while best.repeated:
        found = min((search.look(way) for way in _ways(best)), key=lambda look: look.cost, default=best)
        if found.cost >= best.cost:
            break
        best = found
    return best.order


@dataclass(frozen=True)
class _Look:
    """An order, the stops that begin in a usual hour, and its cost: seconds lost, MOST_SECONDS for each of these."""

    order: list[str]
    repeated: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class _Search:
    matrix: TravelMatrix
    request: DayRequest
    base: DayRoute

    def look(self, order: list[str]) -> _Look:
        """Return what an order is worth; one that breaks more limits than the first is worth nothing."""
        route = schedule(order, self.matrix, self.request)
        usual = {stop.id: stop.usual for stop in self.request.stops}
        repeated = tuple(
            call.stop_id for call in route.calls if any(a <= call.begin < b for a, b in usual[call.stop_id])
        )
        lost = max(0, route.back_at - self.base.back_at, route.travel_s - self.base.travel_s)
        cost = float("inf") if route.late_s > self.base.late_s else lost + MOST_SECONDS * len(repeated)
        return _Look(order, repeated, cost)


def _ways(look: _Look) -> Iterable[list[str]]:
    """Yield the orders in which a repeated stop is elsewhere: alone, traded for another, or with a part of the day."""
    count = len(look.order)
    for at in [look.order.index(stop_id) for stop_id in look.repeated]:
        others = look.order[:at] + look.order[at + 1 :]
        for to in range(count):
            if to == at:
                continue
            yield [*others[:to], look.order[at], *others[to:]]
            first, last = min(at, to), max(at, to)
            between = look.order[first : last + 1]
            yield [*look.order[:first], *between[::-1], *look.order[last + 1 :]]
            yield [*look.order[:first], between[-1], *between[1:-1], between[0], *look.order[last + 1 :]]
