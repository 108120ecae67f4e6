"""Visits leave the weekday and hour of the last ones where that costs less than ten minutes, and never more."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule
from fieldapp.domain.routing.variety import MOST_SECONDS
from fieldapp.domain.routing.variety import varied
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight


def hour(number: int) -> tuple[Window, ...]:
    return ((number * HOUR, number * HOUR + HOUR),)


def repeated(route: DayRoute, request: DayRequest) -> int:
    usual = {each.id: each.usual for each in request.stops}
    return sum(any(a <= call.begin < b for a, b in usual[call.stop_id]) for call in route.calls)


class InOrder:
    """A solver and travel times in one: takes the stops as they come, along straight lines."""

    def solve(self, request, matrix):
        return [each.id for each in request.located]

    def matrix(self, places):
        return straight(tuple(places))


def test_a_stop_of_the_usual_hour_goes_where_it_costs_little():
    # a lies on the way out, at two minutes past eight as last time, and on the way back as well
    request = day(stop("a", 1, usual=hour(8)), *(stop(name, 1 + n) for n, name in enumerate("bcd", start=1)))
    route = plan_route(request, InOrder(), InOrder())
    assert [call.stop_id for call in route.calls] != list("abcd")
    assert repeated(route, request) == 0
    assert route.back_at < schedule(list("abcd"), straight(request.places), request).back_at + MOST_SECONDS


@pytest.mark.parametrize(("wait_s", "order"), [(MOST_SECONDS - 1, "ba"), (MOST_SECONDS, "ab")])
def test_another_hour_that_costs_ten_minutes_or_more_is_not_worth_it(wait_s: int, order: str):
    # b opens so late that going there first makes the whole day so much longer
    a = stop("a", minutes=60, usual=hour(8))
    b = stop("b", minutes=60, windows=((8 * HOUR + wait_s, 17 * HOUR),))
    request = day(a, b)
    assert varied(["a", "b"], straight(request.places), request) == list(order)


def test_no_window_and_no_shift_is_missed_for_it():
    a = stop("a", minutes=60, usual=hour(8), windows=((8 * HOUR, 8 * HOUR + 1800),))
    request = day(a, stop("b", minutes=60))
    assert varied(["a", "b"], straight(request.places), request) == ["a", "b"]


def test_a_day_without_habits_stays_as_the_solver_made_it():
    request = day(*(stop(name, n) for n, name in enumerate("dbca")), lunch=LUNCH)
    assert varied(list("dbca"), straight(request.places), request) == list("dbca")


@pytest.mark.parametrize("lunch", [None, LUNCH], ids=["no lunch", "lunch"])
def test_every_repetition_that_another_place_would_break_for_less_is_broken_and_no_other(lunch):
    before = after = 0
    for seed in range(25):
        request = replace(habits(seed), lunch=lunch)
        matrix = straight(request.places)
        order = min(itertools.permutations("0123"), key=lambda way: total(schedule((*way, "4"), matrix, request)))
        base = schedule((*order, "4"), matrix, request)
        way = varied((*order, "4"), matrix, request)
        found = schedule(way, matrix, request)
        broken = repeated(base, request) - repeated(found, request)
        assert sorted(way) == list("01234")
        assert found.late_s <= base.late_s
        assert lost(found, base) <= max(0, MOST_SECONDS * broken - 1)
        for place in elsewhere(way, request, found):
            route = schedule(place, matrix, request)
            assert route.late_s > base.late_s or cost(route, base, request) >= cost(found, base, request)
        before, after = before + repeated(base, request), after + repeated(found, request)
    assert after < before / 3, "habits are broken in most of these days"


def elsewhere(way: list[str], request: DayRequest, route: DayRoute) -> Iterator[list[str]]:
    """Every order in which one of the stops that still repeat is in another place."""
    usual = {each.id: each.usual for each in request.stops}
    for call in route.calls:
        if any(a <= call.begin < b for a, b in usual[call.stop_id]):
            others = [each for each in way if each != call.stop_id]
            yield from ([*others[:to], call.stop_id, *others[to:]] for to in range(len(way)))


def lost(route: DayRoute, base: DayRoute) -> int:
    return max(0, route.back_at - base.back_at, route.travel_s - base.travel_s)


def total(route: DayRoute) -> tuple[int, int]:
    return route.late_s, 10 * route.travel_s + route.back_at


def cost(route: DayRoute, base: DayRoute, request: DayRequest) -> int:
    return lost(route, base) + MOST_SECONDS * repeated(route, request)


def habits(seed: int) -> DayRequest:
    random = Random(seed)
    stops = [
        stop(
            str(n),
            random.uniform(-8, 8),
            random.uniform(-8, 8),
            minutes=random.randint(10, 40),
            usual=hour(random.randint(8, 11)) if random.random() < 0.6 else (),
        )
        for n in range(5)
    ]
    return day(*stops)
