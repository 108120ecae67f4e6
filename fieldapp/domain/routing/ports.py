"""What the planning of a route needs from outside: travel times and a solver."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldapp.domain.errors import TryLater
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place


@dataclass(frozen=True)
class TravelMatrix:
    """Seconds and meters from place i to place j, whole numbers, 0 on the diagonal.

    `source` is "estimate" where times are guessed from straight lines; screens must then say so.
    """

    seconds: tuple[tuple[int, ...], ...]
    meters: tuple[tuple[int, ...], ...]
    source: str


class TravelTimes(Protocol):
    """Knows how long it takes to drive between places."""

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Travel between each two of the places, in their order. Raises `TryLater` when it cannot be had now."""
        ...


class RouteLines(Protocol):
    """Knows where the road runs between places, to be drawn on a map."""

    def route_line(self, places: Sequence[Place]) -> list[tuple[float, float]]:
        """The way through the places in their order as (lat, lon) in degrees; straight where roads cannot be had.

        Fewer than two places have no line: the list is empty.
        """
        ...


class RouteSolver(Protocol):
    """Finds which stops to make and in which order."""

    def solve(self, request: DayRequest, matrix: TravelMatrix) -> list[str]:
        """The ids of the stops to make, in order; stops that do not fit are absent.

        `matrix` has the rows of `request.places`. Raises `RouteSolverFailed`; the plan before it stays as it is.
        """
        ...


class RouteSolverFailed(TryLater):
    """The solver crashed, hung or is overloaded; nothing was planned."""

    def __init__(self, message: str = "The route could not be planned just now. Your plan is as it was; try again."):
        super().__init__(message, seconds=5)
