"""The times of a day's route in a given order: arrivals, waiting, lunch, the way back."""

from collections.abc import Sequence

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.reasons import day_lunch
from fieldapp.domain.routing.reasons import why_left_out
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.route import Call
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.route import LeftOut
from fieldapp.domain.routing.route import LunchBreak
from fieldapp.domain.routing.route import Outside


def schedule(order: Sequence[str], matrix: TravelMatrix, request: DayRequest) -> DayRoute:
    """Time the stops in exactly this order, whatever it costs.

    `matrix` has the rows of `request.places`. A stop that misses its windows stays in the route, marked `outside`;
    a stop without position, or not in the order, is left out with the reason. Lunch falls where it costs least:
    first breaking limits the least, then coming back earliest, then not waiting for it, then eating early.
    Raises `Invalid` when the order names a stop that the day does not have, or the same stop twice.
    """
    known = {stop.id for stop in request.stops}
    if not known.issuperset(order) or len(set(order)) != len(order):
        raise Invalid({"order": "The order names a stop that is not in this plan, or one twice. Load the plan again."})
    rows = {stop.id: row for row, stop in enumerate(request.located, start=2)}
    walk = _Walk(request, matrix, [rows[stop_id] for stop_id in order if stop_id in rows])
    lunch = day_lunch(request, matrix)
    legs = range(len(walk.rows) + 1) if lunch else [None]
    routes = [walk.timed(lunch, leg) for leg in legs]
    return min(routes, key=_cost)


def _cost(route: DayRoute) -> tuple[int, int, int, int]:
    """What makes one place for lunch worse than another, the weightiest first."""
    if route.lunch is None:
        return route.late_s, route.back_at, 0, 0
    return route.late_s, route.back_at, _idle_before(route, route.lunch), route.lunch.start


def _idle_before(route: DayRoute, lunch: LunchBreak) -> int:
    """Seconds with nothing to do but wait for lunch to be allowed."""
    left, travel = route.leave_at, route.back_travel_s
    for call in route.calls:
        if call.stop_id == lunch.before:
            travel = call.travel_s
            break
        left = call.leave
    return max(0, lunch.start - left - travel)


class _Walk:
    """One order of rows of the matrix, timed once for each leg on which lunch could fall."""

    def __init__(self, request: DayRequest, matrix: TravelMatrix, rows: list[int]):
        self.request = request
        self.matrix = matrix
        self.rows = rows
        chosen = {request.located[row - 2].id for row in rows}
        self.left_out: tuple[LeftOut, ...] = tuple(
            why_left_out(stop, request, matrix) for stop in request.stops if stop.id not in chosen
        )

    def timed(self, lunch: LunchRequest | None, lunch_leg: int | None) -> DayRoute:
        """The route with lunch on that leg; the leg after the last stop is the way back."""
        now, here, calls, eaten = self.request.shift_start, 0, [], None
        for leg, row in enumerate(self.rows):
            stop = self.request.located[row - 2]
            ready = now + self.matrix.seconds[here][row]
            if lunch and leg == lunch_leg:
                eaten, ready = take_lunch(lunch, now, ready, stop.id)
            calls.append(self._call(stop, row, here, now, ready, eaten if leg == lunch_leg else None))
            now, here = calls[-1].leave, row
        ready = now + self.matrix.seconds[here][1]
        if lunch and lunch_leg == len(self.rows):
            eaten, ready = take_lunch(lunch, now, ready, None)
        return self._route(tuple(calls), eaten, here, ready)

    def _call(self, stop: StopRequest, row: int, here: int, now: int, arrive: int, eaten: LunchBreak | None) -> Call:
        travel = self.matrix.seconds[here][row]
        back = self.matrix.seconds[row][1]
        begin, outside = meet(stop.windows, arrive, self.request.shift_end - stop.service_s - back)
        idle = begin - now - travel - (eaten.end - eaten.start if eaten else 0)
        meters = self.matrix.meters[here][row]
        return Call(stop.id, travel, meters, arrive, idle, begin, begin + stop.service_s, outside)

    def _route(self, calls: tuple[Call, ...], eaten: LunchBreak | None, here: int, back_at: int) -> DayRoute:
        return DayRoute(
            leave_at=self.request.shift_start,
            calls=calls,
            lunch=eaten,
            back_travel_s=self.matrix.seconds[here][1],
            back_travel_m=self.matrix.meters[here][1],
            back_at=back_at,
            overtime_s=max(0, back_at - self.request.shift_end),
            left_out=self.left_out,
            source=self.matrix.source,
        )


def take_lunch(lunch: LunchRequest, left: int, arrived: int, before: str | None) -> tuple[LunchBreak, int]:
    """Lunch on a leg left at one time and done, without lunch, at another: the break and when the leg is done with it.

    It starts as soon as it may, be it where the leg begins, on the road, or in front of the next door.
    """
    start = max(left, lunch.earliest)
    eaten = LunchBreak(start, start + lunch.seconds, before, max(0, start - lunch.latest))
    return eaten, max(arrived, start) + lunch.seconds


def meet(windows: Sequence[Window], arrive: int, last_begin: int) -> tuple[int, Outside | None]:
    """When the visit begins after arriving, and how it misses its windows if it does.

    One waits for the next window only when the visit then still fits in the shift (begins by `last_begin`);
    else the visit is made on arrival, outside.
    """
    opens = min((max(a, arrive) for a, b in windows if b >= arrive), default=None)
    if opens is not None and (opens == arrive or opens <= last_begin):
        return opens, None
    closed = max((b for _, b in windows if b < arrive), default=None)
    late = arrive - closed if closed is not None else 0
    early = opens - arrive if opens is not None else 0
    nearest = min(windows, key=lambda window: max(window[0] - arrive, arrive - window[1]), default=None)
    return arrive, Outside(late, early, opens, nearest)
