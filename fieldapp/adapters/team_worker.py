"""The team solver's own process: the loop of route_worker.py, with a vehicle for each officer.

Like that one it is started as a program, takes no more of fieldapp than it must, and knows only numbers.
"""

from typing import Any

import numpy as np
from pyvrp import Client
from pyvrp import ClientGroup
from pyvrp import Depot
from pyvrp import Location
from pyvrp import ProblemData
from pyvrp import VehicleType
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.solve import SolveParams
from pyvrp.solve import solve as solve_data
from pyvrp.stop import MaxRuntime
from pyvrp.stop import MultipleCriteria
from pyvrp.stop import NoImprovement

from fieldapp.adapters import route_worker

OUT_OF_REACH = 1_000_000


def main() -> None:
    """Answer teams until standard input ends or the parent is gone."""
    route_worker.main(answer_to)


def answer_to(problem: dict[str, Any]) -> dict[str, Any]:
    """Answer one problem."""
    return {"orders": solve(problem)}


def solve(problem: dict[str, Any]) -> list[list[int]]:
    """The indices of the stops of each officer, in order.

    `problem`: `seconds` (matrix between locations: each officer's start and end, then each stop), `officers`
    [[from, to]], `stops` [{service, windows, prize, own (-1: nobody's), not_for (officers who may not make it)}],
    `travel_weight`, `move_s` (seconds on the road that taking somebody else's stop costs), `seed`, `no_improvement`,
    `max_runtime`.
    """
    clients: list[Client] = []
    stands_for: list[int] = []
    groups: list[ClientGroup] = []
    first = 2 * len(problem["officers"])
    for index, stop in enumerate(problem["stops"]):
        many = len(stop["windows"]) > 1
        for opens, closes in stop["windows"]:
            # a stop with several windows is a group of clients of which at most one is served
            clients.append(
                Client(
                    first + index, service_duration=stop["service"], tw_early=opens, tw_late=closes,
                    prize=stop["prize"], required=False, group=len(groups) if many else None,
                )
            )  # fmt: skip
            stands_for.append(index)
        if many:
            groups.append(ClientGroup(list(range(len(clients) - len(stop["windows"]), len(clients))), required=False))
    if not clients:
        return [[] for _ in problem["officers"]]
    data = _data(problem, clients, groups)
    criteria = MultipleCriteria([NoImprovement(problem["no_improvement"]), MaxRuntime(problem["max_runtime"])])
    worst = max(1.0, max(stop["prize"] for stop in problem["stops"]) / 60)
    params = SolveParams(penalty=PenaltyParams(max_penalty=worst))
    result = solve_data(data, criteria, problem["seed"], collect_stats=False, display=False, params=params)
    if not result.is_feasible():
        raise ValueError("no feasible team")
    orders: list[list[int]] = [[] for _ in problem["officers"]]
    for route in result.best.routes():
        orders[route.vehicle_type()] = [stands_for[visit.idx] for visit in route.schedule() if visit.is_client()]
    return orders


def _data(problem: dict[str, Any], clients: list[Client], groups: list[ClientGroup]) -> ProblemData:
    officers = problem["officers"]
    seconds: Any = np.array(problem["seconds"], dtype=np.int64)
    depots = [
        Depot(2 * officer + end, tw_early=early, tw_late=late)
        for officer, (early, late) in enumerate(officers)
        for end in (0, 1)
    ]
    vehicles = [
        VehicleType(
            start_depot=2 * officer, end_depot=2 * officer + 1, tw_early=early, tw_late=late, start_late=early,
            unit_distance_cost=problem["travel_weight"], unit_duration_cost=1, profile=officer,
        )
        for officer, (early, late) in enumerate(officers)
    ]  # fmt: skip
    distances = [_way_costs(problem, seconds, officer) for officer in range(len(officers))]
    durations = [_way_times(problem, seconds, officer) for officer in range(len(officers))]
    locations = [Location(0, 0) for _ in seconds]
    return ProblemData(locations, clients, depots, vehicles, distances, durations, groups)


def _way_costs(problem: dict[str, Any], seconds: Any, officer: int) -> Any:
    """Seconds on the road as this officer pays them: the way to another officer's stop costs more."""
    costs = seconds.copy()
    costs[:, _of_others(problem, officer)] += problem["move_s"]
    np.fill_diagonal(costs, 0)
    return costs


def _way_times(problem: dict[str, Any], seconds: Any, officer: int) -> Any:
    """Seconds on the road; what this officer may not make is further away than any day is long."""
    times = seconds.copy()
    times[:, _closed_to(problem, officer)] += OUT_OF_REACH
    np.fill_diagonal(times, 0)
    return times


def _of_others(problem: dict[str, Any], officer: int) -> list[int]:
    """The locations of stops that another officer has."""
    first = 2 * len(problem["officers"])
    return [first + index for index, stop in enumerate(problem["stops"]) if stop["own"] not in (-1, officer)]


def _closed_to(problem: dict[str, Any], officer: int) -> list[int]:
    """The locations of stops that this officer may not make."""
    first = 2 * len(problem["officers"])
    return [first + index for index, stop in enumerate(problem["stops"]) if officer in stop["not_for"]]
