"""Print how days are planned whose best answer is known, by the code that plans an officer's day.

First the published instances of the traveling salesman with time windows: each has to be feasible, at the best known
cost, within its time. Their cost is travel alone, so a second on the road here outweighs any wait. Beside it what VROOM
and OR-Tools find in the same time, where they are installed (`make bench-routes` does it). Then random days with
priorities, windows and lunch, each of which has to be worth what the exact dynamic program of the tests proves.
"""

import argparse
import os
import sys
import time

from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.domain.routing.schedule import schedule
from tests.domain.routing.days import random_day
from tests.domain.routing.days import straight
from tests.domain.routing.oracle import best_value
from tools.bench.known import Known
from tools.bench.known import as_day
from tools.bench.known import read_all
from tools.bench.others import installed
from tools.bench.rest import load_at_rest

PARTS = ("n20", "n40", "n60", "n100", "rbg", "days")
MARGIN = 0.85
"""The share of its time that a search may take; the rest is for reading, writing and the last round."""


def main() -> int:
    """Measure; 1 when an instance or a day is not at its best, or took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--alone", action="store_true", help="without the other solvers")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {load_at_rest():.1f} before the start")
    chosen = [known for known in read_all() if known.name.startswith(tuple(options.parts))]
    failed = _published(chosen, not options.alone) if chosen else 0
    if "days" in options.parts:
        failed += _days()
    return int(failed > 0)


def _published(chosen: list[Known], beside: bool) -> int:
    """A line for each instance, then the counts; returns how many failed."""
    others = installed() if beside else {}
    best = dict.fromkeys(["ours", *others], 0)
    failed = 0
    print(f"{'instance':12} {'best':>6} {'ours':>6} feasible  seconds" + "".join(f"{name:>10}" for name in others))
    for known in chosen:
        cost, seconds = _plan(known)
        theirs = {name: solve(known, known.limit_s) for name, solve in others.items()}
        for name, found in {"ours": cost, **theirs}.items():
            best[name] += found is not None and found <= known.cost
        kept = cost is not None and cost <= known.cost and seconds <= known.limit_s
        failed += not kept
        shown = "".join(f"{_shown(found):>10}" for found in theirs.values())
        feasible, note = "no" if cost is None else "yes", "" if kept else "  <- over"
        ours = f"{known.name:12} {known.cost:6} {_shown(cost):>6} {feasible:8} {seconds:5.2f}/{known.limit_s:<3g}"
        print(ours + shown + note, flush=True)
    counts = ", ".join(f"{name} {count}" for name, count in best.items())
    print(f"{len(chosen)} instances at the best known cost: {counts}; {failed} not kept (cost or time)")
    return failed


def _plan(known: Known) -> tuple[int | None, float]:
    """Our cost, None where a window or a customer is missed, and the seconds of the solver."""
    request, matrix = as_day(known)
    solver = PyvrpRouteSolver(
        search_s=known.limit_s * MARGIN, limit_s=60, travel_weight=request.shift_end - request.shift_start + 1
    )
    solver.warm()
    started = time.perf_counter()
    order = solver.solve(request, matrix)
    seconds = time.perf_counter() - started
    solver.close()
    route = schedule(order, matrix, request)
    return (None if route.late_s or route.left_out else route.travel_s), seconds


def _shown(cost: int | None) -> str:
    return "none" if cost is None else str(cost)


def _days(count: int = 200) -> int:
    """Random days of 5 to 12 stops against the exact program; returns how many are worth less."""
    solver, failed, longest = PyvrpRouteSolver(search_s=30, limit_s=60), 0, 0.0
    solver.warm()
    for seed in range(count):
        request = random_day(1000 + seed, 5 + seed % 8, lunch=seed % 4 != 3, hours=(9, 6, 4)[seed % 3])
        matrix = straight(request.places)
        started = time.perf_counter()
        order = solver.solve(request, matrix)
        longest = max(longest, time.perf_counter() - started)
        if best_value(request, matrix, order) != best_value(request, matrix):
            failed += 1
            print(f"day {seed} of {len(request.stops)} stops is not optimal: {order}")
    solver.close()
    print(f"{count - failed} of {count} random days of 5 to 12 stops optimal, {longest:.2f} s the longest")
    return failed


if __name__ == "__main__":
    sys.exit(main())
