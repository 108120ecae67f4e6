"""Entries of a calendar: which days, which stops, and how a change is told."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.calendar.entries import Entry
from fieldapp.domain.calendar.entries import entries_around
from fieldapp.domain.plans.codes import place_code
from fieldapp.models.calendar import CalendarEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people

NOW = people.NOW
LATER = NOW + dt.timedelta(hours=1, microseconds=250_000)
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def crew(session: Session, officer: User) -> list[Supervisee]:
    return [people.supervisee(session, officer) for _ in range(3)]


@pytest.fixture
def plan(session: Session, officer: User, crew: list[Supervisee]) -> DayPlan:
    return people.plan(session, officer, *crew)


def told(session: Session, officer: User, now: dt.datetime = NOW) -> list[Entry]:
    found = entries_around(session, people.actor(officer), people.TODAY, now=now)
    session.flush()
    return found


def test_each_stop_is_told_with_its_times_and_its_places_code(session: Session, officer: User, plan: DayPlan) -> None:
    entries = told(session, officer)

    assert [(entry.code, entry.begins, entry.ends) for entry in entries] == [
        (place_code(stop.address_id, "home"), stop.arrive_at, stop.leave_at) for stop in plan.stops
    ]
    assert {(entry.sequence, entry.changed_at) for entry in entries} == {(0, NOW)}
    assert not {entry.uid for entry in entries} & {stop.id for stop in plan.stops}


def test_a_week_back_and_two_weeks_ahead_are_told(session: Session, officer: User, crew: list[Supervisee]) -> None:
    for days in (-8, -7, 14, 15):
        people.plan(session, officer, crew[0], on=people.TODAY + days * DAY)

    begin = [entry.begins.date() - people.TODAY for entry in told(session, officer)]
    assert begin == [-7 * DAY, 14 * DAY]


def test_drafts_skipped_stops_and_other_officers_days_are_not_told(
    session: Session, officer: User, plan: DayPlan, crew: list[Supervisee]
) -> None:
    plan.stops[1].state = "skipped"
    plan.stops[2].arrive_at = None
    people.plan(session, officer, crew[1], on=people.TODAY + DAY, state="draft")
    colleague = people.officer(session)
    people.plan(session, colleague, people.supervisee(session, colleague))

    assert [entry.code for entry in told(session, officer)] == [place_code(plan.stops[0].address_id, "home")]


def test_asking_again_tells_the_same(session: Session, officer: User, plan: DayPlan) -> None:
    assert told(session, officer) == told(session, officer, LATER)


def test_only_a_stop_that_changed_has_a_higher_sequence_and_a_later_time(
    session: Session, officer: User, plan: DayPlan
) -> None:
    before = told(session, officer)
    stop = plan.stops[1]
    assert stop.arrive_at
    stop.arrive_at += dt.timedelta(minutes=5)
    session.flush()
    after = told(session, officer, LATER)

    assert [entry.uid for entry in after] == [entry.uid for entry in before]
    assert [entry.sequence for entry in after] == [0, 1, 0]
    assert [entry.changed_at for entry in after] == [NOW, LATER.replace(microsecond=0), NOW]


def test_a_stop_taken_out_of_the_plan_is_forgotten(session: Session, officer: User, plan: DayPlan) -> None:
    told(session, officer)
    plan.stops.remove(plan.stops[0])
    session.flush()
    session.expire_all()

    assert len(told(session, officer)) == 2
    assert len(session.scalars(select(CalendarEntry)).all()) == 2
