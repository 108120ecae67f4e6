"""Two other solvers on the same instances with the same time: VROOM, and OR-Tools with guided local search.

They are in the dependency group `bench-routes`, which only this measurement needs.
"""

from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from tools.bench.known import Known
from tools.bench.known import cost_of

Solve = Callable[[Known, float], int | None]


def installed() -> dict[str, Solve]:
    """Those that are in the environment."""
    known = {"VROOM": ("vroom", by_vroom), "OR-Tools": ("ortools", by_ortools)}
    return {name: solve for name, (module, solve) in known.items() if find_spec(module)}


def by_vroom(known: Known, seconds: float) -> int | None:
    """The cost of the tour that VROOM finds with its widest search, None when it leaves a customer out."""
    import vroom

    problem = vroom.Input()
    problem.set_durations_matrix("car", [list(row) for row in known.travel])
    problem.add_vehicle(vroom.Vehicle(0, start=0, end=0, time_window=vroom.TimeWindow(*known.windows[0])))
    for node in range(1, len(known.travel)):
        window = vroom.TimeWindow(*known.windows[node])
        problem.add_job(vroom.Job(node, location=node, time_windows=[window]))
    found = problem.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=seconds)).routes
    return cost_of(known, [int(node) for node, kind in zip(found["id"], found["type"], strict=True) if kind == "job"])


def by_ortools(known: Known, seconds: float) -> int | None:
    """The cost of the tour that OR-Tools finds, None when it leaves a customer out."""
    from ortools.constraint_solver import pywrapcp
    from ortools.constraint_solver import routing_enums_pb2 as kinds

    manager = pywrapcp.RoutingIndexManager(len(known.travel), 1, 0)
    model = pywrapcp.RoutingModel(manager)

    def travel(one: int, other: int) -> int:
        return known.travel[manager.IndexToNode(one)][manager.IndexToNode(other)]

    arc = model.RegisterTransitCallback(travel)
    model.SetArcCostEvaluatorOfAllVehicles(arc)
    horizon = known.windows[0][1]
    model.AddDimension(arc, horizon, horizon, False, "time")
    time: Any = model.GetDimensionOrDie("time")
    for node in range(1, len(known.travel)):
        opens, closes = known.windows[node]
        time.CumulVar(manager.NodeToIndex(node)).SetRange(opens, min(closes, horizon))
        # To leave one out is dear but allowed: else its first step often finds nothing, and its search does not begin.
        model.AddDisjunction([manager.NodeToIndex(node)], 1_000_000)
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = kinds.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    search.local_search_metaheuristic = kinds.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.time_limit.FromTimedelta(timedelta(seconds=seconds))
    found = model.SolveWithParameters(search)
    if not found:
        return None
    tour, index = [], found.Value(model.NextVar(model.Start(0)))
    while not model.IsEnd(index):
        tour.append(manager.IndexToNode(index))
        index = found.Value(model.NextVar(index))
    return cost_of(known, tour)
