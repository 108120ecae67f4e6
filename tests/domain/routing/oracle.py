"""An exact dynamic program for one officer's day of a few stops: what the solver has to equal.

States are (stops made, where, lunch eaten) with the undominated (travel, time) pairs. Lunch may be eaten at any
place of the day. The value of a day is what its stops are worth less ten times its travel less its length.
"""

from collections.abc import Sequence

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.reasons import day_lunch
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import StopRequest

Label = tuple[int, int]
State = tuple[int, int, bool]
TRAVEL = 10


def worth(stops: Sequence[StopRequest], request: DayRequest) -> list[int]:
    """A step of priority outweighs the cost of any day, a required stop all priorities."""
    step = (TRAVEL + 1) * (request.shift_end - request.shift_start) + 1
    most = sum(stop.priority for stop in stops)
    return [step * (stop.priority + most * stop.required) for stop in stops]


def best_value(request: DayRequest, matrix: TravelMatrix, order: Sequence[str] | None = None) -> int | None:
    """The best day's value, or with an order that of the best day in exactly this order; None: there is no such day."""
    stops, lunch = request.located, day_lunch(request, matrix)
    prizes, seconds = worth(stops, request), matrix.seconds
    follows = None
    if order is not None:
        index = {stop.id: number for number, stop in enumerate(stops)}
        wanted = [index[stop_id] for stop_id in order]
        follows = {sum(1 << i for i in wanted[:k]): stop for k, stop in enumerate(wanted)}
    layer: dict[State, list[Label]] = {(0, 0, lunch is None): [(0, request.shift_start)]}
    best: int | None = None
    for _ in range(len(stops) + 1):
        if lunch:
            _eat(layer, len(seconds), lunch.earliest, lunch.latest, lunch.seconds, request.shift_end, seconds)
        for (made, here, eaten), labels in layer.items():
            if not eaten or (follows and made in follows):
                continue
            value = sum(prize for number, prize in enumerate(prizes) if made >> number & 1)
            for travel, now in labels:
                back = now + seconds[here][1]
                if back <= request.shift_end:
                    total = value - TRAVEL * (travel + seconds[here][1]) - (back - request.shift_start)
                    best = total if best is None else max(best, total)
        layer = _extend(layer, stops, request, seconds, follows)
    return best


def _eat(
    layer: dict[State, list[Label]], places: int, earliest: int, latest: int, length: int, end: int,
    seconds: tuple[tuple[int, ...], ...],
) -> None:  # fmt: skip
    """Add to a layer what becomes of its hungry states when lunch is eaten at any place."""
    for (made, here, eaten), labels in list(layer.items()):
        for place in range(places) if not eaten else ():
            drive = seconds[here][place]
            for travel, now in labels:
                start = max(now + drive, earliest)
                if start <= latest and start + length <= end:
                    _add(layer, (made, place, True), (travel + drive, start + length))


def _extend(
    layer: dict[State, list[Label]], stops: Sequence[StopRequest], request: DayRequest,
    seconds: tuple[tuple[int, ...], ...], follows: dict[int, int] | None,
) -> dict[State, list[Label]]:  # fmt: skip
    """Make one more stop from each state."""
    more: dict[State, list[Label]] = {}
    for (made, here, eaten), labels in layer.items():
        for number, stop in enumerate(stops):
            if made >> number & 1 or (follows is not None and follows.get(made) != number):
                continue
            drive = seconds[here][number + 2]
            for travel, now in labels:
                begin = min((max(a, now + drive) for a, b in stop.windows if b >= now + drive), default=None)
                if begin is not None and begin + stop.service_s <= request.shift_end:
                    _add(more, (made | 1 << number, number + 2, eaten), (travel + drive, begin + stop.service_s))
    return more


def _add(layer: dict[State, list[Label]], state: State, label: Label) -> None:
    """Keep a label unless another is as good in both."""
    kept = layer.setdefault(state, [])
    if not any(t <= label[0] and n <= label[1] for t, n in kept):
        kept[:] = [other for other in kept if not (label[0] <= other[0] and label[1] <= other[1])] + [label]
