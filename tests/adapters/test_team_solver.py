"""The team solver: who takes which stop, lunch for all, and what happens when its process dies or lies."""

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldapp.adapters.team_solver import PyvrpTeamSolver
from fieldapp.adapters.team_solver import noon_of
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.schedule import schedule
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamStop
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight
from tests.domain.routing.teams import team
from tests.domain.routing.teams import with_day


@pytest.fixture(scope="module")
def solver() -> Iterator[PyvrpTeamSolver]:
    made = PyvrpTeamSolver(search_s=30, limit_s=60)
    yield made
    made.close()


def shared(solver: PyvrpTeamSolver, request: TeamRequest) -> dict[str, list[str]]:
    orders = solver.share(request, straight(request.places))
    return {officer: sorted(order) for officer, order in orders.items()}


def south(request: TeamRequest, officer: str) -> TeamRequest:
    """The team with one of them starting and ending far south."""
    home = Place(39.09, -76.61, "Home")
    return with_day(request, officer, replace(request.days[officer], start=home, end=home))


def test_an_officer_keeps_their_stops_unless_another_saves_ten_minutes(solver: PyvrpTeamSolver) -> None:
    # one way for both would save eight minutes; the second lives beside the first's far stop, and saves eighty
    small = team("AB", (stop("a", 2), "A"), (stop("b", 2.5), "B"))
    large = south(team("AB", (stop("a1", 20), "A"), (stop("a2", -20), "A"), (stop("b", -20.5), "B")), "B")

    assert shared(solver, small) == {"A": ["a"], "B": ["b"]}
    assert shared(solver, large) == {"A": ["a1"], "B": ["a2", "b"]}


def test_stops_of_who_is_away_go_to_whoever_passes_there(solver: PyvrpTeamSolver) -> None:
    request = team("BC", (stop("a1", 20), ""), (stop("a2", -20), ""), (stop("b", 20.5), "B"), (stop("c", -20.5), "C"))

    assert shared(solver, request) == {"B": ["a1", "b"], "C": ["a2", "c"]}


def test_a_fixed_stop_stays_whatever_it_costs_and_nobody_takes_that_of_an_absent_officer(
    solver: PyvrpTeamSolver,
) -> None:
    request = south(team("AB", (stop("a1", 20), "A"), (stop("b", -20.5), "B")), "B")
    fixed = TeamStop(stop("a2", -20), "A", fixed=True)
    orphan = TeamStop(stop("o", -20), "", fixed=True)

    assert shared(solver, replace(request, stops=(*request.stops, fixed, orphan))) == {"A": ["a1", "a2"], "B": ["b"]}


def test_a_visit_by_two_goes_however_far_to_who_has_a_partner_and_to_nobody_without(solver: PyvrpTeamSolver) -> None:
    request = south(team("AB", (stop("a", 20, minutes=360), "A"), (stop("b", -20.5), "B")), "B")
    near_a = TeamStop(stop("two", 20), "A", paired=frozenset("B"))
    nobodys = TeamStop(stop("none", 20), "A", paired=frozenset())

    orders = shared(solver, replace(request, stops=(*request.stops, near_a, nobodys)))
    assert orders == {"A": ["a"], "B": ["b", "two"]}


def test_the_most_urgent_are_made_when_not_all_fit(solver: PyvrpTeamSolver) -> None:
    stops = [(stop(f"s{i}", minutes=50, priority=i + 1), "A") for i in range(6)]

    orders = shared(solver, team("AB", *stops, end=10))

    assert sorted([*orders["A"], *orders["B"]]) == ["s2", "s3", "s4", "s5"]


def test_windows_on_both_sides_of_lunch_hold_once_lunch_is_eaten(solver: PyvrpTeamSolver) -> None:
    morning, late = ((8 * HOUR, 9 * HOUR),), ((15 * HOUR, 15 * HOUR + 600),)
    stops = [
        *((stop(f"m{i}", 3 * i, minutes=40, windows=morning), "") for i in range(2)),
        *((stop(f"d{i}", 2, i, minutes=40), "") for i in range(8)),
        *((stop(f"l{i}", -3 * i, minutes=40, windows=late), "") for i in range(2)),
    ]
    request = team("AB", *stops, lunch=LUNCH)
    matrix = straight(request.places)
    orders = solver.share(request, matrix)

    assert sum(map(len, orders.values())) == 12
    for officer, order in orders.items():
        route = schedule(order, request.matrix_of(officer, order, matrix), request.day_of(officer, order))
        assert route.lunch is not None
        assert route.late_s == 0


def test_two_windows_an_own_start_and_an_own_shift_are_kept(solver: PyvrpTeamSolver) -> None:
    two = ((8 * HOUR, 8 * HOUR + 600), (15 * HOUR, 15 * HOUR + 600))
    request = team("AB", (stop("x", minutes=20, windows=two), "A"), (stop("north", 30, minutes=20), "A"))
    home = Place(39.59, -76.61, "Home")
    late = replace(day(start=12, end=16), start=home, end=home)

    assert shared(solver, with_day(request, "B", late)) == {"A": ["x"], "B": ["north"]}


def test_what_nobody_can_meet_or_reach_is_in_no_order(solver: PyvrpTeamSolver) -> None:
    nowhere, closed = StopRequest("nowhere", None, 900), stop("closed", windows=())
    night, far = stop("night", windows=((20 * HOUR, 21 * HOUR),)), stop("far", 200)
    request = team("AB", (nowhere, "A"), (closed, "A"), (night, "A"), (far, "B"), (stop("b", 1), "B"))

    assert shared(solver, request) == {"A": [], "B": ["b"]}
    assert shared(solver, team("A", (nowhere, "A"))) == {"A": []}
    assert solver.process.pid is None


def test_lunch_is_where_most_have_it_and_a_visit_may_overrun_it() -> None:
    other = LunchRequest(60, 12 * HOUR, 13 * HOUR)
    noon = noon_of([day(lunch=LUNCH), day(lunch=LUNCH), day(lunch=other), day()], 1800)

    assert (noon.at, noon.seconds) == (12 * HOUR + 1800, 1800)
    assert noon_of([day(lunch=LUNCH)], 5400).at == 12 * HOUR
    assert [noon.without(moment) for moment in (8 * HOUR, 12 * HOUR + 1900, 15 * HOUR)] == [
        8 * HOUR,
        12 * HOUR + 1800,
        14 * HOUR + 1800,
    ]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("raise SystemExit(3)", id="ends at once"),
        pytest.param("input(); print('not json')", id="answers nonsense"),
        pytest.param('input(); print(\'{"error": "ValueError"}\')', id="cannot solve"),
        pytest.param("input(); print('{\"orders\": [[0]]}')", id="forgets an officer"),
        pytest.param("input(); print('{\"orders\": [[0], [0]]}')", id="sends two to one stop"),
        pytest.param("input(); print('{\"orders\": [[7], []]}')", id="goes to a stop that is none"),
        pytest.param("input(); print('{\"orders\": [[true], []]}')", id="means no number"),
        pytest.param("import time; time.sleep(60)", id="hangs"),
    ],
)
def test_any_wrong_answer_is_a_clear_refusal(program: str) -> None:
    solver = PyvrpTeamSolver(command=(sys.executable, "-c", program), limit_s=2 if "sleep" in program else 30)
    with pytest.raises(RouteSolverFailed, match="All plans are as they were"):
        shared(solver, team("AB", (stop("a", 1), "A")))
    assert solver.process.pid is None
