"""The route solver against an exact dynamic program, and when its process dies, hangs or lies."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.schedule import schedule
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import random_day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight
from tests.domain.routing.oracle import best_value


@pytest.fixture(scope="module")
def solver() -> Iterator[PyvrpRouteSolver]:
    made = PyvrpRouteSolver(search_s=30, limit_s=60)
    made.warm()
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[PyvrpRouteSolver]:
    """A solver whose process the test may kill."""
    made = PyvrpRouteSolver(search_s=30, limit_s=60)
    made.warm()
    yield made
    made.close()


def planned(solver: PyvrpRouteSolver, request) -> list[str]:
    return solver.solve(request, straight(request.places))


REQUEST = day(stop("a", 1), stop("b", 2), stop("c", 3), lunch=LUNCH)

KINDS = {"roomy": (9, 0.15), "short": (3, 0.1), "wide": (9, 0.4)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 8, 9])
def test_small_days_are_as_good_as_can_be_proved(solver, count: int, kind: str):
    hours, spread = KINDS[kind]
    for seed in range(4):
        request = random_day(seed, count, hours=hours, spread=spread, lunch=seed != 3)
        matrix = straight(request.places)
        order = solver.solve(request, matrix)
        assert best_value(request, matrix, order) == best_value(request, matrix), (seed, order)
        assert schedule(order, matrix, request).late_s == 0


@pytest.mark.parametrize(("seed", "count"), [(38, 5), (6, 9), (7, 9)])
def test_days_that_once_lost_a_stop_keep_it(solver, seed: int, count: int):
    request = random_day(seed, count)
    matrix = straight(request.places)
    assert best_value(request, matrix, solver.solve(request, matrix)) == best_value(request, matrix)


def test_day_without_stops_has_an_empty_order(solver):
    assert planned(solver, day(lunch=LUNCH)) == []


def test_stop_without_position_is_passed_over(solver):
    assert planned(solver, day(StopRequest("x", None, 900), stop("a", 1))) == ["a"]


def test_stop_whose_window_is_out_of_reach_is_passed_over(solver):
    closed = stop("x", 10, windows=((18 * HOUR, 20 * HOUR),), required=True, priority=1000)
    assert planned(solver, day(closed, stop("y", windows=(), required=True), stop("a", 1))) == ["a"]


def test_required_stop_wins_over_many_of_high_priority(solver):
    many = [stop(f"p{index}", 1, minutes=10, priority=1000) for index in range(6)]
    assert planned(solver, day(*many, stop("must", minutes=60, required=True), end=9)) == ["must"]


def test_high_priority_wins_over_a_short_way(solver):
    near = [stop(f"n{index}", 0.1, minutes=5) for index in range(5)]
    assert planned(solver, day(*near, stop("far", 12, minutes=10, priority=6), end=9)) == ["far"]


def test_windows_set_the_order(solver):
    morning, noon = ((8 * HOUR, 9 * HOUR),), ((12 * HOUR, 13 * HOUR),)
    assert planned(solver, day(stop("near", 1, windows=noon), stop("far", 15, windows=morning))) == ["far", "near"]


def test_second_window_is_used_when_the_first_is_full(solver):
    two = ((8 * HOUR, 8 * HOUR + 600), (15 * HOUR, 15 * HOUR + 600))
    stops = [stop(name, minutes=60, windows=two) for name in "ab"]
    request = day(*stops)
    route = schedule(planned(solver, request), straight(request.places), request)
    assert [call.begin for call in route.calls] == [8 * HOUR, 15 * HOUR]
    assert route.late_s == 0


def test_arrival_at_the_last_second_of_a_window_and_of_the_shift_counts(solver):
    exact = stop("a", 10, minutes=20, windows=((0, 8 * HOUR + 1200),))
    assert planned(solver, day(exact, end=9)) == ["a"]
    assert planned(solver, day(exact, end=9 - 1 / HOUR)) == []


def test_lunch_takes_its_time_from_the_day(solver):
    stops = [stop(f"s{index}", minutes=55) for index in range(6)]
    lunch = LunchRequest(60, 9 * HOUR, 12 * HOUR)
    assert len(planned(solver, day(*stops, end=14))) == 6
    assert len(planned(solver, day(*stops, end=14, lunch=lunch))) == 5


def test_lunch_that_no_shift_has_room_for_is_forgotten(solver):
    assert planned(solver, day(stop("a", 1), start=14, lunch=LUNCH)) == ["a"]


def test_night_shift_past_midnight_is_planned(solver):
    late = stop("late", 5, windows=((25 * HOUR, 26 * HOUR),))
    early = stop("early", 5, windows=((22 * HOUR, 23 * HOUR),))
    assert planned(solver, day(late, early, start=22, end=30)) == ["early", "late"]


def test_several_people_at_one_address_are_visited_in_one_go(solver):
    stops = [stop(name, north) for name, north in zip("abcd", [5, -5, 5, -5], strict=True)]
    assert planned(solver, day(*stops)) in [list(order) for order in ("acbd", "cabd", "acdb", "cadb")] + [
        list(order) for order in ("bdac", "bdca", "dbac", "dbca")
    ]


def test_sixty_stops_of_which_a_third_fit_give_a_day_that_holds(solver):
    request = random_day(3, 60)
    matrix = straight(request.places)
    route = schedule(solver.solve(request, matrix), matrix, request)
    assert route.late_s == 0
    assert 10 < len(route.calls) < 30
    assert len(route.calls) + len(route.left_out) == 60
    chosen = {call.stop_id for call in route.calls}
    urgent = [each for each in request.stops if each.priority == 100]
    leisurely = [each for each in request.stops if each.priority == 10]
    share = [sum(each.id in chosen for each in group) / len(group) for group in (urgent, leisurely)]
    assert share[0] > share[1]


def test_same_seed_gives_the_same_answer_from_another_process(solver, other):
    request = random_day(11, 18)
    assert planned(solver, request) == planned(solver, request) == planned(other, request)


def test_solver_that_was_killed_between_two_days_is_started_again(other):
    first = other.process.pid
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert sorted(planned(other, REQUEST)) == ["a", "b", "c"]
    assert other.process.pid not in (None, first)


def test_solver_that_hangs_is_killed_and_the_next_day_is_planned(other):
    first = other.process.pid
    os.kill(first, signal.SIGSTOP)
    other.limit_s = 0.3
    with pytest.raises(RouteSolverFailed):
        planned(other, REQUEST)
    assert not Path(f"/proc/{first}").exists()
    other.limit_s = 60
    assert sorted(planned(other, REQUEST)) == ["a", "b", "c"]


def test_solver_killed_in_the_middle_of_a_day_is_a_clear_refusal(other):
    victim = other.process.pid
    os.kill(victim, signal.SIGSTOP)  # so that the request is surely under way
    killer = threading.Timer(0.2, os.kill, (victim, signal.SIGKILL))
    killer.start()
    with pytest.raises(RouteSolverFailed, match="try again"):
        planned(other, REQUEST)
    killer.join()
    assert sorted(planned(other, REQUEST)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("raise SystemExit(3)", id="ends at once"),
        pytest.param("input(); print('not json')", id="answers nonsense"),
        pytest.param('input(); print(\'{"error": "ValueError"}\')', id="cannot solve"),
        pytest.param("input(); print('{\"order\": [0, 0]}')", id="goes twice to one stop"),
        pytest.param("input(); print('{\"order\": [7]}')", id="goes to a stop that is none"),
        pytest.param("input(); print('{\"order\": [true]}')", id="means no number"),
        pytest.param("input(); print('{\"order\": [null, 1]}')", id="has holes"),
        pytest.param("input(); print('[]')", id="answers another thing"),
        pytest.param("input(); print('{', end='', flush=True)", id="dies in the answer"),
    ],
)
def test_any_wrong_answer_is_a_clear_refusal(program: str):
    solver = PyvrpRouteSolver(command=(sys.executable, "-c", program), limit_s=30)
    with pytest.raises(RouteSolverFailed):
        planned(solver, REQUEST)
    solver.close()


def test_missing_program_is_a_clear_refusal(tmp_path):
    with pytest.raises(RouteSolverFailed):
        planned(PyvrpRouteSolver(command=(str(tmp_path / "nothing"),)), REQUEST)


def test_several_threads_take_turns(solver):
    requests = [random_day(seed, 6) for seed in range(6)]
    alone = [planned(solver, request) for request in requests]
    together: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda index=index: together.update({index: planned(solver, requests[index])}))
        for index in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[index] for index in range(6)] == alone


ORPHAN = """
import os, signal, sys
from fieldapp.adapters.route_solver import PyvrpRouteSolver
solver = PyvrpRouteSolver(search_s=30, limit_s=60)
solver.warm()
if sys.argv[1] == "stay":
    holder = os.fork()  # a sister that inherits the pipe to the solver and lives on
    if holder == 0:
        signal.pause()
    print(holder, end=" ")
print(solver.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("sister", ["none", "stay"])
def test_solver_ends_when_its_server_is_killed(sister: str):
    root = Path(__file__).parents[2]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", ORPHAN, sister], stdout=subprocess.PIPE, text=True, cwd=root
    )
    *holders, worker = (int(word) for word in server.stdout.readline().split())
    try:
        assert server.wait(30) == -signal.SIGKILL
        assert ended(worker)
    finally:
        for holder in holders:
            os.kill(holder, signal.SIGKILL)
        server.stdout.close()


def ended(pid: int) -> bool:
    """Wait for the end of a process that is not our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 20)[0])
    finally:
        os.close(handle)


def test_forked_process_gets_a_solver_of_its_own():
    program = """
import os, sys
from fieldapp.adapters.route_solver import PyvrpRouteSolver
solver = PyvrpRouteSolver(search_s=30, limit_s=60)
solver.warm()
mine = solver.process.pid
child = os.fork()
if child == 0:
    assert solver.process.pid is None
    solver.warm()
    assert solver.process.pid not in (None, mine)
    sys.exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
solver.warm()
assert solver.process.pid == mine
solver.close()
print("both well")
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, timeout=60)
    assert (done.stdout, done.stderr) == ("both well\n", "")
