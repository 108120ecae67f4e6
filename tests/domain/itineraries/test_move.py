"""Moving stops to another officer by hand: both days timed, access for the day, what stays where it is."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.itineraries.approval import approval_of
from fieldapp.domain.itineraries.approval import approve
from fieldapp.domain.itineraries.approval import mark_of
from fieldapp.domain.itineraries.hand_over import moves_of
from fieldapp.domain.itineraries.move import move_stops
from fieldapp.domain.people.briefing import briefing_of_stop
from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CaseAssignment
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.itineraries.teams_day import TOMORROW
from tests.domain.itineraries.teams_day import in_use
from tests.domain.itineraries.teams_day import person
from tests.domain.itineraries.teams_day import plan_of
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names

NOW = people.NOW


@pytest.fixture
def grant(session: Session) -> User:
    people.agency(session)
    return people.officer(session, name="L. Grant")


@pytest.fixture
def park(session: Session, grant: User) -> User:
    return people.officer(session, name="J. Park")


@pytest.fixture
def ann(session: Session, grant: User) -> Supervisee:
    return person(session, grant, "Ann", 1)


@pytest.fixture
def plan(session: Session, grant: User, ann: Supervisee) -> DayPlan:
    return in_use(session, grant, ann, person(session, grant, "Bob", 2))


@pytest.fixture
def other(session: Session, park: User) -> DayPlan:
    return in_use(session, park, person(session, park, "Cat", 0.5), person(session, park, "Dan", 3))


def moved(session: Session, supervisor: User, plan: DayPlan, to: User, *stops: uuid.UUID) -> DayPlan:
    return move_stops(session, people.actor(supervisor), plan.id, stops, to.id, Straight(), now=NOW)


def test_the_stop_goes_where_it_fits_best_and_both_days_are_timed_again(
    session: Session, supervisor: User, plan: DayPlan, park: User, other: DayPlan
) -> None:
    moved(session, supervisor, plan, park, plan.stops[0].id)
    session.expire_all()

    assert (names(plan), names(other)) == (["Bob"], ["Cat", "Ann", "Dan"])
    assert [f"{stop.arrive_at:%H:%M}" for stop in other.stops if stop.arrive_at] == ["14:01", "14:17", "14:36"]
    assert [f"{stop.arrive_at:%H:%M}" for stop in plan.stops if stop.arrive_at] == ["14:04"]
    assert [stop.position for stop in (*plan.stops, *other.stops)] == [0, 0, 1, 2]
    said = session.scalars(select(AuditEntry).where(AuditEntry.event == "stops.moved")).one()
    assert (said.subject, said.details) == (str(plan.id), {"to": str(other.id), "stops": 1})


def test_the_other_officer_reads_the_file_on_that_day_alone_and_the_caseload_stays(
    session: Session, supervisor: User, plan: DayPlan, park: User, ann: Supervisee
) -> None:
    target = moved(session, supervisor, plan, park, plan.stops[0].id)
    actor, stop = people.actor(park), target.stops[0]

    assert briefing_of_stop(session, actor, stop.id, TOMORROW).file.person.id == ann.id
    for day, seen in ((people.TODAY, []), (TOMORROW, [ann.id]), (TOMORROW + dt.timedelta(days=1), [])):
        assert [found.id for found in session.scalars(visible_supervisees(actor, day))] == seen
    with pytest.raises(NotFound):
        briefing_of_stop(session, actor, stop.id, people.TODAY)
    held = session.scalars(select(CaseAssignment).where(CaseAssignment.supervisee_id == ann.id)).all()
    assert {(one.officer_id, one.kind, one.to_on) for one in held} == {
        (plan.officer_id, "primary", None),
        (park.id, "cover", TOMORROW),
    }


def test_who_has_no_plan_gets_one_in_use_and_both_are_told(
    session: Session, supervisor: User, plan: DayPlan, grant: User, park: User
) -> None:
    moved(session, supervisor, plan, park, *(stop.id for stop in plan.stops))
    made = plan_of(session, park)

    assert made is not None
    assert (made.state, made.start_label, sorted(names(made))) == ("accepted", "Office", ["Ann", "Bob"])
    for officer in (grant, park):
        told = moves_of(session, officer.id, TOMORROW)
        assert [(move.supervisee.first_name, move.from_officer.name, move.to_officer.name) for move in told] == [
            ("Ann", "L. Grant", "J. Park"),
            ("Bob", "L. Grant", "J. Park"),
        ]


def test_a_stop_that_goes_back_needs_no_cover_and_tells_only_the_last_move(
    session: Session, supervisor: User, plan: DayPlan, grant: User, park: User, ann: Supervisee
) -> None:
    target = moved(session, supervisor, plan, park, plan.stops[0].id)
    later = NOW + dt.timedelta(minutes=1)
    move_stops(session, people.actor(supervisor), target.id, [target.stops[0].id], grant.id, Straight(), now=later)

    assert names(plan) == ["Ann", "Bob"]
    assert [(move.from_officer.name, move.to_officer.name) for move in moves_of(session, grant.id, TOMORROW)] == [
        ("J. Park", "L. Grant")
    ]
    covers = select(CaseAssignment).where(CaseAssignment.kind == "cover", CaseAssignment.officer_id == grant.id)
    assert session.scalars(covers).all() == []


def test_a_skipped_stop_can_be_tried_by_another(session: Session, supervisor: User, plan: DayPlan, park: User) -> None:
    plan.stops[0].state, plan.stops[0].skip_reason = "skipped", "Called away"
    session.flush()
    target = moved(session, supervisor, plan, park, plan.stops[0].id)

    assert [(stop.state, stop.skip_reason) for stop in target.stops] == [("planned", "")]


def test_visits_made_or_begun_stay_and_then_nothing_moves(
    session: Session, supervisor: User, plan: DayPlan, grant: User, park: User, ann: Supervisee
) -> None:
    begun = plan.stops[0].id
    visits.check_in(session, grant, ann, stop_id=begun)
    with pytest.raises(Conflict, match=r"Ann .* was made or begun"):
        moved(session, supervisor, plan, park, plan.stops[1].id, begun)
    assert names(plan) == ["Ann", "Bob"]
    assert moves_of(session, park.id, TOMORROW) == []


def test_what_cannot_be_moved_says_why(
    session: Session, supervisor: User, plan: DayPlan, grant: User, park: User, other: DayPlan, ann: Supervisee
) -> None:
    first = plan.stops[0].id
    stranger = people.officer(session, people.team(session))
    with pytest.raises(NotFound, match="This officer"):
        moved(session, supervisor, plan, stranger, first)
    with pytest.raises(NotFound, match="no longer in the plan"):
        moved(session, supervisor, plan, park, other.stops[0].id)
    with pytest.raises(Invalid, match="this officer's already"):
        moved(session, supervisor, plan, grant, first)
    with pytest.raises(Invalid, match="Tick the stops"):
        moved(session, supervisor, plan, park)
    with pytest.raises(Forbidden):
        moved(session, grant, plan, park, first)
    other.stops[0].supervisee_id = ann.id
    session.flush()
    session.expire_all()
    with pytest.raises(Conflict, match=r"visits Ann .* that day already"):
        moved(session, supervisor, plan, park, first)
    park.disabled_at = NOW
    with pytest.raises(Conflict, match="does not work with fieldapp"):
        moved(session, supervisor, plan, park, first)


def test_a_day_that_is_over_and_one_that_is_full_stay_as_they_are(
    session: Session, supervisor: User, plan: DayPlan, park: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = NOW + dt.timedelta(days=2)
    with pytest.raises(Conflict, match="This day is over"):
        move_stops(session, people.actor(supervisor), plan.id, [plan.stops[0].id], park.id, Straight(), now=late)
    monkeypatch.setattr("fieldapp.domain.itineraries.move.MOST_STOPS", 1)
    with pytest.raises(Conflict, match="at most 1 stops"):
        moved(session, supervisor, plan, park, *(stop.id for stop in plan.stops))


def test_what_a_supervisor_moves_is_approved_where_the_rest_was(
    session: Session, supervisor: User, plan: DayPlan, park: User, other: DayPlan
) -> None:
    people.agency(session, itinerary_approval="required")
    third = people.officer(session)
    approve(session, people.actor(supervisor), plan, mark_of(plan), now=NOW)
    bob = plan.stops[1].id
    moved(session, supervisor, plan, park, plan.stops[0].id)
    made = moved(session, supervisor, plan, third, bob)

    assert [(found.state if (found := approval_of(session, each)) else "") for each in (plan, other, made)] == [
        "approved",
        "waiting",
        "approved",
    ]
