"""The route solver: PyVRP in a process of its own, which may crash or hang without harm to the server."""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fieldapp.adapters import line_process
from fieldapp.adapters.line_process import LineProcess
from fieldapp.adapters.line_process import LineProcessFailed
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.reasons import day_lunch
from fieldapp.domain.routing.reasons import fits_alone
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.request import within

log = logging.getLogger(__name__)

TRAVEL_WEIGHT = 10
"""A second on the road costs as much as so many seconds of waiting: routes are short first, then over early."""

# -P: nothing in the folder of today may stand in for a library. The child runs the files of this very program.
START = "import sys; sys.path.insert(0, sys.argv[1]); from fieldapp.adapters.route_worker import main; main()"
COMMAND = (sys.executable, "-P", "-c", START, str(Path(line_process.__file__).parents[2]))


class PyvrpRouteSolver:
    """Implements `RouteSolver`. The same request, matrix and seed give the same order.

    `search_s`: seconds after which the search gives its best so far; `limit_s`: seconds after which the process is
    taken to hang and is killed. `travel_weight`: seconds of the day that one on the road costs as much as.
    """

    def __init__(
        self,
        *,
        seed: int = 1,
        search_s: float = 2.0,
        limit_s: float = 10.0,
        travel_weight: int = TRAVEL_WEIGHT,
        command: Sequence[str] = COMMAND,
    ):
        self.seed = seed
        self.search_s = search_s
        self.limit_s = limit_s
        self.travel_weight = travel_weight
        self.process = LineProcess(command)

    def solve(self, request: DayRequest, matrix: TravelMatrix) -> list[str]:
        """The ids of the stops to make, in order.

        Stops of high priority first of all, then little travel, then an early end. Raises `RouteSolverFailed`.
        """
        stops = [stop for stop in request.located if fits_alone(stop, stop.windows, request, matrix)]
        if not stops:
            return []
        problem = self._limits(patience(len(stops))) | describe(stops, request, matrix, self.travel_weight)
        return [stops[index].id for index in self._answer(problem, len(stops))]

    def warm(self) -> None:
        """Start the process and have it solve something small, so that the first person does not wait for it.

        Raises `RouteSolverFailed`.
        """
        stop = {"at": 1, "service": 0, "windows": [[0, 2]], "prize": 99}
        tiny = {"seconds": [[0, 1], [1, 0]], "shift": [0, 9], "stops": [stop], "lunch": None, "travel_weight": 1}
        self._answer(self._limits(1) | tiny, 1)

    def close(self) -> None:
        """End the process."""
        self.process.close()

    def _limits(self, rounds: int) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "no_improvement": rounds,
            "max_runtime": self.search_s,
            "kill_after": self.limit_s,
        }

    def _answer(self, problem: dict[str, Any], count: int) -> list[int]:
        try:
            answer = json.loads(self.process.ask(json.dumps(problem), self.limit_s))
            order = answer["order"]
        except (LineProcessFailed, ValueError, KeyError, TypeError) as error:
            log.warning("route solver failed: %s %s", type(error).__name__, error)
            raise RouteSolverFailed from error
        if not _is_order(order, count):
            log.warning("route solver answered with an impossible order")
            raise RouteSolverFailed
        return list(order)


def _is_order(order: Any, count: int) -> bool:
    """Whether an answer is a list of different indices of so many stops."""
    if not isinstance(order, list) or not all(type(index) is int and 0 <= index < count for index in order):
        return False
    return len(set(order)) == len(order)


def patience(stops: int) -> int:
    """Rounds without a better route after which the search ends.

    Rounds, not seconds, so that a busy machine plans the same day. Short days get more of them, because there a
    round costs little and a day of nine stops is then as good as can be proved.
    """
    return min(1200, max(300, 100_000 // stops**2))


def describe(
    stops: Sequence[StopRequest], request: DayRequest, matrix: TravelMatrix, travel_weight: int = TRAVEL_WEIGHT
) -> dict[str, Any]:
    """The problem in the numbers that `route_worker.solve` takes: no ids, names or positions.

    Locations are the start, the end, and each place once.
    """
    rows = {stop.id: row for row, stop in enumerate(request.located, start=2)}
    first_at = {stop.place: rows[stop.id] for stop in reversed(stops)}
    chosen = [0, 1, *sorted(first_at.values())]
    at = {row: location for location, row in enumerate(chosen)}
    lunch = day_lunch(request, matrix)
    return {
        "seconds": [[0 if i == j else matrix.seconds[i][j] for j in chosen] for i in chosen],
        "shift": [request.shift_start, request.shift_end],
        "travel_weight": travel_weight,
        "stops": [
            {
                "at": at[first_at[stop.place]],
                "service": stop.service_s,
                "windows": within(stop.windows, request.shift_start, request.shift_end),
                "prize": prize,
            }
            for stop, prize in zip(stops, prizes(stops, request, travel_weight), strict=True)
        ],
        "lunch": lunch
        and {
            "seconds": lunch.seconds,
            "earliest": max(lunch.earliest, request.shift_start),
            "latest": min(lunch.latest, request.shift_end),
            "at": list(range(len(chosen))),
        },
    }


def prizes(stops: Sequence[StopRequest], request: DayRequest, travel_weight: int = TRAVEL_WEIGHT) -> list[int]:
    """What each stop is worth, so that one step of priority outweighs any day's cost and a required stop all others."""
    step = (travel_weight + 1) * (request.shift_end - request.shift_start) + 1
    all_others = sum(stop.priority for stop in stops)
    return [step * (stop.priority + (all_others if stop.required else 0)) for stop in stops]
