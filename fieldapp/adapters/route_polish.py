"""A last look at an order of stops: whether two neighbouring stretches of the way, swapped, make a shorter day."""

from typing import Any

import numpy as np

MOST_TRIED = 400
"""Swaps of less travel that are tried against the windows before the order is taken to be good."""


def day_cost(problem: dict[str, Any], order: list[int]) -> int | None:
    """What the day costs that makes these stops in this order; None when a window, lunch or the shift is missed.

    `problem` is what `route_worker.solve` takes. Cost: seconds on the road times their weight, and those of the day.
    """
    seconds, lunch, (early, late) = problem["seconds"], problem["lunch"], problem["shift"]
    travel, here = 0, 0
    # The earliest times of being here before and after lunch; a day without lunch has had it.
    hungry, fed = (early, None) if lunch else (None, early)
    for index in order:
        stop = problem["stops"][index]
        drive = seconds[here][stop["at"]]
        hungry, fed = _drive(hungry, fed, drive, lunch)
        hungry, fed = _begin(hungry, stop), _begin(fed, stop)
        if hungry is None and fed is None:
            return None
        travel, here = travel + drive, stop["at"]
    drive = seconds[here][1]
    _, back = _drive(hungry, fed, drive, lunch)
    if back is None or back > late:
        return None
    cost: int = problem["travel_weight"] * (travel + drive) + back - early
    return cost


def polish(problem: dict[str, Any], order: list[int]) -> list[int]:
    """The order after all swaps of two neighbouring stretches that lessen its cost. It must be one that holds."""
    cost = day_cost(problem, order)
    while cost is not None:
        better = next((found for found in _swapped(problem, order) if _less(day_cost(problem, found), cost)), None)
        if better is None:
            break
        order, cost = better, day_cost(problem, better)
    return order


def _less(cost: int | None, than: int) -> bool:
    return cost is not None and cost < than


def _swapped(problem: dict[str, Any], order: list[int]) -> Any:
    """Orders of less travel than this one, that with the least first."""
    way = [0, *(problem["stops"][index]["at"] for index in order), 1]
    drive = np.array(problem["seconds"], dtype=np.int64)[np.ix_(way, way)]
    count = len(order) + 1
    here, onward = drive[:count, 1:], np.diagonal(drive, 1)
    # Stops i+1..j and j+1..k change places: i goes on to j+1, k to i+1, j to k+1.
    gain = (
        (here - onward[:, None])[:, :, None]
        + (here.T - onward[None, :])[:, None, :]
        + (here - onward[:, None])[None, :, :]
    )
    i, j, k = np.ogrid[:count, :count, :count]
    gain = np.where((i < j) & (j < k), gain, 0)
    shorter = np.flatnonzero(gain < 0)
    best = shorter[np.argsort(gain.ravel()[shorter], kind="stable")[:MOST_TRIED]]
    for a, b, c in zip(*(axis.tolist() for axis in np.unravel_index(best, gain.shape)), strict=True):
        yield order[:a] + order[b:c] + order[a:b] + order[c:]


def _drive(
    hungry: int | None, fed: int | None, drive: int, lunch: dict[str, Any] | None
) -> tuple[int | None, int | None]:
    """Times at the end of a leg, with lunch at its beginning or at its end where that is sooner."""
    fed = None if fed is None else fed + drive
    if hungry is None or lunch is None:
        return None, fed
    for start, rest in ((hungry, drive), (hungry + drive, 0)):
        start = max(start, lunch["earliest"])
        if start <= lunch["latest"]:
            done = start + lunch["seconds"] + rest
            fed = done if fed is None else min(fed, done)
    return hungry + drive, fed


def _begin(now: int | None, stop: dict[str, Any]) -> int | None:
    """When the visit ends that begins at this time or as soon after it as a window allows."""
    if now is None:
        return None
    opens: list[int] = [max(a, now) for a, b in stop["windows"] if b >= now]
    return min(opens) + int(stop["service"]) if opens else None
