"""Choosing whom a day has room for: who is asked of the solver, what it leaves out, and where pinned stops go then."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.plans.barred import why_barred
from fieldapp.domain.plans.best_order import best_order
from fieldapp.domain.plans.left_out import FINAL
from fieldapp.domain.plans.left_out import entry
from fieldapp.domain.plans.request import Windows
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Key
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.reasons import DAY_FULL
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.route import LeftOut
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

# a day holds some twenty visits: of more than so many the rest would only make the search longer
MOST_ASKED = 30


@dataclass(frozen=True)
class Choice:
    """The stops of a wish: `asked` of the solver, `forced` by a pin though their window is closed, and the rest.

    `out` are those who cannot be in the day or come after MOST_ASKED others, with the reason. `overdue` holds ids.
    """

    asked: Sequence[Stop]
    forced: Sequence[Stop]
    out: Sequence[dict[str, Any]]
    overdue: frozenset[str]


def choose(plan: DayPlan, wish: DayWish, stops: Sequence[tuple[Stop, Pick]]) -> Choice:
    """Return who is asked of the solver: whom the officer wants, then the most urgent who can be in such a day."""
    able, forced, out = [], [], []
    for stop, pick in stops:
        barred = why_barred(stop, pick, wish)
        if barred and pick.pinned and barred[0] not in FINAL:
            forced.append(stop)
        elif barred:
            out.append(entry(stop, *barred, overdue=pick.overdue))
        else:
            able.append((stop, pick))
    able.sort(key=lambda each: (not each[1].sure, -each[0].priority))
    room = max(MOST_ASKED, sum(pick.sure for _, pick in able))
    out += [entry(stop, "no_time", DAY_FULL, overdue=pick.overdue) for stop, pick in able[room:]]
    overdue = frozenset(str(stop.id) for stop, pick in stops if pick.overdue)
    return Choice([stop for stop, _ in able[:room]], forced, out, overdue)


def route_of(
    plan: DayPlan, choice: Choice, habits: Mapping[Key, Windows], travel: TravelTimes, solver: RouteSolver
) -> tuple[DayRoute, list[dict[str, Any]]]:
    """Return the route of the chosen, every pinned stop in it whatever that costs, and who is left out and why."""
    by_id = {str(stop.id): stop for stop in (*choice.asked, *choice.forced)}
    route, left = _solved(plan, choice.asked, habits, travel, solver)
    pinned = [one.stop_id for one in left if by_id[one.stop_id].wanted == "pinned"]
    for stop_id in (*pinned, *(str(stop.id) for stop in choice.forced)):
        order = [*(call.stop_id for call in route.calls), stop_id]
        request = request_of(plan, [by_id[each] for each in order])
        route = retime_route(best_order(order, stop_id, request, travel), request, travel)
    out = [
        entry(by_id[one.stop_id], one.reason, one.words, overdue=one.stop_id in choice.overdue)
        for one in left
        if one.stop_id not in pinned
    ]
    return route, [*choice.out, *out]


def _solved(
    plan: DayPlan,
    asked: Sequence[Stop],
    habits: Mapping[Key, Windows],
    travel: TravelTimes,
    solver: RouteSolver,
) -> tuple[DayRoute, Sequence[LeftOut]]:
    """Solve the day; where picked ones have taken a pinned one's place, once more with the pinned alone as required."""
    wanted = {str(stop.id) for stop in asked if stop.wanted != "list"}
    pinned = {str(stop.id) for stop in asked if stop.wanted == "pinned"}
    # where all are wanted alike, the most urgent of them go first
    sure = wanted if len(wanted) < len(asked) else pinned
    route = plan_route(request_of(plan, asked, sure, habits), travel, solver)
    if sure != pinned and any(one.stop_id in pinned for one in route.left_out):
        route = plan_route(request_of(plan, asked, pinned, habits), travel, solver)
    return route, route.left_out
