"""The day as it stands, which day to plan, and where it may start."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.plans.day import days_on
from fieldapp.domain.plans.day import officers_day
from fieldapp.domain.plans.days import day_to_plan
from fieldapp.domain.plans.days import next_field_day
from fieldapp.domain.plans.places import day_places
from fieldapp.domain.plans.today import plan_of
from fieldapp.models.agency import Holiday
from fieldapp.models.user import User
from tests import people
from tests import visits

TODAY = people.TODAY


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def test_states_follow_from_visits_and_the_first_stop_without_one_is_next(session: Session, officer: User) -> None:
    crew = [people.supervisee(session, officer) for _ in range(6)]
    plan = people.plan(session, officer, *crew)
    stops = [stop.id for stop in plan.stops]
    visits.visit(session, officer, crew[0], stop_id=stops[0])
    visits.visit(session, officer, crew[1], stop_id=stops[1], outcome="no_one_home")
    plan.stops[2].state = "skipped"
    visits.visit(session, officer, crew[4], stop_id=stops[4])
    day = officers_day(session, people.actor(officer), officer.id, TODAY)

    assert day is not None
    assert [one.state for one in day.stops] == ["done", "tried", "skipped", "next", "done", "later"]
    assert day.next is not None
    assert day.next.number == 4
    assert day.count("next", "later") == 2


def test_the_latest_visit_of_a_stop_decides(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    stop = people.plan(session, officer, person).stops[0]
    visits.visit(
        session, officer, person, stop_id=stop.id, outcome="no_one_home", arrived_at=people.NOW - dt.timedelta(hours=3)
    )
    visits.visit(session, officer, person, stop_id=stop.id)
    day = officers_day(session, people.actor(officer), officer.id, TODAY)

    assert day is not None
    assert ([one.state for one in day.stops], day.next) == (["done"], None)


def test_a_draft_is_no_day_yet(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer), state="draft", accepted_at=None)

    assert officers_day(session, people.actor(officer), officer.id, TODAY) is None
    assert plan_of(session, people.actor(officer), TODAY) is not None


def test_days_are_seen_by_officer_team_and_administrator_alone(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer))
    other_team = people.team(session, "Other")

    def seen(user: User) -> int:
        return len(days_on(session, people.actor(user), TODAY))

    assert [seen(user) for user in (officer, people.supervisor(session), people.administrator(session))] == [1, 1, 1]
    assert [seen(user) for user in (people.officer(session), people.supervisor(session, other_team))] == [0, 0]
    assert plan_of(session, people.actor(people.officer(session)), TODAY) is None


def test_today_is_planned_until_it_is_in_use_or_over(session: Session, officer: User) -> None:
    actor, morning = people.actor(officer), dt.datetime(2026, 11, 19, 13, tzinfo=dt.UTC)
    assert day_to_plan(session, actor, now=morning) == TODAY
    assert day_to_plan(session, actor, now=morning + dt.timedelta(hours=9)) == dt.date(2026, 11, 20)

    plan = people.plan(session, officer, people.supervisee(session, officer), state="draft")
    assert day_to_plan(session, actor, now=morning) == TODAY
    plan.state = "accepted"
    session.flush()
    assert day_to_plan(session, actor, now=morning) == dt.date(2026, 11, 20)


def test_the_next_field_day_skips_weekends_and_holidays(session: Session, officer: User) -> None:
    friday = dt.date(2026, 11, 20)
    assert next_field_day(friday, frozenset()) == dt.date(2026, 11, 23)
    session.add(Holiday(on=dt.date(2026, 11, 23), name="Founders"))
    session.flush()

    evening = dt.datetime(2026, 11, 20, 23, tzinfo=dt.UTC)
    assert day_to_plan(session, people.actor(officer), now=evening) == dt.date(2026, 11, 24)


def test_a_day_starts_at_places_with_a_position(session: Session, officer: User) -> None:
    assert list(day_places(session, people.actor(officer))) == ["office"]
    officer.home_lat, officer.home_lon = 39.3, -76.6
    people.agency(session, office_lat=None)

    assert {key: place.label for key, place in day_places(session, people.actor(officer)).items()} == {"home": "Home"}
