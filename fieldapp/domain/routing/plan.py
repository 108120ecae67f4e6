"""Planning a day: travel times, then the best order, then little habits broken, then its times."""

from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule
from fieldapp.domain.routing.variety import varied


def plan_route(request: DayRequest, travel: TravelTimes, solver: RouteSolver) -> DayRoute:
    """The best route of the day. Raises `TryLater` (`RouteSolverFailed` among them) when it cannot be found now."""
    matrix = travel.matrix(request.places)
    order = varied(solver.solve(request, matrix), matrix, request)
    return schedule(order, matrix, request)


def retime_route(order: list[str], request: DayRequest, travel: TravelTimes) -> DayRoute:
    """The times of an order made by hand. Raises `Invalid` for an order that does not belong to the day."""
    return schedule(order, travel.matrix(request.places), request)
