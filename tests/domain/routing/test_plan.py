"""Planning: travel times, solver and schedule together."""

import pytest

from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import RouteSolverFailed
from tests.domain.routing.days import day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight


class StraightTravel:
    def matrix(self, places):
        return straight(tuple(places))


class BackwardsSolver:
    def solve(self, request, matrix):
        return [each.id for each in reversed(request.located)][:2]


class BrokenSolver:
    def solve(self, request, matrix):
        raise RouteSolverFailed


REQUEST = day(stop("a", 1), stop("b", 2), stop("c", 3))


def test_plan_times_what_the_solver_chose_and_explains_the_rest():
    route = plan_route(REQUEST, StraightTravel(), BackwardsSolver())
    assert [call.stop_id for call in route.calls] == ["c", "b"]
    assert [each.stop_id for each in route.left_out] == ["a"]


def test_order_by_hand_is_timed_as_it_is():
    assert [call.stop_id for call in retime_route(["b", "a", "c"], REQUEST, StraightTravel()).calls] == ["b", "a", "c"]


def test_failed_solver_reaches_the_caller_with_a_sentence():
    with pytest.raises(RouteSolverFailed, match="Your plan is as it was"):
        plan_route(REQUEST, StraightTravel(), BrokenSolver())
