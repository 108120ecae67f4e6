"""Teams made for tests: officers with the same day, stops with their owners, and a solver that follows a list."""

from dataclasses import replace

from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamStop
from tests.domain.routing.days import day


def team(
    officers: str, *stops: tuple[StopRequest, str], lunch: LunchRequest | None = None, **hours: float
) -> TeamRequest:
    """Officers by their letters, all from and to the office; each stop with its owner's letter."""
    each = day(lunch=lunch, **hours)
    return TeamRequest(dict.fromkeys(officers, each), tuple(TeamStop(stop, own) for stop, own in stops))


def with_day(request: TeamRequest, officer: str, changed: DayRequest) -> TeamRequest:
    """The team with another day for one of them."""
    return replace(request, days={**request.days, officer: changed})


class ByTurns:
    """Deals out stops one by one, in turn, to the officers who may make them."""

    def __init__(self) -> None:
        self.asked: TeamRequest | None = None

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        self.asked = request
        orders: dict[str, list[str]] = {officer: [] for officer in request.days}
        for index, one in enumerate(request.located):
            officers = [officer for officer in orders if one.may_go_to(officer)]
            if one.stop.windows and officers:
                orders[officers[index % len(officers)]].append(one.stop.id)
        return orders


class BrokenTeam:
    """Never answers."""

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        raise RouteSolverFailed
