"""A day taken along: the stops left in their order, by number and code; audited; never the way home."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.plans.codes import place_code
from fieldapp.domain.plans.track import Track
from fieldapp.domain.plans.track import take_along
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def plan(session: Session, officer: User) -> DayPlan:
    return people.plan(session, officer, *(people.supervisee(session, officer) for _ in range(3)))


def taken(session: Session, officer: User, plan: DayPlan) -> Track:
    return take_along(session, people.actor(officer), plan, now=people.NOW)


def test_stops_keep_their_numbers_when_one_is_skipped(session: Session, officer: User, plan: DayPlan) -> None:
    plan.stops[1].state = "skipped"
    track = taken(session, officer, plan)

    first, _, third = [place_code(stop.address_id, "home") for stop in plan.stops]
    assert [point.name for point in track.stops] == [f"1 {first}", f"3 {third}"]
    assert [point.name for point in track.way] == ["Start", f"1 {first}", f"3 {third}", "End"]
    assert (track.stops[0].lat, track.stops[0].lon) == people.HOME
    assert track.stops[0].begins == plan.stops[0].arrive_at


def test_a_day_that_starts_or_ends_elsewhere_than_at_the_office_does_not_show_where(
    session: Session, officer: User, plan: DayPlan
) -> None:
    plan.start_lat, plan.end_lon = 39.4, -76.7
    track = taken(session, officer, plan)

    assert track.way == track.stops


def test_it_is_audited_by_whom_and_how_much(session: Session, officer: User, plan: DayPlan) -> None:
    taken(session, officer, plan)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "plan.taken_along")).one()

    assert (entry.actor_id, entry.subject, entry.details) == (officer.id, str(plan.id), {"stops": 3})


def test_without_a_position_there_is_nothing_to_take_along(session: Session, officer: User, plan: DayPlan) -> None:
    for stop in plan.stops:
        stop.address.lat = None

    with pytest.raises(Conflict, match="Add one first"):
        taken(session, officer, plan)
    assert not session.scalars(select(AuditEntry)).all()
