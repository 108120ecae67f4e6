"""A team's day: shared out, each day timed, room made for what lunch pushes out, and why the rest is left out."""

from typing import Any

import pytest

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamStop
from fieldapp.domain.routing.team_plan import TeamRoutes
from fieldapp.domain.routing.team_plan import plan_team
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight
from tests.domain.routing.teams import ByTurns
from tests.domain.routing.teams import team


class Everything:
    """Gives all stops to the first officer."""

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        first, *others = request.days
        return {first: [one.stop.id for one in request.located], **{other: [] for other in others}}


class Nothing:
    """Gives nobody anything."""

    def share(self, request: TeamRequest, matrix: TravelMatrix) -> dict[str, list[str]]:
        return {officer: [] for officer in request.days}


def planned(request: TeamRequest, solver: Any = None, shared: Any = None) -> TeamRoutes:
    return plan_team(request, Straight(), shared or ByTurns(), solver or InOrderGiven())


def test_each_officers_part_of_the_matrix_has_their_own_ends_and_stops() -> None:
    request = team("AB", (stop("a", 1), "A"), (StopRequest("nowhere", None, 900), "A"), (stop("b", 5), "B"))
    matrix = straight(request.places)
    order = ["b", "a"]

    part = request.matrix_of("B", order, matrix)
    assert part == straight(request.day_of("B", order).places)


def test_days_are_timed_with_lunch() -> None:
    request = team("AB", (stop("a", 1), "A"), (stop("b", 5), "B"), lunch=LunchRequest(30, 11 * HOUR, 12 * HOUR))
    routes = planned(request).routes

    assert {officer: [call.stop_id for call in route.calls] for officer, route in routes.items()} == {
        "A": ["a"],
        "B": ["b"],
    }
    assert all(route.lunch for route in routes.values())
    assert routes["B"].travel_s == 1200


def test_what_one_day_has_no_room_for_goes_to_another_the_most_urgent_first() -> None:
    stops = [(stop(f"s{i}", minutes=55, priority=i + 1), "A") for i in range(5)]
    found = planned(team("AB", *stops, end=10), InOrderGiven(most=2), Everything())

    assert {officer: sorted(order) for officer, order in found.orders.items()} == {"A": ["s0", "s1"], "B": ["s3", "s4"]}
    assert [(out.stop_id, out.reason) for out in found.left_out] == [("s2", "no_time")]
    assert all(route.late_s == 0 for route in found.routes.values())


def test_every_stop_left_out_says_why() -> None:
    night = stop("night", windows=((20 * HOUR, 21 * HOUR),))
    request = TeamRequest(
        team("AB").days,
        (
            TeamStop(StopRequest("nowhere", None, 900), "A"),
            TeamStop(night, "A"),
            TeamStop(stop("closed", windows=()), "B"),
            TeamStop(stop("twin", 1), "", fixed=True),
        ),
    )
    words = {out.stop_id: out.words for out in planned(request, shared=Nothing()).left_out}

    assert "no position" in words["nowhere"]
    assert "cannot be reached within the shift" in words["night"]
    assert "Nobody can be met there that day" in words["closed"]
    assert "Another officer goes to this door" in words["twin"]


def test_a_fixed_stop_that_its_officer_cannot_make_goes_to_nobody_else() -> None:
    fixed = TeamStop(stop("x", 1), "A", fixed=True)
    request = TeamRequest(team("AB").days, (fixed,))

    # the solver leaves it out, though its own officer has all day for it
    assert planned(request, InOrderGiven(most=0)).orders == {"A": ["x"], "B": []}
    assert planned(TeamRequest(team("B").days, (fixed,)), shared=Nothing()).orders == {"B": []}


def two(name: str, own: str, *paired: str, fixed: bool = False, minutes: float = 15) -> TeamStop:
    """A visit by two officers, where these have a partner."""
    return TeamStop(stop(name, 1, minutes=minutes), own, fixed, frozenset(paired))


def test_room_for_a_visit_by_two_is_made_where_a_partner_comes_along() -> None:
    request = TeamRequest(team("ABC").days, (two("x", "A", "C"), two("y", "", "A", "B", fixed=True)))

    assert planned(request, shared=Nothing()).orders == {"A": [], "B": [], "C": ["x"]}


def test_a_visit_by_two_that_fits_nowhere_says_that_a_partner_is_missing() -> None:
    full = [TeamStop(stop(f"s{i}", minutes=55, priority=9), "A") for i in range(2)]
    stops = (*full, two("nobody", "A"), two("own", "B", "A", fixed=True), two("full", "A", "A", minutes=55))
    left = {
        out.stop_id: out
        for out in planned(TeamRequest(team("AB", end=10).days, stops), InOrderGiven(most=2), Everything()).left_out
    }

    assert {name: out.reason for name, out in left.items()} == dict.fromkeys(["nobody", "own", "full"], "needs_partner")
    assert {out.words for out in left.values()} == {NEEDS_PARTNER}


def test_where_everybody_has_a_partner_a_visit_by_two_is_left_out_like_any_other() -> None:
    late = StopRequest("late", stop("late", 1).place, 900, ((20 * HOUR, 21 * HOUR),))
    long = two("long", "A", "A", "B", minutes=600)
    request = TeamRequest(team("AB").days, (TeamStop(late, "A", paired=frozenset("A")), long))

    assert [out.reason for out in planned(request, shared=Nothing()).left_out] == ["window_closed", "no_time"]


def test_a_team_without_anybody_or_with_a_stop_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="Nobody is left"):
        team("", (stop("a"), ""))
    with pytest.raises(Invalid, match="twice"):
        team("A", (stop("a"), "A"), (stop("a"), "A"))
