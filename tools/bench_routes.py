"""Print how long days of several sizes take to plan, the solver's process and the times of the route included.

The budget: 25 stops in under half a second, on a machine with nothing else to do.
"""

import math
import sys
import time
from datetime import date
from random import Random
from statistics import median

from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest

HOUR = 3600
BUDGET_S = {25: 0.5}
OFFICE = Place(39.2904, -76.6122, "Office")


def synthetic_day(seed: int, count: int) -> DayRequest:
    """Stops within some 10 km, half of them with a window of one to three hours."""
    random = Random(seed)
    stops = []
    for index in range(count):
        angle, degrees = random.uniform(0, 2 * math.pi), random.uniform(0, 0.1)
        place = Place(OFFICE.lat + degrees * math.sin(angle), OFFICE.lon + degrees * math.cos(angle))
        opens = random.randint(8 * HOUR, 15 * HOUR)
        windows = ((opens, opens + random.randint(HOUR, 3 * HOUR)),) if index % 2 else ((0, 24 * HOUR),)
        stops.append(StopRequest(str(index), place, random.randint(8, 20) * 60, windows, random.choice([10, 50, 100])))
    lunch = LunchRequest(30, 11 * HOUR + 1800, 13 * HOUR + 1800)
    return DayRequest(date(2026, 1, 5), 8 * HOUR, 17 * HOUR, OFFICE, OFFICE, lunch, tuple(stops))


def main() -> int:
    """Plan ten days of each size; 1 when the median is over its budget."""
    solver, travel, over = PyvrpRouteSolver(), GeodesicTravelTimes(), 0
    started = time.perf_counter()
    solver.warm()
    print(f"warm-up  {time.perf_counter() - started:6.3f} s")
    for count in (8, 15, 25, 60):
        spent, made = [], []
        for seed in range(10):
            request = synthetic_day(seed, count)
            started = time.perf_counter()
            made.append(len(plan_route(request, travel, solver).calls))
            spent.append(time.perf_counter() - started)
        over |= median(spent) > BUDGET_S.get(count, math.inf)
        print(f"{count:3} stops {median(spent):6.3f} s median {max(spent):6.3f} s longest, {median(made):.0f} made")
    solver.close()
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
