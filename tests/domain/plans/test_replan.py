"""Re-plan from here: what the office proposes for the rest of a day, and what an order from there makes of the plan."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import NotFound
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.replan import Asked
from fieldapp.domain.plans.replan import Proposal
from fieldapp.domain.plans.replan import propose
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.request import Place
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from tests import people
from tests import visits
from tests.desk import Desk
from tests.domain.plans.days import Broken
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import planned
from tests.phone import iso
from tests.phone import onward

HOUR = 3600
# 14:00 in Baltimore
NOW = people.NOW
NORTH = Place(people.HOME[0] + 0.05, people.HOME[1])


@pytest.fixture
def desk(session: Session) -> Desk:
    people.agency(session)
    return Desk(session)


@pytest.fixture
def plan(session: Session, desk: Desk) -> DayPlan:
    """Ann, Bob, Cat and Dan, each two minutes' drive further north of the office; Ann was visited."""
    crew = [people.supervisee(session, desk.officer, first_name=name) for name in ("Ann", "Bob", "Cat", "Dan")]
    for i, person in enumerate(crew, start=1):
        people.home(person).lat = people.HOME[0] + i / 100
    made = planned(session, desk.officer, *crew)
    accept(session, people.actor(desk.officer), made, now=NOW)
    visits.visit(session, desk.officer, crew[0], stop_id=made.stops[0].id)
    return made


class Farthest:
    """Makes what is open that day, the last of the request first, and the last `without` not at all."""

    def __init__(self, without: int = 0):
        self.without = without

    def solve(self, request: Any, matrix: Any) -> list[str]:
        stops = [stop.id for stop in request.located if stop.windows]
        return list(reversed(stops))[: len(stops) - self.without]


def proposed(desk: Desk, plan: DayPlan, solver: Any = None, *, now: dt.datetime = NOW, **asked: Any) -> Proposal:
    given = {"stops": [stop.id for stop in plan.stops[1:]], "position": NORTH, "last": None, **asked}
    actor = people.actor(desk.officer)
    return propose(desk.session, actor, plan.id, Asked(**given), Straight(), solver or Farthest(), now=now)


def names(plan: DayPlan, found: Proposal) -> list[str]:
    by_id = {stop.id: stop.supervisee.first_name for stop in plan.stops}
    return [by_id[stop.id] for stop in found.stops]


def times(found: Proposal) -> list[str]:
    return [f"{stop.arrive_at:%H:%M}" if stop.arrive_at else "–" for stop in found.stops]


def clock(moment: dt.datetime | None) -> str:
    assert moment is not None
    return f"{moment:%H:%M}"


def test_rest_of_the_day_begins_now_and_where_the_phone_is(desk: Desk, plan: DayPlan) -> None:
    found = proposed(desk, plan)

    assert names(plan, found) == ["Dan", "Cat", "Bob"]
    assert times(found) == ["19:02", "19:19", "19:36"]
    assert (clock(found.at), clock(found.back_at), clock(found.was_back_at)) == ("19:00", "19:55", "20:03")
    assert (found.to, found.drive_s, found.drive_m) == (plan.stops[3].id, 120, 9 * 120)
    assert (found.end, found.source, found.lunch) == ("Office", "estimate", False)


def test_nothing_is_written_by_a_proposal(desk: Desk, plan: DayPlan, session: Session) -> None:
    session.flush()
    before = [(stop.id, stop.position, stop.arrive_at) for stop in plan.stops]
    entries = session.scalar(select(func.count()).select_from(AuditEntry))
    proposed(desk, plan)

    assert not session.dirty
    assert [(stop.id, stop.position, stop.arrive_at) for stop in plan.stops] == before
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_without_a_position_it_goes_on_from_the_last_stop_or_where_the_day_starts(desk: Desk, plan: DayPlan) -> None:
    from_ann = proposed(desk, plan, InOrderGiven(), position=None, last=plan.stops[0].id)
    from_office = proposed(desk, plan, InOrderGiven(), position=None)

    assert (times(from_ann)[0], times(from_office)[0]) == ("19:02", "19:04")


def test_order_as_it_is_stays_where_the_solver_finds_none_better(desk: Desk, plan: DayPlan) -> None:
    found = proposed(desk, plan, Farthest(), position=Place(*people.HOME))

    assert names(plan, found) == ["Bob", "Cat", "Dan"]
    assert found.back_at == found.was_back_at


def test_stops_that_no_longer_fit_follow_at_the_end_and_say_why(desk: Desk, plan: DayPlan) -> None:
    bob, cat, dan = plan.stops[1:]
    bob.windows = [[9 * HOUR, 13 * HOUR]]
    dan.windows = []
    people.home(cat.supervisee).lat = None
    found = proposed(desk, plan, InOrderGiven())

    assert {stop.id: stop.trouble for stop in found.stops} == {bob.id: "late", dan.id: "closed", cat.id: "no_position"}
    assert (names(plan, found)[-1], times(found)[-1]) == ("Cat", "–")


def test_stop_that_no_longer_fits_does_not_hold_up_the_others(desk: Desk, plan: DayPlan) -> None:
    plan.stops[2].windows = [[9 * HOUR, 10 * HOUR]]

    class WithoutCat(Farthest):
        def solve(self, request: Any, matrix: Any) -> list[str]:
            return [id for id in super().solve(request, matrix) if id != str(plan.stops[2].id)]

    found = proposed(desk, plan, WithoutCat())
    assert names(plan, found) == ["Dan", "Bob", "Cat"]
    assert [stop.trouble for stop in found.stops] == ["", "", "late"]


def test_what_would_end_after_the_shift_is_marked_and_nothing_is_dropped(desk: Desk, plan: DayPlan) -> None:
    late = NOW.replace(hour=21, minute=15)  # 16:15, the shift ends at 17:00
    found = proposed(desk, plan, Farthest(without=1), now=late)

    assert names(plan, found) == ["Dan", "Cat", "Bob"]
    assert [stop.trouble for stop in found.stops] == ["", "", "over"]


def test_stop_kept_outside_its_window_on_purpose_is_offered_to_the_solver_at_any_hour(
    desk: Desk, plan: DayPlan
) -> None:
    plan.stops[2].windows, plan.stops[2].outside = [[9 * HOUR, 10 * HOUR]], "kept"
    solver = InOrderGiven()
    proposed(desk, plan, solver)

    assert solver.asked is not None
    assert [stop.windows[0][0] for stop in solver.asked.stops if str(plan.stops[2].id) == stop.id] == [0]


@pytest.mark.parametrize(("planned_at", "to_come"), [("12:00", False), ("13:45", True), (None, True)])
def test_lunch_is_still_to_come_until_the_planned_one_has_passed(
    desk: Desk, plan: DayPlan, planned_at: str | None, to_come: bool
) -> None:
    plan.lunch_minutes, plan.lunch_earliest, plan.lunch_latest = 30, dt.time(11, 30), dt.time(14, 30)
    hour, minute = map(int, (planned_at or "0:0").split(":"))
    plan.lunch_at = NOW.replace(hour=hour + 5, minute=minute) if planned_at else None
    found = proposed(desk, plan)

    assert (found.lunch, found.lunch_at is not None) == (to_come, to_come)


def test_visited_stops_and_strangers_stops_are_no_part_of_it(desk: Desk, plan: DayPlan, session: Session) -> None:
    other = people.officer(session)
    theirs = people.plan(session, other, people.supervisee(session, other))
    found = proposed(desk, plan, stops=[*(stop.id for stop in plan.stops), theirs.stops[0].id])

    assert sorted(names(plan, found)) == ["Bob", "Cat", "Dan"]
    with pytest.raises(NotFound):
        propose(
            session, people.actor(desk.officer), theirs.id, Asked([theirs.stops[0].id], None, None), Straight(),
            InOrderGiven(), now=NOW,
        )  # fmt: skip


def test_where_nothing_can_be_re_planned_a_sentence_says_so(desk: Desk, plan: DayPlan) -> None:
    with pytest.raises(Conflict, match="Your shift is over"):
        proposed(desk, plan, now=NOW.replace(hour=22))
    with pytest.raises(Conflict, match="another day"):
        proposed(desk, plan, now=NOW + dt.timedelta(days=1))
    with pytest.raises(Conflict, match="nothing to re-plan"):
        proposed(desk, plan, stops=[plan.stops[0].id])
    with pytest.raises(RouteSolverFailed):
        proposed(desk, plan, Broken())


def used(desk: Desk, plan: DayPlan, order: list[Stop], made_at: dt.datetime = NOW, **onward_changes: Any) -> None:
    ahead = [stop for stop in order if stop.id != plan.stops[0].id]
    how = onward(over=[plan.stops[0]], to=ahead[0], drive_s=120, drive_m=1080, **onward_changes)
    (result,) = desk.take(desk.phone.order(plan, order, onward=how, made_at=iso(made_at)))
    assert result.state == "stored", result.reason


def arrivals(plan: DayPlan) -> dict[str, str]:
    return {stop.supervisee.first_name: f"{stop.arrive_at:%H:%M}" for stop in plan.stops if stop.arrive_at}


def test_order_that_is_used_gives_the_times_that_were_proposed(desk: Desk, plan: DayPlan) -> None:
    ann, bob, cat, dan = plan.stops
    found = proposed(desk, plan)
    used(desk, plan, [ann, dan, cat, bob])

    assert [stop.position for stop in (ann, dan, cat, bob)] == [0, 1, 2, 3]
    assert arrivals(plan) == {"Ann": "14:02", "Dan": "19:02", "Cat": "19:19", "Bob": "19:36"}
    assert plan.back_at == found.back_at
    entry = desk.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
    assert entry is not None
    assert (entry.event, entry.details) == ("plan.replanned", {"stops": 4})


def test_skip_after_it_leaves_the_rest_timed_from_there(desk: Desk, plan: DayPlan) -> None:
    ann, bob, cat, dan = plan.stops
    used(desk, plan, [ann, dan, cat, bob])
    desk.take(desk.phone.skip(cat, made_at=iso(NOW + dt.timedelta(minutes=1))))
    assert arrivals(plan) == {"Ann": "14:02", "Dan": "19:02", "Bob": "19:21"}

    # how far the first stop was is known of it alone: to another one it goes on from the last stop made
    desk.take(desk.phone.skip(dan, made_at=iso(NOW + dt.timedelta(minutes=2))))
    assert arrivals(plan) == {"Ann": "14:02", "Bob": "19:02"}


def test_stop_beyond_the_shift_is_marked_in_the_plan(desk: Desk, plan: DayPlan) -> None:
    ann, bob, cat, dan = plan.stops
    plan.end = dt.time(14, 25)
    used(desk, plan, [ann, dan, cat, bob])

    assert [stop.outside for stop in (dan, cat, bob)] == ["", "over", "over"]


def test_lunch_that_is_over_stays_over(desk: Desk, plan: DayPlan) -> None:
    plan.lunch_minutes, plan.lunch_earliest, plan.lunch_latest = 30, dt.time(11, 30), dt.time(15, 30)
    ann, bob, cat, dan = plan.stops
    used(desk, plan, [ann, dan, cat, bob], lunch=True)
    assert plan.lunch_at is not None
    assert plan.lunch_at >= NOW

    used(desk, plan, [ann, cat, dan, bob], made_at=NOW + dt.timedelta(seconds=1), lunch=False)
    assert plan.lunch_at + dt.timedelta(minutes=30) <= NOW
    assert proposed(desk, plan).lunch is False


@pytest.mark.parametrize(
    ("field", "value"), [("over", "all"), ("to", 7), ("drive_s", -1), ("drive_m", 1.5), ("lunch", "yes")]
)
def test_onward_that_cannot_be_read_names_the_field(desk: Desk, plan: DayPlan, field: str, value: Any) -> None:
    (result,) = desk.take(desk.phone.order(plan, plan.stops, onward={**onward(), field: value}))

    assert (result.state, f"body.onward.{field}" in result.reason) == ("set_aside", True)
