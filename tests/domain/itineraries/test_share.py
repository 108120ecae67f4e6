"""Sharing a team's stops out: what takes part, what is written, what is refused, and what stays as it was."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.itineraries.approval import approval_of
from fieldapp.domain.itineraries.approval import approve
from fieldapp.domain.itineraries.approval import mark_of
from fieldapp.domain.itineraries.hand_over import moves_of
from fieldapp.domain.itineraries.share import find_share
from fieldapp.domain.itineraries.share import solve_share
from fieldapp.domain.itineraries.share_keep import keep_share
from fieldapp.domain.people.briefing import briefing_of_stop
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.itineraries.teams_day import TOMORROW
from tests.domain.itineraries.teams_day import asked
from tests.domain.itineraries.teams_day import found
from tests.domain.itineraries.teams_day import in_use
from tests.domain.itineraries.teams_day import keep
from tests.domain.itineraries.teams_day import person
from tests.domain.itineraries.teams_day import plan_of
from tests.domain.itineraries.teams_day import shared_out
from tests.domain.itineraries.teams_day import visited
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names
from tests.domain.routing.teams import BrokenTeam
from tests.domain.routing.teams import ByTurns

NOW = people.NOW


def test_the_stops_of_who_is_ill_go_to_the_others_who_read_the_files(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    shared_out(session, supervisor, ill)

    assert visited(session, ill, busy, free) == [[], ["Ann", "Cat"], ["Bob"]]
    made = plan_of(session, free)
    assert made is not None
    assert made.state == "accepted"
    assert [f"{stop.arrive_at:%H:%M}" for stop in made.stops if stop.arrive_at] == ["14:04"]
    assert briefing_of_stop(session, people.actor(free), made.stops[0].id, TOMORROW).file.person.first_name == "Bob"
    assert [move.to_officer.name for move in moves_of(session, ill.id, TOMORROW)] == ["B. Busy", "C. Free"]


def test_every_plan_and_the_whole_are_audited_without_names(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User
) -> None:
    shared_out(session, supervisor, ill)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.event.endswith("shared_out"))).all()

    assert [entry.event for entry in entries] == ["plan.shared_out"] * 3 + ["team.shared_out"]
    assert entries[-1].details == {"plans": 3, "moved": 2}


def test_stops_that_stay_keep_their_ids_and_their_order_is_the_new_one(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    cat = plans[1].stops[0].id
    share = found(session, supervisor, ill)
    ann, bob = (str(stop.id) for stop in plans[0].stops)
    keep(session, supervisor, share, {str(busy.id): [bob, str(cat), ann], str(free.id): []}, ill)

    made = plan_of(session, busy)
    assert made is not None
    assert names(made) == ["Bob", "Cat", "Ann"]
    assert [stop.position for stop in made.stops] == [0, 1, 2]
    assert made.stops[1].id == cat
    assert plan_of(session, free) is None


def test_what_was_begun_or_skipped_stays_with_its_officer_who_goes_on_from_there(
    session: Session, supervisor: User, ill: User, free: User
) -> None:
    crew = [person(session, ill, name, north) for name, north in (("Ann", 5), ("Bob", 2), ("Cat", 3), ("Dan", 4))]
    plan = in_use(session, ill, *crew)
    plan.on = people.TODAY
    visits.visit(session, ill, crew[0], stop_id=plan.stops[0].id)
    plan.stops[1].state, plan.stops[1].skip_reason = "skipped", "Called away"
    session.flush()
    today = replace(asked(supervisor, free), on=people.TODAY)
    share = find_share(session, people.actor(supervisor), today, now=NOW)
    day = share.request.days[str(ill.id)]

    # 14:00 in Baltimore, at Ann's door; Cat and Dan are left
    assert (day.shift_start, round(day.start.lat, 4)) == (14 * 3600, round(people.HOME[0] + 0.05, 4))
    assert [one.stop.id for one in share.request.stops] == [str(stop.id) for stop in plan.stops[2:]]
    dan_first = [str(plan.stops[3].id), str(plan.stops[2].id)]
    keep_share(session, people.actor(supervisor), today, {str(ill.id): dan_first}, share.mark, Straight(), now=NOW)
    session.expire_all()
    assert names(plan) == ["Ann", "Bob", "Dan", "Cat"]
    assert plan.stops[2].arrive_at == NOW + dt.timedelta(minutes=2)


def test_a_visit_under_way_is_waited_for_and_a_shift_that_is_over_takes_nothing(
    session: Session, supervisor: User, ill: User, free: User
) -> None:
    crew = [person(session, ill, name) for name in ("Ann", "Bob")]
    plan = in_use(session, ill, *crew)
    plan.on = people.TODAY
    visits.check_in(session, ill, crew[0], stop_id=plan.stops[0].id)
    today = replace(asked(supervisor), on=people.TODAY)
    actor = people.actor(supervisor)

    assert find_share(session, actor, today, now=NOW).request.days[str(ill.id)].shift_start == 14 * 3600 + 900
    with pytest.raises(Invalid, match="Nobody is left"):
        find_share(session, actor, today, now=NOW + dt.timedelta(hours=4))


def test_who_is_left_out_leaves_the_plan_with_the_reason(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    bob = plans[0].stops[1]
    bob.address.lat = bob.address.lon = None
    session.flush()
    shared_out(session, supervisor, ill)

    left = plan_of(session, ill)
    assert left is not None
    assert visited(session, ill, busy, free) == [[], ["Ann"], ["Cat"]]
    assert [(out["reason"], out["supervisee"]) for out in left.left_out] == [("no_position", str(bob.supervisee_id))]


def test_two_who_go_to_one_door_together_both_still_go(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    bob = plans[0].stops[1].supervisee
    people.assign(session, bob, free, kind="cover")
    in_use(session, free, bob)
    share = found(session, supervisor)
    assert [one.fixed for one in share.request.stops] == [False, True, False, True]

    keep(session, supervisor, share, solve_share(share, Straight(), ByTurns(), InOrderGiven()).orders)
    assert [("Bob" in each) for each in visited(session, ill, busy, free)] == [True, False, True]

    shared_out(session, supervisor, ill)
    out = plan_of(session, ill)
    assert out is not None
    assert [entry["words"] for entry in out.left_out] == ["Another officer goes to this door that day already."]


def test_nothing_is_written_when_a_plan_changed_or_a_visit_began_meanwhile(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    share = found(session, supervisor, ill)
    orders = solve_share(share, Straight(), ByTurns(), InOrderGiven()).orders
    visits.check_in(session, ill, plans[0].stops[0].supervisee, stop_id=plans[0].stops[0].id)
    with pytest.raises(Conflict, match="changed a plan or begun a visit meanwhile"):
        keep(session, supervisor, share, orders, ill)
    assert visited(session, ill, busy, free) == [["Ann", "Bob"], ["Cat"], []]


def test_orders_that_do_not_belong_to_the_day_are_refused(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    share = found(session, supervisor, ill)
    ann, b, c = str(plans[0].stops[0].id), str(busy.id), str(free.id)
    wrong = [{b: [ann], c: [ann]}, {b: [ann]}, {b: [ann], c: [], str(ill.id): []}, {b: [str(ill.id)], c: []}]
    for orders in wrong:
        with pytest.raises(Invalid, match="do not belong"):
            keep(session, supervisor, share, orders, ill)
    assert visited(session, ill, busy, free) == [["Ann", "Bob"], ["Cat"], []]


def test_a_solver_that_fails_leaves_all_as_it_was(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    with pytest.raises(RouteSolverFailed):
        solve_share(found(session, supervisor, ill), Straight(), BrokenTeam(), InOrderGiven())
    assert visited(session, ill, busy, free) == [["Ann", "Bob"], ["Cat"], []]


def test_a_day_with_nothing_left_or_nobody_there_or_over_is_refused(
    session: Session, supervisor: User, ill: User
) -> None:
    with pytest.raises(Conflict, match="No stop of this day is left"):
        found(session, supervisor)
    in_use(session, ill, person(session, ill, "Ann"))
    with pytest.raises(Invalid, match="Nobody is left"):
        found(session, supervisor, ill)
    over = replace(asked(supervisor), on=people.TODAY - dt.timedelta(days=1))
    with pytest.raises(Invalid, match="Choose a day"):
        find_share(session, people.actor(supervisor), over, now=NOW)
    stranger = people.supervisor(session, people.team(session))
    with pytest.raises(NotFound, match="team"):
        find_share(session, people.actor(stranger), asked(supervisor), now=NOW)


def test_approved_plans_stay_approved_and_the_others_wait(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    people.agency(session, itinerary_approval="required")
    approve(session, people.actor(supervisor), plans[1], mark_of(plans[1]), now=NOW)
    shared_out(session, supervisor, ill)
    made = [plan_of(session, officer) for officer in (ill, busy, free)]

    states = [approval.state for plan in made if plan and (approval := approval_of(session, plan))]
    assert states == ["waiting", "approved", "approved"]
