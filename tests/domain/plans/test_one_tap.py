"""One tap plans the day: everybody who is due has a place in it or a reason, and what was decided holds."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.again import start_from
from fieldapp.domain.plans.again import wish_again
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.decide import pin
from fieldapp.domain.plans.decide import set_limits
from fieldapp.domain.plans.decide import unpin
from fieldapp.domain.plans.in_and_out import add_stop
from fieldapp.domain.plans.in_and_out import remove_stop
from fieldapp.domain.plans.make import plan_day
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.plans.wish import filled_up
from fieldapp.models.case import CautionFlag
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names
from tests.domain.plans.days import planned
from tests.domain.plans.days import wish

TRAVEL = Straight()


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    standard(session)
    return people.officer(session)


def due(session: Session, officer: User, name: str, days_late: int = 4, **fields: Any) -> Supervisee:
    """Somebody whose home contact is so many days overdue."""
    person = people.supervisee(session, officer, first_name=name, **fields)
    contact(session, person, people.TODAY - dt.timedelta(days=30 + days_late))
    return person


def one_tap(session: Session, officer: User, solver: Any = None, **fields: Any) -> DayPlan:
    """What the button plans where nobody is picked."""
    actor = people.actor(officer)
    asked = filled_up(wish(**fields), due_rows(session, actor, people.TODAY), 15)
    return plan_day(session, actor, asked, TRAVEL, solver or InOrderGiven(), now=people.NOW)


def again(session: Session, officer: User, old: DayPlan, solver: Any = None, partner: bool = False) -> DayPlan:
    """What "Plan again" makes of it, in the evening before."""
    actor, now = people.actor(officer), people.NOW - dt.timedelta(hours=20)
    asked = wish_again(session, actor, old, due_rows(session, actor, old.on), with_partner=partner, now=now)
    return plan_day(session, actor, asked, TRAVEL, solver or InOrderGiven(), now=now)


def reasons(plan: DayPlan, *crew: Supervisee) -> list[str]:
    by_id = {out["supervisee"]: out["reason"] for out in plan.left_out}
    return [by_id.get(str(person.id), "") for person in crew]


def two_officers(session: Session, person: Supervisee) -> None:
    since = {"source": "Import", "noted_on": people.TODAY}
    session.add(CautionFlag(supervisee_id=person.id, subject="partner", text="Two officers", **since))
    session.flush()
    session.refresh(person, ["cautions"])


def test_everybody_who_is_due_is_in_the_plan_or_left_out_with_the_reason(session: Session, officer: User) -> None:
    _ann, bob, cat, dan, eve = (due(session, officer, name, days) for name, days in zip(
        ("Ann", "Bob", "Cat", "Dan", "Eve"), (40, 4, 3, -9, 2), strict=True))  # fmt: skip
    people.home(bob).lat = people.home(bob).lon = None
    two_officers(session, cat)
    people.home(eve).to_on = people.TODAY - dt.timedelta(days=1)
    session.flush()
    plan = one_tap(session, officer, InOrderGiven(1))

    assert names(plan) == ["Ann"]
    assert reasons(plan, bob, cat, dan, eve) == ["no_position", "needs_partner", "no_time", "no_position"]
    assert [out["first"] for out in plan.left_out] == [True, True, True, False], "overdue ones are told first"
    assert all(out["words"].endswith(".") for out in plan.left_out)


def test_whoever_cannot_be_seen_takes_nobodys_place_among_those_asked(session: Session, officer: User) -> None:
    far = [due(session, officer, f"Far{n}", 50) for n in range(31)]
    for person in far:
        people.home(person).lat = None
    near = due(session, officer, "Near", -3)
    plan = one_tap(session, officer)

    assert names(plan) == ["Near"]
    assert reasons(plan, near, *far) == ["", *["no_position"] * 31]


def test_two_hundred_due_people_give_a_day_and_two_hundred_answers(session: Session, officer: User) -> None:
    crew = [due(session, officer, f"P{n}", n % 50) for n in range(200)]
    solver = InOrderGiven(18)
    plan = one_tap(session, officer, solver)

    assert solver.asked is not None
    assert (len(solver.asked.stops), len(plan.stops), len(plan.left_out)) == (30, 18, 182)
    late = {str(person.id) for n, person in enumerate(crew) if n % 50 >= 45}
    assert {str(stop.supervisee_id) for stop in plan.stops} <= late, "the most overdue are seen"
    with pytest.raises(Invalid, match="Pick at most 60 people"):
        wish(*crew)


def test_a_window_that_no_day_can_meet_is_a_sentence(session: Session, officer: User) -> None:
    ann, bob = due(session, officer, "Ann"), due(session, officer, "Bob")
    early = Pick(ann.id, "home", 15, latest=dt.time(7))
    plan = planned(session, officer, early, bob)
    assert (names(plan), reasons(plan, ann)) == (["Bob"], ["window_closed"])
    assert "before the latest time that you set" in plan.left_out[0]["words"]

    plan = planned(session, officer, Pick(ann.id, "home", 15, latest=dt.time(8, 30)), bob)
    assert "cannot be reached within the shift" in plan.left_out[0]["words"]


def test_a_latest_time_is_a_window_of_the_solvers(session: Session, officer: User) -> None:
    ann = due(session, officer, "Ann")
    solver = InOrderGiven()
    planned(session, officer, Pick(ann.id, "home", 15, latest=dt.time(11)), solver=solver)
    assert solver.asked is not None
    assert solver.asked.stops[0].windows == ((8 * 3600, 11 * 3600),)


def test_a_pinned_stop_is_in_whatever_is_planned_again(session: Session, officer: User) -> None:
    actor = people.actor(officer)
    ann, bob = due(session, officer, "Ann", -5), due(session, officer, "Bob", 30)
    plan = planned(session, officer, ann)
    pin(session, actor, plan, plan.stops[0].id, now=people.NOW)
    plan = again(session, officer, plan, InOrderGiven(0))
    assert (names(plan), reasons(plan, bob)) == (["Ann"], ["no_time"])

    pinned = plan.stops[0]
    set_limits(session, actor, plan, pinned.id, dt.time(8, 30), False, TRAVEL, now=people.NOW)
    plan = again(session, officer, plan)
    assert sorted(names(plan)) == ["Ann", "Bob"]
    kept = next(stop for stop in plan.stops if stop.supervisee_id == ann.id)
    assert (kept.id, kept.outside, kept.latest) == (pinned.id, "late", dt.time(8, 30)), "in, and marked outside"

    unpin(session, actor, plan, kept.id, now=people.NOW)
    assert names(again(session, officer, plan)) == ["Bob"], "whose time has passed goes, once the pin is taken off"


def test_who_was_taken_out_stays_out_until_added_again(session: Session, officer: User) -> None:
    actor = people.actor(officer)
    ann, bob = due(session, officer, "Ann"), due(session, officer, "Bob")
    plan = one_tap(session, officer)
    gone = next(stop for stop in plan.stops if stop.supervisee_id == ann.id)
    remove_stop(session, actor, plan, gone.id, TRAVEL, now=people.NOW)
    assert reasons(plan, ann, bob) == ["excluded", ""]
    plan = again(session, officer, plan)
    assert (names(plan), reasons(plan, ann)) == (["Bob"], ["excluded"])

    session.expire_all()
    plan = own_plan(session, actor, plan.id)
    add_stop(session, actor, plan, Pick(ann.id, "home", 15), TRAVEL, now=people.NOW)
    assert sorted(names(again(session, officer, plan))) == ["Ann", "Bob"]


def test_nobody_goes_alone_where_two_are_needed(session: Session, officer: User) -> None:
    actor = people.actor(officer)
    ann, bob = due(session, officer, "Ann"), due(session, officer, "Bob")
    two_officers(session, ann)
    plan = one_tap(session, officer)
    assert (names(plan), reasons(plan, ann)) == (["Bob"], ["needs_partner"])
    with pytest.raises(Conflict, match="two officers"):
        add_stop(session, actor, plan, Pick(ann.id, "home", 15), TRAVEL, now=people.NOW)

    set_limits(session, actor, plan, plan.stops[0].id, None, True, TRAVEL, now=people.NOW)
    assert (names(plan), reasons(plan, ann, bob)) == ([], ["needs_partner", "needs_partner"])
    plan = again(session, officer, plan, partner=True)
    assert (sorted(names(plan)), plan.with_partner) == (["Ann", "Bob"], True)
    assert all(stop.two_officers for stop in plan.stops)

    stop = next(stop for stop in plan.stops if stop.supervisee_id == ann.id)
    set_limits(session, actor, plan, stop.id, None, False, TRAVEL, now=people.NOW)
    assert stop.two_officers, "what the file asks for is not taken back on a plan"


def test_limits_of_a_visit_that_was_made_stay(session: Session, officer: User) -> None:
    ann = due(session, officer, "Ann")
    plan = planned(session, officer, ann)
    visits.visit(session, officer, ann, stop_id=plan.stops[0].id)
    with pytest.raises(Conflict, match="visited already"):
        set_limits(session, people.actor(officer), plan, plan.stops[0].id, None, True, TRAVEL, now=people.NOW)


def test_home_and_work_of_one_person_and_one_of_several_homes_can_be_visited(session: Session, officer: User) -> None:
    ann = people.supervisee(session, officer, first_name="Ann", work=True)
    mothers = people.address(session, ann, "home", line="9 Mother Street", from_on=people.TODAY)
    session.refresh(ann, ["addresses"])
    first = people.home(ann)
    plan = planned(session, officer, Pick(ann.id, "home", 15, address_id=first.id), Pick(ann.id, "work", 15))
    assert [(stop.place, stop.address_id == first.id) for stop in plan.stops] == [("home", True), ("work", False)]
    assert again(session, officer, plan).stops[0].address_id == first.id, "the address chosen is kept"
    assert planned(session, officer, ann).stops[0].address_id == mothers.id, "else the latest holds"


def test_of_two_homes_from_the_same_day_the_same_one_is_driven_to_every_time(session: Session, officer: User) -> None:
    ann = due(session, officer, "Ann")
    later, earlier = uuid.UUID(int=2**127), uuid.UUID(int=1)
    for id in (later, earlier):
        people.address(session, ann, "home", id=id, from_on=people.TODAY)
    session.refresh(ann, ["addresses"])
    assert planned(session, officer, ann).stops[0].address_id == later


def test_the_hour_of_the_last_visits_is_left_where_that_is_cheap(session: Session, officer: User) -> None:
    ann, bob = due(session, officer, "Ann"), due(session, officer, "Bob")
    week_ago = people.NOW - dt.timedelta(days=7, hours=4, minutes=50)
    visits.visit(session, officer, ann, arrived_at=week_ago, outcome="no_one_home")
    longer = [Pick(ann.id, "home", 60), Pick(bob.id, "home", 60)]
    assert names(planned(session, officer, *longer)) == ["Bob", "Ann"], "last Thursday it was nine o'clock too"

    tomorrow = people.TODAY + dt.timedelta(days=1)
    assert names(planned(session, officer, *longer, on=tomorrow)) == ["Ann", "Bob"], "Friday repeats nothing"


def test_whoever_left_the_caseload_is_not_planned_again(session: Session, officer: User) -> None:
    ann, bob = due(session, officer, "Ann"), due(session, officer, "Bob")
    plan = planned(session, officer, ann, bob)
    for stop in plan.stops:
        pin(session, people.actor(officer), plan, stop.id, now=people.NOW)
    ann.assignments[0].to_on = people.TODAY - dt.timedelta(days=1)
    session.flush()
    assert names(again(session, officer, plan)) == ["Bob"]


def test_a_day_that_runs_is_planned_from_now_on(session: Session) -> None:
    agency = people.agency(session)
    nine, five = dt.time(9), dt.time(17)
    assert start_from(nine, five, people.TODAY, agency, now=people.NOW) == dt.time(14)
    assert start_from(nine, five, people.TODAY, agency, now=people.NOW + dt.timedelta(seconds=1)) == dt.time(14, 5)
    assert start_from(nine, five, people.TODAY + dt.timedelta(days=1), agency, now=people.NOW) == nine
    assert start_from(nine, dt.time(14), people.TODAY, agency, now=people.NOW) == nine
