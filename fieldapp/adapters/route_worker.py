"""The route solver's own process: reads a problem a line from standard input, answers a line, ends with its parent.

It is started as a program, imports nothing of fieldapp, and knows no names or addresses: only numbers.
"""

import json
import os
import signal
import sys
import threading
import time
from typing import Any
from typing import TextIO

from pyvrp import Client
from pyvrp import Model
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.solve import SolveParams
from pyvrp.stop import MaxIterations
from pyvrp.stop import MaxRuntime
from pyvrp.stop import MultipleCriteria
from pyvrp.stop import NoImprovement

MAX_ITERATIONS = 20_000


def main() -> None:
    """Answer problems until standard input ends or the parent is gone."""
    # Ctrl-C in a terminal reaches the whole group; the server then ends us by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    answers = _own_output()
    for line in sys.stdin:
        problem = json.loads(line)
        _end_by(problem["kill_after"])
        try:
            answer: dict[str, Any] = {"order": solve(problem)}
        except Exception as error:  # noqa: BLE001 - the parent turns it into a refusal and logs the kind
            answer = {"error": type(error).__name__}
        _end_by(0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def solve(problem: dict[str, Any]) -> list[int]:
    """The indices of the stops to make, in order.

    `problem`: `seconds` (matrix between locations, 0 the start and 1 the end), `shift` [from, to], `stops`
    [{at, service, windows, prize}], `lunch` {seconds, earliest, latest, at: [locations]} or null, `travel_weight`
    (cost of a second on the road, where a second of the day costs 1), `seed`, `no_improvement`, `max_runtime`.
    """
    model = Model()
    clients = _build(model, problem)
    criteria = MultipleCriteria(
        [NoImprovement(problem["no_improvement"]), MaxIterations(MAX_ITERATIONS), MaxRuntime(problem["max_runtime"])]
    )
    # Being a minute late must be able to cost more than any stop is worth, or the search stays among late days.
    worst = max(1.0, max(stop["prize"] for stop in problem["stops"]) / 60)
    params = SolveParams(penalty=PenaltyParams(max_penalty=worst))
    result = model.solve(criteria, seed=problem["seed"], collect_stats=False, display=False, params=params)
    if not result.is_feasible():
        raise ValueError("no feasible day")
    visits = [visit for route in result.best.routes() for visit in route.schedule() if visit.is_client()]
    chosen = [clients[visit.idx] for visit in visits]
    return [index for index in chosen if index is not None]


def _build(model: Model, problem: dict[str, Any]) -> list[int | None]:
    """Fill the model; returns for each of its clients the stop it stands for, None for lunch."""
    early, late = problem["shift"]
    seconds = problem["seconds"]
    locations = [model.add_location(0, 0) for _ in seconds]  # coordinates do not matter where edges are given
    start = model.add_depot(locations[0], tw_early=early, tw_late=late)
    end = model.add_depot(locations[1], tw_early=early, tw_late=late)
    clients: list[int | None] = []
    for index, stop in enumerate(problem["stops"]):
        clients += [index] * len(_add_stop(model, locations[stop["at"]], stop))
    lunch = problem["lunch"]
    if lunch:
        # PyVRP has no breaks: lunch is one client a place, exactly one of which has to be served.
        group = model.add_client_group(required=True)
        for at in lunch["at"]:
            window = {"tw_early": lunch["earliest"], "tw_late": lunch["latest"]}
            model.add_client(locations[at], service_duration=lunch["seconds"], required=False, group=group, **window)
            clients.append(None)
    weight = problem["travel_weight"]
    # Leaving exactly at the shift's start makes the route's duration the time of coming back.
    model.add_vehicle_type(
        start_depot=start, end_depot=end, tw_early=early, tw_late=late, start_late=early,
        unit_distance_cost=weight, unit_duration_cost=1,
    )  # fmt: skip
    for i, row in enumerate(seconds):
        for j, duration in enumerate(row):
            model.add_edge(locations[i], locations[j], distance=duration, duration=duration)
    return clients


def _add_stop(model: Model, location: Any, stop: dict[str, Any]) -> list[Client]:
    """A stop is a client; one with several windows is a group of them of which at most one is served."""
    group = model.add_client_group(required=False) if len(stop["windows"]) > 1 else None
    return [
        model.add_client(
            location, service_duration=stop["service"], tw_early=opens, tw_late=closes,
            prize=stop["prize"], required=False, group=group,
        )
        for opens, closes in stop["windows"]
    ]  # fmt: skip


def _end_by(seconds: float) -> None:
    """Have the system end this process after so many seconds, whatever it does then; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _end_with_parent(parent: int) -> None:
    """The end of standard input says so too, but not during a solve, nor while a sister process holds the pipe."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def _own_output() -> TextIO:
    """Keep standard output for answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main()
