"""Times of a day in a given order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.route import Call
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import LUNCH
from tests.domain.routing.days import day
from tests.domain.routing.days import random_day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight

MINUTE = 60


def timed(request, *order: str) -> DayRoute:
    return schedule(order, straight(request.places), request)


def call_of(route: DayRoute, name: str) -> Call:
    return next(call for call in route.calls if call.stop_id == name)


def test_each_arrival_is_drive_after_the_visit_before():
    route = timed(day(stop("a", 10), stop("b", 20, minutes=30)), "a", "b")
    a, b = route.calls
    assert (a.arrive, a.leave) == (8 * HOUR + 20 * MINUTE, 8 * HOUR + 35 * MINUTE)
    assert (b.arrive, b.leave) == (8 * HOUR + 55 * MINUTE, 9 * HOUR + 25 * MINUTE)
    assert (route.back_at, route.back_travel_s) == (10 * HOUR + 5 * MINUTE, 40 * MINUTE)
    assert (route.travel_s, route.travel_m) == (80 * MINUTE, 9 * 80 * MINUTE)
    assert (route.overtime_s, route.late_s, route.source) == (0, 0, "estimate")


def test_day_without_stops_goes_straight_to_the_end():
    route = timed(day())
    assert (route.calls, route.back_at, route.left_out, route.lunch) == ((), 8 * HOUR, (), None)


def test_one_waits_where_the_window_opens_later():
    (call,) = timed(day(stop("a", 10, windows=((9 * HOUR, 10 * HOUR),))), "a").calls
    assert (call.wait_s, call.begin, call.outside) == (40 * MINUTE, 9 * HOUR, None)


@pytest.mark.parametrize("edge", ["opens", "closes"])
def test_arriving_at_the_very_edge_of_a_window_is_inside(edge: str):
    arrive = 8 * HOUR + 20 * MINUTE
    window = (arrive, arrive + HOUR) if edge == "opens" else (8 * HOUR, arrive)
    (call,) = timed(day(stop("a", 10, windows=(window,))), "a").calls
    assert (call.begin, call.wait_s, call.outside) == (arrive, 0, None)


def test_stop_after_its_window_stays_and_says_how_late():
    request = day(stop("a", 10, windows=((8 * HOUR, 8 * HOUR + 10 * MINUTE),)))
    (call,) = timed(request, "a").calls
    assert call.outside is not None
    assert (call.outside.late_s, call.outside.early_s, call.outside.next_fit) == (10 * MINUTE, 0, None)
    assert call.outside.nearest == (8 * HOUR, 8 * HOUR + 10 * MINUTE)
    assert call.begin == call.arrive


def test_stop_whose_window_opens_after_the_shift_is_early_and_says_when_it_fits():
    evening = (18 * HOUR, 20 * HOUR)
    (call,) = timed(day(stop("a", 10, windows=((0, 8 * HOUR), evening))), "a").calls
    assert call.outside is not None
    assert (call.outside.late_s, call.outside.early_s) == (20 * MINUTE, 9 * HOUR + 40 * MINUTE)
    assert (call.outside.next_fit, call.outside.nearest) == (18 * HOUR, (0, 8 * HOUR))
    assert call.wait_s == 0


def test_last_moment_at_which_waiting_still_pays():
    # 20 minutes back and 15 for the visit: begin by 16:25
    fits = day(stop("a", 10, windows=((16 * HOUR + 25 * MINUTE, 20 * HOUR),)))
    late = day(stop("a", 10, windows=((16 * HOUR + 25 * MINUTE + 1, 20 * HOUR),)))
    assert timed(fits, "a").back_at == 17 * HOUR
    assert timed(late, "a").calls[0].outside is not None
    assert timed(late, "a").late_s == 8 * HOUR + 5 * MINUTE + 1


def test_stop_on_a_day_without_windows_is_outside_without_a_time():
    route = timed(day(stop("a", windows=())), "a")
    (call,) = route.calls
    assert route.late_s == 1, "worse than a day that keeps its windows"
    assert call.outside is not None
    assert (call.outside.late_s, call.outside.early_s, call.outside.next_fit, call.outside.nearest) == (
        0,
        0,
        None,
        None,
    )


def test_two_stops_at_one_place_are_no_drive_apart():
    _, b = timed(day(stop("a", 10), stop("b", 10)), "a", "b").calls
    assert (b.travel_s, b.travel_m, b.wait_s) == (0, 0, 0)


def test_overtime_is_told_not_refused():
    assert timed(day(stop("a", 10, minutes=60), end=9), "a").overtime_s == 40 * MINUTE


def test_stop_without_position_is_left_out_even_where_the_order_has_it():
    route = timed(day(StopRequest("x", None, 900), stop("a", 10)), "x", "a")
    assert [call.stop_id for call in route.calls] == ["a"]
    assert [(each.stop_id, each.reason) for each in route.left_out] == [("x", "no_position")]


@pytest.mark.parametrize("order", [["nobody"], ["a", "a"]])
def test_order_of_another_day_is_refused(order: list[str]):
    with pytest.raises(Invalid):
        timed(day(stop("a")), *order)


def test_lunch_falls_between_the_stops_around_noon():
    request = day(stop("a", 10, minutes=210), stop("b", 20, minutes=60), lunch=LUNCH)
    route = timed(request, "a", "b")
    assert route.lunch is not None
    assert (route.lunch.start, route.lunch.end) == (11 * HOUR + 50 * MINUTE, 12 * HOUR + 20 * MINUTE)
    assert (route.lunch.before, route.lunch.late_s) == ("b", 0)
    assert call_of(route, "b").arrive == 12 * HOUR + 40 * MINUTE


def test_lunch_fills_the_wait_for_a_window():
    request = day(stop("a", 5), stop("b", 10, windows=((13 * HOUR, 14 * HOUR),)), lunch=LUNCH)
    route = timed(request, "a", "b")
    assert route.lunch is not None
    assert (route.lunch.before, route.lunch.start) == ("b", 11 * HOUR + 30 * MINUTE)
    assert (call_of(route, "b").begin, route.late_s) == (13 * HOUR, 0)


def test_nobody_idles_for_lunch_where_a_call_can_be_made_first():
    b = stop("b", 10, windows=((15 * HOUR, 16 * HOUR),))
    route = timed(day(stop("a", 5, minutes=225), b, lunch=LUNCH), "a", "b")
    assert call_of(route, "a").begin == 8 * HOUR + 10 * MINUTE
    assert route.lunch is not None
    assert route.lunch.start == 11 * HOUR + 55 * MINUTE


def test_lunch_may_be_on_the_way_back():
    route = timed(day(stop("a", 5, minutes=230), lunch=LUNCH), "a")
    assert route.lunch is not None
    assert (route.lunch.before, route.lunch.start) == (None, 12 * HOUR)
    assert route.back_at == 12 * HOUR + 40 * MINUTE


def test_lunch_that_a_long_visit_covers_is_late_and_says_so():
    covered = LunchRequest(30, 9 * HOUR, 9 * HOUR + 10 * MINUTE)
    route = timed(day(stop("a", windows=((8 * HOUR, 8 * HOUR),), minutes=120), lunch=covered), "a")
    assert route.lunch is not None
    assert (route.lunch.before, route.lunch.late_s, route.late_s) == (None, 50 * MINUTE, 50 * MINUTE)


def test_evening_round_has_no_lunch():
    assert timed(day(stop("a", 5), start=14, lunch=LUNCH), "a").lunch is None


def test_round_that_ends_before_noon_has_no_lunch():
    assert timed(day(stop("a", 5), end=11, lunch=LUNCH), "a").lunch is None


def test_late_shift_past_midnight_is_timed_on():
    (call,) = timed(day(stop("a", 30), start=23, end=26), "a").calls
    assert (call.arrive, call.outside) == (24 * HOUR, None)


@given(st.integers(0, 10_000), st.integers(0, 9), st.booleans(), st.randoms(use_true_random=False))
def test_times_of_any_order_add_up(seed, count, lunch, random):
    request = random_day(seed, count, lunch=lunch, hours=random.choice([2, 5, 9]))
    order = [each.id for each in request.stops]
    random.shuffle(order)
    order = order[: random.randint(0, count)]
    matrix = straight(request.places)
    route = schedule(order, matrix, request)

    assert [call.stop_id for call in route.calls] == order
    assert {each.stop_id for each in route.left_out} == {each.id for each in request.stops} - set(order)
    now = request.shift_start
    for call in route.calls:
        wanted = next(each for each in request.stops if each.id == call.stop_id)
        eaten = route.lunch.end - route.lunch.start if route.lunch and route.lunch.before == call.stop_id else 0
        assert now + call.travel_s + eaten + call.wait_s == call.begin
        assert now + call.travel_s <= call.arrive <= call.begin
        assert call.leave == call.begin + wanted.service_s
        assert (call.outside is None) == any(a <= call.begin <= b for a, b in wanted.windows)
        assert call.wait_s >= 0
        if eaten:
            assert now <= route.lunch.start
            assert route.lunch.end <= call.arrive
        now = call.leave
    eaten = route.lunch.end - route.lunch.start if route.lunch and route.lunch.before is None else 0
    assert route.back_at >= now + route.back_travel_s + eaten
    assert route.overtime_s == max(0, route.back_at - request.shift_end)
    if route.lunch:
        assert route.lunch.start >= request.lunch.earliest
        assert route.lunch.late_s == max(0, route.lunch.start - request.lunch.latest)
