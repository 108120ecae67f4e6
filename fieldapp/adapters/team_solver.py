"""The team solver: PyVRP with one vehicle an officer, in a process of its own beside that which plans single days."""

import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldapp.adapters import line_process
from fieldapp.adapters.line_process import LineProcess
from fieldapp.adapters.line_process import LineProcessFailed
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamStop

log = logging.getLogger(__name__)

TRAVEL_WEIGHT = 10
"""A second on the road costs as much as so many seconds of waiting, as on a single day."""

MOVE_S = 600
"""Somebody else's stop is taken over when that saves so many seconds on the road: an officer knows their people."""

START = "import sys; sys.path.insert(0, sys.argv[1]); from fieldapp.adapters.team_worker import main; main()"
COMMAND = (sys.executable, "-P", "-c", START, str(Path(line_process.__file__).parents[2]))


class PyvrpTeamSolver:
    """Implements `TeamSolver`. Its process ends after each team: a team is shared out some days of a year.

    `search_s`: seconds after which the search gives its best so far; `limit_s`: seconds after which the process is
    taken to hang and is killed.
    """

    def __init__(
        self, *, seed: int = 1, search_s: float = 6.0, limit_s: float = 18.0, command: Sequence[str] = COMMAND
    ):
        self.seed = seed
        self.search_s = search_s
        self.limit_s = limit_s
        self.process = LineProcess(command)

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        """The ids of the stops of each officer, in order. Raises `RouteSolverFailed`."""
        stops = [one for one in request.located if one.stop.windows and any(map(one.may_go_to, request.days))]
        officers = list(request.days)
        if not stops:
            return {officer: [] for officer in officers}
        problem = self._limits(len(stops)) | describe(stops, request, matrix)
        orders = self._answer(problem, len(officers), len(stops))
        return {
            officer: [stops[index].stop.id for index in order] for officer, order in zip(officers, orders, strict=True)
        }

    def close(self) -> None:
        """End the process."""
        self.process.close()

    def _limits(self, stops: int) -> dict[str, Any]:
        rounds = max(500, 20 * stops)
        return {
            "seed": self.seed,
            "no_improvement": rounds,
            "max_runtime": self.search_s,
            "kill_after": self.limit_s,
        }

    def _answer(self, problem: dict[str, Any], officers: int, stops: int) -> list[list[int]]:
        try:
            orders = json.loads(self.process.ask(json.dumps(problem), self.limit_s))["orders"]
        except (LineProcessFailed, ValueError, KeyError, TypeError) as error:
            log.warning("team solver failed: %s %s", type(error).__name__, error)
            raise RouteSolverFailed(FAILED) from error
        finally:
            self.process.close()
        if not _are_orders(orders, officers, stops):
            log.warning("team solver answered with impossible orders")
            raise RouteSolverFailed(FAILED)
        return [list(order) for order in orders]


FAILED = "The stops could not be shared out just now. All plans are as they were; try again."


def _are_orders(orders: Any, officers: int, stops: int) -> bool:
    """Whether an answer holds a list for each officer, and no stop twice."""
    if not isinstance(orders, list) or len(orders) != officers or not all(isinstance(order, list) for order in orders):
        return False
    every = [index for order in orders for index in order]
    known = all(type(index) is int and 0 <= index < stops for index in every)
    return known and len(set(every)) == len(every)


@dataclass(frozen=True)
class Noon:
    """The time of day with lunch taken out, in which a day with lunch at `at` reads like one without.

    PyVRP has no breaks, and the trick of a single day (lunch as one client a place) cannot be said for several
    officers. So the team is solved as if everybody ate at the same time; each day is solved singly afterwards.
    """

    at: int
    seconds: int

    def without(self, moment: int) -> int:
        """Seconds of the day without lunch; a moment within lunch is its beginning."""
        return min(moment, self.at) if moment <= self.at + self.seconds else moment - self.seconds


def noon_of(days: Sequence[DayRequest], longest_s: int) -> Noon:
    """Return the lunch that most of the days have, at a time that a visit of `longest_s` may overrun."""
    common = Counter(day.lunch for day in days if day.lunch).most_common(1)
    if not common:
        return Noon(0, 0)
    lunch = common[0][0]
    middle = (lunch.earliest + lunch.latest) // 2
    return Noon(max(lunch.earliest, min(middle, lunch.latest - longest_s)), lunch.seconds)


def describe(stops: Sequence[TeamStop], request: TeamRequest, matrix: TravelMatrix) -> dict[str, Any]:
    """The problem in the numbers that `team_worker.solve` takes: no ids, names or positions.

    Locations are each officer's start and end, then each stop.
    """
    days = list(request.days.values())
    noon = noon_of(days, max(one.stop.service_s for one in stops))
    rows = {one.stop.id: row for row, one in enumerate(request.located, start=2 * len(days))}
    chosen = [*range(2 * len(days)), *(rows[one.stop.id] for one in stops)]
    index = {officer: number for number, officer in enumerate(request.days)}
    return {
        "seconds": [[0 if i == j else matrix.seconds[i][j] for j in chosen] for i in chosen],
        "travel_weight": TRAVEL_WEIGHT,
        "move_s": MOVE_S,
        "officers": [_shift(day, noon) for day in days],
        "stops": [
            {
                "service": one.stop.service_s,
                "windows": _windows(one, days, noon),
                "prize": prize,
                "own": index.get(one.own, -1),
                "not_for": [index[officer] for officer in request.days if not one.may_go_to(officer)],
            }
            for one, prize in zip(stops, prizes(stops, days), strict=True)
        ],
    }


def _shift(day: DayRequest, noon: Noon) -> list[int]:
    """From when to when an officer works, without lunch; a longer one than most have comes off the end."""
    begin, end = noon.without(day.shift_start), noon.without(day.shift_end)
    return [begin, max(begin, end - max(0, _length(day.lunch) - noon.seconds))]


def _length(lunch: LunchRequest | None) -> int:
    return lunch.seconds if lunch else 0


def _windows(one: TeamStop, days: Sequence[DayRequest], noon: Noon) -> list[tuple[int, int]]:
    first, last = min(day.shift_start for day in days), max(day.shift_end for day in days)
    cut = within(one.stop.windows, first, last)
    return [(noon.without(opens), noon.without(closes)) for opens, closes in cut]


def prizes(stops: Sequence[TeamStop], days: Sequence[DayRequest]) -> list[int]:
    """What each stop is worth: a step of priority outweighs any officer's day, a required stop all others."""
    longest = max(day.shift_end - day.shift_start for day in days)
    step = (TRAVEL_WEIGHT + 1) * (longest + MOVE_S) + 1
    all_others = sum(one.stop.priority for one in stops)
    return [step * (one.stop.priority + (all_others if one.stop.required else 0)) for one in stops]
