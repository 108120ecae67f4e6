"""The route solver's own process: reads a problem a line from standard input, answers a line, ends with its parent.

It is started as a program, takes nothing of fieldapp but its own last looks, and knows no names or addresses.
"""

import json
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from typing import TextIO

from pyvrp import Client
from pyvrp import Model
from pyvrp.IteratedLocalSearch import IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.search import PerturbationParams
from pyvrp.solve import SolveParams
from pyvrp.stop import MaxIterations
from pyvrp.stop import MaxRuntime
from pyvrp.stop import MultipleCriteria
from pyvrp.stop import NoImprovement

from fieldapp.adapters.route_beam import FEW_STOPS
from fieldapp.adapters.route_beam import Beam
from fieldapp.adapters.route_polish import day_cost
from fieldapp.adapters.route_polish import polish

MAX_ITERATIONS = 20_000
AGREEING = 3
"""Runs that end at the same best cost after which no better one is expected."""

RUNS_IN_VAIN = 2
"""Runs without any day that holds after which not everything is taken to fit."""


def main(answer_to: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> None:
    """Answer problems, by `answer_to` or with a day's order, until standard input ends or the parent is gone."""
    # Ctrl-C in a terminal reaches the whole group; the server then ends us by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    answers = _own_output()
    for line in sys.stdin:
        problem = json.loads(line)
        _end_by(problem["kill_after"])
        try:
            answer: dict[str, Any] = answer_to(problem) if answer_to else {"order": solve(problem)}
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

    A day into which everything may fit is searched as one in which everything must be made: prizes in the balance make
    a rugged landscape, in which the last stop that fits is easily lost. Else prizes choose, and the chosen are ordered.
    """
    until = time.monotonic() + problem["max_runtime"]
    everything = list(range(len(problem["stops"])))
    if may_all_fit(problem):
        order = _in_order(problem, everything, until)
        if order is not None:
            return order
    chosen = _search(problem, until, problem["seed"], problem["no_improvement"], 25, whole=False)
    if chosen is None:
        raise ValueError("no feasible day")
    orders = [polish(problem, chosen), _in_order(problem, sorted(chosen), until, 1)]
    # PyVRP's own answer holds even where a cost is None here: the first order stays then.
    costs = [(day_cost(problem, order), order) for order in orders if order is not None]
    return min(costs, key=lambda each: math.inf if each[0] is None else each[0])[1]


def may_all_fit(problem: dict[str, Any]) -> bool:
    """Whether visits, lunch and the least that can be driven to each of them leave the shift unbroken."""
    seconds, (early, late) = problem["seconds"], problem["shift"]
    least = [min(row[at] for i, row in enumerate(seconds) if i != at) for at in range(len(seconds))]
    for_lunch = problem["lunch"]["seconds"] if problem["lunch"] else 0
    here = {stop["at"] for stop in problem["stops"]}
    needed = sum(stop["service"] for stop in problem["stops"]) + for_lunch + sum(least[at] for at in here) + least[1]
    return bool(needed <= late - early)


def _in_order(problem: dict[str, Any], chosen: list[int], until: float, most: int = 99) -> list[int] | None:
    """The best order found for exactly these stops, from at most so many seeds; None when none found holds."""
    part = problem | {"stops": [problem["stops"][index] for index in chosen]}
    runs, kinds = effort(len(chosen))
    best: tuple[int, list[int]] | None = None
    beam: Beam | None = None
    agreeing = 0
    for run in range(min(runs, most)):
        if (run and time.monotonic() >= until) or (run == RUNS_IN_VAIN and best is None):
            break
        again, kind = divmod(run, len(kinds))
        order = _search(part, until, problem["seed"] + again, *kinds[kind], whole=True)
        if order is not None:
            beam = beam or Beam(part, until)
            order = beam.better(polish(part, order))
            cost = day_cost(part, order)
            if cost is not None and (best is None or cost < best[0]):
                best, agreeing = (cost, order), 0
            agreeing += best is not None and cost == best[0]
        if agreeing == AGREEING or (beam and beam.proved):
            break
    return best and [chosen[index] for index in best[1]]


def effort(stops: int) -> tuple[int, list[tuple[int, int]]]:
    """How many runs there are, and their kinds in turn: rounds without a better order that end one, and its kicks.

    Strong kicks find other days than weak ones do. Each kind has its own seed each time.
    """
    return (3, [(100, 10)]) if stops <= FEW_STOPS else (20, [(100, 25), (200, 10)])


def _search(
    problem: dict[str, Any], until: float, seed: int, rounds: int, kicks: int, *, whole: bool
) -> list[int] | None:
    """One run of PyVRP, `whole` when every stop has to be made; None when it finds no day that holds."""
    model = Model()
    clients = _build(model, problem, whole)
    left = max(0.0, until - time.monotonic())
    criteria = MultipleCriteria([NoImprovement(rounds), MaxIterations(MAX_ITERATIONS), MaxRuntime(left)])
    if whole:
        most, history = 1000.0 * problem["travel_weight"], 50
    else:
        # Being a minute late must be able to cost more than any stop is worth, or the search stays among late days.
        most, history = max(1.0, max(stop["prize"] for stop in problem["stops"]) / 60), 300
    params = SolveParams(
        penalty=PenaltyParams(max_penalty=most),
        ils=IteratedLocalSearchParams(history_length=history),
        perturbation=PerturbationParams(max_perturbations=kicks),
    )
    result = model.solve(criteria, seed=seed, collect_stats=False, display=False, params=params)
    if not result.is_feasible():
        return None
    visits = [visit for route in result.best.routes() for visit in route.schedule() if visit.is_client()]
    found = [clients[visit.idx] for visit in visits]
    return [index for index in found if index is not None]


def _build(model: Model, problem: dict[str, Any], whole: bool) -> list[int | None]:
    """Fill the model; returns for each of its clients the stop it stands for, None for lunch."""
    early, late = problem["shift"]
    seconds = problem["seconds"]
    locations = [model.add_location(0, 0) for _ in seconds]  # coordinates do not matter where edges are given
    start = model.add_depot(locations[0], tw_early=early, tw_late=late)
    end = model.add_depot(locations[1], tw_early=early, tw_late=late)
    clients: list[int | None] = []
    for index, stop in enumerate(problem["stops"]):
        clients += [index] * len(_add_stop(model, locations[stop["at"]], stop, whole))
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


def _add_stop(model: Model, location: Any, stop: dict[str, Any], whole: bool) -> list[Client]:
    """A stop is a client; one with several windows is a group of them of which at most one is served."""
    group = model.add_client_group(required=whole) if len(stop["windows"]) > 1 else None
    return [
        model.add_client(
            location, service_duration=stop["service"], tw_early=opens, tw_late=closes,
            prize=0 if whole else stop["prize"], required=whole and group is None, group=group,
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
