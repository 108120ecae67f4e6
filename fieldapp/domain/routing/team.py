"""A whole team's day: several officers' days and the stops that are to be shared out among them."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Protocol

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest


@dataclass(frozen=True)
class TeamStop:
    """One visit that is wanted. `own`: the officer who has it now, "" where that one is away: anybody may take it.

    `fixed`: it stays with its own officer, because another one goes to the same door that day.
    `paired`: where two officers are needed, those to whom a second one comes along; None: one is enough.
    """

    stop: StopRequest
    own: str = ""
    fixed: bool = False
    paired: frozenset[str] | None = None

    def may_go_to(self, officer: str) -> bool:
        """Say whether this officer may make it."""
        if self.paired is not None and officer not in self.paired:
            return False
        return not self.fixed or officer == self.own


@dataclass(frozen=True)
class TeamRequest:
    """The days of those who are there, by officer and without stops, and all stops."""

    days: Mapping[str, DayRequest]
    stops: tuple[TeamStop, ...]

    def __post_init__(self) -> None:
        """Refuse a team without anybody, and a stop that is there twice."""
        if not self.days:
            raise Invalid({"away": "Nobody is left to share the stops among. Untick somebody who works that day."})
        if len({one.stop.id for one in self.stops}) != len(self.stops):
            raise Invalid({"stops": "The same stop is there twice. Look at the itineraries again."})

    @property
    def located(self) -> tuple[TeamStop, ...]:
        """The stops that have a position, in the order given."""
        return tuple(one for one in self.stops if one.stop.place is not None)

    @property
    def places(self) -> tuple[Place, ...]:
        """The rows of the travel matrix: start and end of each officer, then each located stop."""
        ends = [place for day in self.days.values() for place in (day.start, day.end)]
        return (*ends, *(one.stop.place for one in self.stops if one.stop.place is not None))

    def day_of(self, officer: str, order: Sequence[str]) -> DayRequest:
        """Return one officer's day with these stops."""
        by_id = {one.stop.id: one.stop for one in self.stops}
        return replace(self.days[officer], stops=tuple(by_id[stop_id] for stop_id in order))

    def matrix_of(self, officer: str, order: Sequence[str], matrix: TravelMatrix) -> TravelMatrix:
        """Return the part of the team's matrix that has the rows of `day_of(officer, order)`, all of them located."""
        first = 2 * list(self.days).index(officer)
        rows = {one.stop.id: row for row, one in enumerate(self.located, start=2 * len(self.days))}
        chosen = [first, first + 1, *(rows[stop_id] for stop_id in order)]

        def part(table: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
            return tuple(tuple(table[i][j] for j in chosen) for i in chosen)

        return TravelMatrix(part(matrix.seconds), part(matrix.meters), matrix.source)


class TeamSolver(Protocol):
    """Shares stops out among officers."""

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        """The ids of the stops of each officer, in order; stops that fit nowhere are absent.

        `matrix` has the rows of `request.places`. Raises `RouteSolverFailed`; the plans before it stay as they are.
        """
        ...
