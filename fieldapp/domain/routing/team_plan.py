"""Sharing a team's stops out: all in one solve, then each officer's day by itself, then room for who is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.domain.routing.reasons import NO_POSITION
from fieldapp.domain.routing.reasons import why_left_out
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.route import LeftOut
from fieldapp.domain.routing.schedule import schedule
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamSolver
from fieldapp.domain.routing.team import TeamStop

ALL_FULL = "Nobody's day has room for it. Choose another day, or move it to somebody by hand."

SEEN_BY_ANOTHER = "Another officer goes to this door that day already."


@dataclass(frozen=True)
class TeamRoutes:
    """The day of each officer, and the stops that are in none of them."""

    routes: dict[str, DayRoute]
    left_out: tuple[LeftOut, ...]

    @property
    def orders(self) -> dict[str, list[str]]:
        """The ids of each officer's stops, in order."""
        return {officer: [call.stop_id for call in route.calls] for officer, route in self.routes.items()}


def plan_team(request: TeamRequest, travel: TravelTimes, team: TeamSolver, solver: RouteSolver) -> TeamRoutes:
    """Return the best days of a whole team. Raises `TryLater` (`RouteSolverFailed` among them)."""
    matrix = travel.matrix(request.places)
    shared = team.share(request, matrix)
    # the team is solved with lunch at the same time for all; alone, a day has it where it costs least
    orders = {officer: _alone(request, officer, order, matrix, solver) for officer, order in shared.items()}
    _make_room(request, orders, matrix)
    return time_team(request, orders, matrix)


def time_team(request: TeamRequest, orders: dict[str, list[str]], matrix: TravelMatrix) -> TeamRoutes:
    """Time each officer's stops in exactly this order, and say why the others are in nobody's day."""
    routes = {officer: _timed(request, officer, order, matrix) for officer, order in orders.items()}
    made = {stop_id for order in orders.values() for stop_id in order}
    left_out = [_why(one, request, matrix) for one in request.stops if one.stop.id not in made]
    return TeamRoutes(routes, tuple(left_out))


def _alone(
    request: TeamRequest, officer: str, order: Sequence[str], matrix: TravelMatrix, solver: RouteSolver
) -> list[str]:
    if not order:
        return []
    return solver.solve(request.day_of(officer, order), request.matrix_of(officer, order, matrix))


def _timed(request: TeamRequest, officer: str, order: Sequence[str], matrix: TravelMatrix) -> DayRoute:
    return schedule(order, request.matrix_of(officer, order, matrix), request.day_of(officer, order))


def _make_room(request: TeamRequest, orders: dict[str, list[str]], matrix: TravelMatrix) -> None:
    """Put stops that lunch has pushed out into whose day can still take them, the most urgent first."""
    made = {stop_id for order in orders.values() for stop_id in order}
    waiting = [one for one in request.located if one.stop.id not in made]
    for one in sorted(waiting, key=lambda one: (not one.stop.required, -one.stop.priority)):
        found = [
            (cost, officer, order)
            for officer in orders
            if one.may_go_to(officer) and _could(one, request, officer, matrix)
            for cost, order in _ways(one, request, officer, orders[officer], matrix)
        ]
        if found:
            _, officer, order = min(found)
            orders[officer] = order


def _could(one: TeamStop, request: TeamRequest, officer: str, matrix: TravelMatrix) -> bool:
    """Whether it would fit if it were the officer's only stop."""
    return not _timed(request, officer, [one.stop.id], matrix).late_s


def _ways(
    one: TeamStop, request: TeamRequest, officer: str, order: list[str], matrix: TravelMatrix
) -> list[tuple[int, list[str]]]:
    """Each way to add the stop that breaks no limit, with what it adds to the seconds on the road."""
    before = _timed(request, officer, order, matrix).travel_s
    found = []
    for at in range(len(order) + 1):
        longer = [*order[:at], one.stop.id, *order[at:]]
        route = _timed(request, officer, longer, matrix)
        if not route.late_s:
            found.append((route.travel_s - before, longer))
    return found


def _why(one: TeamStop, request: TeamRequest, matrix: TravelMatrix) -> LeftOut:
    """Why nobody makes this stop: what holds for whoever has it now, that a second officer is missing, or all full."""
    if one.stop.place is None:
        return LeftOut(one.stop.id, "no_position", NO_POSITION)
    officers = sorted(filter(one.may_go_to, request.days), key=lambda officer: officer != one.own)
    if not officers:
        return _nobody(one)
    found = [_why_not(one, request, officer, matrix) for officer in officers]
    if all(out.reason != "no_time" for out in found):
        return found[0]
    # somebody without a partner may have room, and to nobody else could it be moved by hand
    alone = one.paired is not None and not one.paired.issuperset(request.days)
    return LeftOut(one.stop.id, "needs_partner", NEEDS_PARTNER) if alone else LeftOut(one.stop.id, "no_time", ALL_FULL)


def _nobody(one: TeamStop) -> LeftOut:
    """Why there is nobody who may make this stop, whatever their day."""
    if one.paired is not None and (one.own or not one.paired):
        return LeftOut(one.stop.id, "needs_partner", NEEDS_PARTNER)
    return LeftOut(one.stop.id, "no_time", SEEN_BY_ANOTHER)


def _why_not(one: TeamStop, request: TeamRequest, officer: str, matrix: TravelMatrix) -> LeftOut:
    order = [one.stop.id]
    return why_left_out(one.stop, request.day_of(officer, order), request.matrix_of(officer, order, matrix))
