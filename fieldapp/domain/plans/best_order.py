"""Where one stop costs least in an order that is otherwise kept."""

from collections.abc import Sequence

from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.schedule import schedule


def best_order(order: Sequence[str], moved: str, request: DayRequest, travel: TravelTimes, after: int = 0) -> list[str]:
    """Return the order with one stop moved to where it breaks limits least, drives least, comes earliest.

    `after` is how many places at the beginning it may not take.
    """
    matrix = travel.matrix(request.places)
    others = [stop_id for stop_id in order if stop_id != moved]
    ways = [[*others[:at], moved, *others[at:]] for at in range(min(after, len(others)), len(others) + 1)]

    def cost(way: list[str]) -> tuple[int, int]:
        route = schedule(way, matrix, request)
        return route.late_s, route.travel_s

    return min(ways, key=cost)
