"""The beam: a day's order against all others, and what it may not do to the one it is given."""

import itertools
import time

import pytest

from fieldapp.adapters import route_beam
from fieldapp.adapters.route_beam import Beam
from fieldapp.adapters.route_bounds import bounds
from fieldapp.adapters.route_polish import day_cost
from fieldapp.adapters.route_solver import describe
from fieldapp.adapters.route_worker import solve
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import random_day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight
from tools.bench.known import as_day
from tools.bench.known import read_all

TOMORROW = 24 * HOUR


def problem_of(request, matrix=None):
    return describe(request.stops, request, matrix or straight(request.places), 10)


def beam_for(problem) -> Beam:
    return Beam(problem, time.monotonic() + TOMORROW)


def orders_that_hold(problem):
    """All orders of all stops that hold, the cheapest first."""
    found = [list(order) for order in itertools.permutations(range(len(problem["stops"])))]
    costs = [(day_cost(problem, order), order) for order in found]
    return sorted((cost, order) for cost, order in costs if cost is not None)


def with_room(seed: int, count: int, lunch: bool):
    return problem_of(random_day(seed, count, hours=14, lunch=lunch))


@pytest.mark.parametrize("lunch", [True, False])
@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_from_the_worst_order_that_holds_the_best_of_all_is_found_and_proved(count: int, lunch: bool):
    tried = 0
    for seed in range(30):
        problem = with_room(seed, count, lunch)
        orders = orders_that_hold(problem)
        if orders:
            beam = beam_for(problem)
            assert day_cost(problem, beam.better(orders[-1][1])) == orders[0][0], seed
            assert beam.proved
            tried += 1
    assert tried > 9


def test_no_order_costs_less_than_the_bound_says():
    for seed in range(20):
        problem = with_room(seed, 5, lunch=seed % 2 == 0)
        orders = orders_that_hold(problem)
        if orders:
            known = bounds(problem)
            for cost, order in orders:
                way = [-1, *order, -1]
                assert known.least + int(known.excess[way[:-1], way[1:]].sum()) <= cost


@pytest.mark.parametrize("few", [0, 25])
@pytest.mark.parametrize("count", [12, 30, 70])
def test_an_order_stays_one_of_all_stops_that_holds_and_never_gets_dearer(monkeypatch, few: int, count: int):
    monkeypatch.setattr(route_beam, "FEW_STOPS", few)
    monkeypatch.setattr(route_beam, "BEAMS", ((20, 6), (50, 3)))
    for seed in range(3):
        request = day(
            *(stop(str(each), each * seed % 7, each % 5, minutes=5) for each in range(count)), end=32, lunch=LUNCH
        )
        problem, order = problem_of(request), list(range(count))
        better = beam_for(problem).better(order)
        assert sorted(better) == order
        assert day_cost(problem, better) <= day_cost(problem, order)


def test_an_order_that_does_not_hold_is_given_back():
    early = ((8 * HOUR, 8 * HOUR + 1200),)
    problem = problem_of(day(stop("a", 3, windows=early), stop("b", 4), end=12))
    beam = beam_for(problem)
    assert beam.better([1, 0]) == [1, 0]
    assert not beam.proved


def test_without_time_the_order_is_given_back_and_nothing_is_proved():
    problem = problem_of(day(*(stop(name, north) for name, north in zip("abc", (2, 3, 1), strict=True))))
    beam = Beam(problem, time.monotonic())
    assert beam.better([0, 1, 2]) == [0, 1, 2]
    assert not beam.proved


def test_a_published_day_in_which_swaps_are_not_enough_is_brought_to_its_best():
    known = next(each for each in read_all() if each.name == "rbg042a.tw")
    request, matrix = as_day(known)
    limits = {"seed": 1, "no_improvement": 300, "max_runtime": 60.0}
    weight = request.shift_end - request.shift_start + 1
    problem = limits | describe(request.stops, request, matrix, weight)
    assert day_cost(problem, solve(problem)) // weight == known.cost
