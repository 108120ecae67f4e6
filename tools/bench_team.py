"""Print how long it takes to share out a whole team's day, and whether every day of it holds.

The budget: 20 officers and 300 stops in at most 20 seconds, on a machine with nothing else to do. Two of the officers
are away, so that their stops go to others; the travel times and each officer's own day are counted too.
"""

import math
import sys
import time
from datetime import date
from random import Random

from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.team_solver import PyvrpTeamSolver
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamStop
from fieldapp.domain.routing.team_plan import plan_team

HOUR = 3600
BUDGET_S = 20.0
OFFICE = Place(39.2904, -76.6122, "Office")
LUNCH = LunchRequest(30, 11 * HOUR + 1800, 13 * HOUR + 1800)


def synthetic_team(seed: int, officers: int, away: int, count: int) -> TeamRequest:
    """So many officers, each with a part of town, half of the stops with one or two windows."""
    random = Random(seed)
    day = DayRequest(date(2026, 1, 5), 8 * HOUR, 17 * HOUR, OFFICE, OFFICE, LUNCH, ())
    parts = [_near(random, OFFICE, 0.1) for _ in range(officers)]
    stops = []
    for index in range(count):
        owner = index % officers
        windows: tuple[tuple[int, int], ...] = ((0, 24 * HOUR),)
        if random.random() < 0.5:
            opens = [random.randint(8 * HOUR, 15 * HOUR) for _ in range(random.choice([1, 1, 2]))]
            windows = tuple((a, a + random.randint(HOUR, 3 * HOUR)) for a in opens)
        place, service = _near(random, parts[owner], 0.04), random.randint(8, 20) * 60
        stop = StopRequest(str(index), place, service, windows, random.choice([10, 50, 100, 500]))
        stops.append(TeamStop(stop, "" if owner < away else f"officer {owner}"))
    return TeamRequest({f"officer {index}": day for index in range(away, officers)}, tuple(stops))


def _near(random: Random, place: Place, degrees: float) -> Place:
    angle, far = random.uniform(0, 2 * math.pi), random.uniform(0, degrees)
    return Place(place.lat + far * math.sin(angle), place.lon + far * math.cos(angle))


def main() -> int:
    """Share out teams of several sizes; 1 when one of 20 officers is over the budget or a day does not hold."""
    solver, team, travel = PyvrpRouteSolver(), PyvrpTeamSolver(), GeodesicTravelTimes()
    solver.warm()
    bad = False
    for officers, away, count in ((5, 1, 60), (20, 0, 300), (20, 2, 300)):
        for seed in range(2):
            request = synthetic_team(seed, officers, away, count)
            started = time.perf_counter()
            planned = plan_team(request, travel, team, solver)
            spent = time.perf_counter() - started
            routes, owner = planned.routes.values(), {one.stop.id: one.own for one in request.stops}
            broken = sum(route.late_s > 0 for route in routes)
            moved = sum(owner[id] != name for name, order in planned.orders.items() for id in order)
            drive = sum(route.travel_s for route in routes) / HOUR
            print(f"{officers:3} officers, {away} away, {count:3} stops {spent:6.2f} s,", end=" ")
            print(
                f"{len(planned.left_out)} left out, {moved} with another officer, {drive:.1f} h on the road,", end=" "
            )
            print(f"{broken} days that do not hold")
            bad |= broken > 0 or spent > BUDGET_S
    solver.close()
    team.close()
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
