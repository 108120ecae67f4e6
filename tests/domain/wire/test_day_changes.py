"""Stops that a phone skips, brings back and puts in another order: what the plan makes of it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.domain.plans.change import reorder
from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day import officers_day
from fieldapp.models.audit import AuditEntry
from fieldapp.models.contact import Contact
from fieldapp.models.field import StopSkip
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.wire import FieldException
from tests import people
from tests.desk import Desk
from tests.domain.plans.days import Straight
from tests.phone import iso


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.fixture
def plan(session: Session, desk: Desk) -> DayPlan:
    names = ("Ann", "Bob", "Cat", "Dan")
    crew = [people.supervisee(session, desk.officer, first_name=name) for name in names]
    for place, person in enumerate(crew):
        people.home(person).lat = people.HOME[0] + place / 100
    return people.plan(session, desk.officer, *crew)


def at(minute: int) -> dict[str, str]:
    return {"made_at": iso(people.NOW - dt.timedelta(minutes=30 - minute))}


def day(desk: Desk) -> Day:
    desk.session.expire_all()
    found = officers_day(desk.session, people.actor(desk.officer), desk.officer.id, people.TODAY)
    assert found is not None
    return found


def names(desk: Desk) -> list[str]:
    return [one.stop.supervisee.first_name for one in day(desk).stops]


def states(desk: Desk) -> list[str]:
    return [one.state for one in day(desk).stops]


def audited(desk: Desk) -> list[str]:
    assert first_broken(desk.session) is None
    return list(desk.session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence)))


def test_skipped_stop_says_why_gives_no_credit_and_the_next_one_is_next(desk: Desk, plan: DayPlan) -> None:
    (result,) = desk.take(desk.phone.skip(plan.stops[0], "road_closed", "The bridge\nis out."))

    assert result.state == "stored"
    assert states(desk) == ["skipped", "next", "later", "later"]
    assert plan.stops[0].skip_reason == "Road closed: The bridge is out."
    assert desk.session.scalars(select(Contact)).all() == []
    assert desk.told() == {}
    assert audited(desk)[-2:] == ["submission.stored", "stop.skipped"]


def test_nobody_drives_to_a_skipped_stop_any_more(desk: Desk, plan: DayPlan) -> None:
    desk.take(desk.phone.order(plan, plan.stops))
    far, last = plan.stops[3], plan.stops[2].arrive_at
    back = plan.back_at
    desk.take(desk.phone.skip(far))

    assert back is not None
    assert plan.back_at is not None
    assert plan.back_at < back
    assert (plan.stops[2].arrive_at, far.arrive_at) == (last, None)
    assert [stop.position for stop in plan.stops] == [0, 1, 2, 3]


def test_stop_is_brought_back_and_the_last_decision_holds_whatever_arrives_last(desk: Desk, plan: DayPlan) -> None:
    stop = plan.stops[1]
    desk.take(desk.phone.unskip(stop, **at(5)))
    desk.take(desk.phone.skip(stop, **at(3)))
    assert states(desk)[1] == "later"

    desk.take(desk.phone.skip(stop, "in_custody", **at(7)))
    assert (states(desk)[1], stop.skip_reason) == ("skipped", "In custody")


def test_visit_that_was_made_wins_over_a_skip(desk: Desk, plan: DayPlan) -> None:
    stop = plan.stops[0]
    visit = desk.phone.visit(stop.supervisee, stop=str(stop.id))
    desk.take(visit)
    desk.take(desk.phone.skip(stop))

    assert states(desk)[0] == "tried"
    assert [one.stop.supervisee.first_name for one in day(desk).those("skipped")] == []


def test_unsafe_stop_is_told_to_the_supervisor_once(desk: Desk, plan: DayPlan) -> None:
    skip = desk.phone.skip(plan.stops[0], "unsafe", "Shots were heard.")
    desk.take(skip)
    desk.take(skip)

    (found,) = desk.session.scalars(select(FieldException))
    assert (found.code, found.supervisee_id) == ("unsafe-skipped", plan.stops[0].supervisee_id)
    assert "Unsafe: Shots were heard." in found.words


def test_skip_of_a_stop_that_left_the_plan_is_kept_about_the_person(desk: Desk, plan: DayPlan) -> None:
    stop = plan.stops[3]
    skip = desk.phone.skip(stop)
    plan.stops.remove(stop)
    desk.session.flush()

    assert [result.state for result in desk.take(skip)] == ["stored"]
    kept = desk.session.scalars(select(StopSkip)).one()
    assert (kept.stop_id, kept.reason) == (None, "out_of_time")


def test_stop_of_another_officer_is_no_stop_to_skip(desk: Desk, session: Session) -> None:
    other = people.officer(session)
    stop = people.plan(session, other, people.supervisee(session, other)).stops[0]

    (result,) = desk.take(desk.phone.skip(stop))
    assert result.state == "set_aside"
    assert stop.state == "planned"


def test_skip_without_a_known_reason_names_the_field(desk: Desk, plan: DayPlan) -> None:
    (result,) = desk.take(desk.phone.skip(plan.stops[0], "bored"))
    assert (result.state, "body.reason must be one of: out_of_time" in result.reason) == ("set_aside", True)


def test_plan_takes_the_order_and_is_timed_again(desk: Desk, plan: DayPlan) -> None:
    a, b, c, d = plan.stops
    desk.take(desk.phone.order(plan, [d, b, a, c]))

    assert names(desk) == ["Dan", "Bob", "Ann", "Cat"]
    times = [stop.arrive_at for stop in plan.stops if stop.arrive_at]
    assert times == sorted(times)
    assert len(times) == 4
    assert audited(desk)[-2:] == ["submission.stored", "plan.arranged"]


def test_last_arrangement_wins_whatever_arrives_last(desk: Desk, plan: DayPlan) -> None:
    a, b, c, d = plan.stops
    desk.take(desk.phone.order(plan, [d, c, b, a], **at(9)))
    desk.take(desk.phone.order(plan, [b, a, c, d], **at(4)))

    assert names(desk) == ["Dan", "Cat", "Bob", "Ann"]
    assert "plan.arranged" not in audited(desk)[-1:]


def test_order_made_at_the_office_wins_over_an_earlier_one_of_the_phone(desk: Desk, plan: DayPlan) -> None:
    a, b, c, d = (stop.id for stop in plan.stops)
    reorder(desk.session, people.actor(desk.officer), plan, [c, d, a, b], Straight(), now=people.NOW)
    desk.take(desk.phone.order(plan, [b, a, d, c], **at(5)))
    assert names(desk) == ["Cat", "Dan", "Ann", "Bob"]

    desk.take(desk.phone.order(plan, [b, a, d, c], **at(35)))
    assert names(desk) == ["Bob", "Ann", "Dan", "Cat"]


def test_phone_with_a_wrong_clock_does_not_hold_the_plan_for_ever(desk: Desk, plan: DayPlan) -> None:
    a, b, c, d = plan.stops
    fast = dt.timedelta(hours=5)
    desk.take(desk.phone.order(plan, [d, c, b, a], made_at=iso(people.NOW + fast)), skew=fast)
    desk.take(desk.phone.order(plan, [b, a, c, d], **at(35)), now=people.NOW + dt.timedelta(minutes=5))

    assert names(desk) == ["Bob", "Ann", "Cat", "Dan"]


def test_stops_that_are_gone_are_passed_over_and_new_ones_follow(desk: Desk, plan: DayPlan) -> None:
    a, b, c, _d = plan.stops
    order = desk.phone.order(plan, [c, uuid.uuid4(), b, a])
    desk.session.execute(delete(Stop).where(Stop.id == b.id))
    desk.session.expire_all()

    assert [result.state for result in desk.take(order)] == ["stored"]
    assert names(desk) == ["Cat", "Ann", "Dan"]
    assert [stop.position for stop in plan.stops] == [0, 1, 2]


def test_plan_of_another_officer_and_a_stop_named_twice_are_set_aside(desk: Desk, plan: DayPlan) -> None:
    other = people.officer(desk.session)
    theirs = people.plan(desk.session, other, people.supervisee(desk.session, other))
    twice = desk.phone.order(plan, [plan.stops[0], plan.stops[0]])

    results = desk.take(desk.phone.order(theirs, theirs.stops), twice, desk.phone.order(plan, []))
    assert [result.state for result in results] == ["set_aside"] * 3
    assert theirs.arranged_at is None
