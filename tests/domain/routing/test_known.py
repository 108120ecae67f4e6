"""Published days whose best answer is known, and the order that a last look leaves."""

from collections.abc import Iterator

import pytest

from fieldapp.adapters.route_polish import day_cost
from fieldapp.adapters.route_polish import polish
from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.route_solver import describe
from fieldapp.domain.routing.schedule import schedule
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import random_day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight
from tests.domain.routing.oracle import best_value
from tools.bench.known import as_day
from tools.bench.known import cost_of
from tools.bench.known import read_all

FEW = ("n20w20.001", "n20w100.003", "n40w20.001", "rbg016a.tw", "rbg021.6.tw")


@pytest.fixture(scope="module")
def solver() -> Iterator[PyvrpRouteSolver]:
    made = PyvrpRouteSolver(search_s=30, limit_s=60, travel_weight=20_000)
    made.warm()
    yield made
    made.close()


def test_the_best_known_tours_hold_and_cost_what_is_said_of_them():
    for known in read_all():
        assert cost_of(known, list(known.tour)) == known.cost, known.name


@pytest.mark.parametrize("known", [each for each in read_all() if each.name in FEW], ids=lambda each: each.name)
def test_a_published_day_is_planned_at_the_best_known_cost(solver, known):
    request, matrix = as_day(known)
    route = schedule(solver.solve(request, matrix), matrix, request)
    assert (route.left_out, route.late_s, route.travel_s) == ((), 0, known.cost)


@pytest.mark.parametrize("seed", range(3))
def test_ten_stops_with_priorities_windows_and_lunch_are_as_good_as_can_be_proved(seed: int):
    request = random_day(1000 + seed, 10)
    matrix = straight(request.places)
    made = PyvrpRouteSolver(search_s=30, limit_s=60)
    assert best_value(request, matrix, made.solve(request, matrix)) == best_value(request, matrix)
    made.close()


def problem_of(request):
    return describe(request.stops, request, straight(request.places))


def test_the_cost_of_an_order_is_that_of_its_schedule():
    for seed in range(20):
        request = random_day(seed, 4)
        order = list(range(4))
        cost = day_cost(problem_of(request), order)
        route = schedule([request.stops[index].id for index in order], straight(request.places), request)
        if cost is not None:
            assert route.late_s == 0
            assert cost >= 10 * route.travel_s + route.back_at - request.shift_start


def test_stretches_in_the_wrong_order_change_places():
    request = day(*(stop(name, north) for name, north in zip("abcd", (3, 4, 1, 2), strict=True)), lunch=LUNCH)
    better = polish(problem_of(request), [0, 1, 2, 3])
    route = schedule([request.stops[index].id for index in better], straight(request.places), request)
    assert route.travel_s == 8 * 120  # there and back once, where the order before went back twice


def test_stretches_stay_where_their_windows_want_them():
    early = ((8 * HOUR, 8 * HOUR + 1200),)
    request = day(stop("a", 3, windows=early), stop("b", 4), stop("c", 1), stop("d", 2), end=12)
    better = polish(problem_of(request), [0, 1, 2, 3])
    assert better[0] == 0
    assert day_cost(problem_of(request), [2, 0, 1, 3]) is None
