"""In the field: where each officer is, how far along, until when, and when the phone was last heard of."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.office.crew import CrewMember
from fieldapp.domain.office.crew import crew
from fieldapp.models.user import User
from fieldapp.models.wire import PhoneReport
from tests import people
from tests import visits
from tests.people import NOW
from tests.people import TODAY

ZONE = "America/New_York"
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


def only(session: Session, officer: User, now: dt.datetime = NOW) -> CrewMember:
    session.flush()
    session.expire_all()
    (found,) = crew(session, people.actor(officer), TODAY, ZONE, now=now)
    return found


def where(member: CrewMember) -> tuple[str, str, dt.datetime | None]:
    return member.where.state, member.where.name, member.where.at


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def test_officer_without_check_in_or_visit_has_not_started(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer))
    assert where(only(session, officer)) == ("not_started", "", None)


def test_check_in_says_where_the_officer_is(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer, first_name="Marcus", last_name="Bell")
    people.plan(session, officer, person)
    visits.check_in(session, officer, person, at=NOW - 8 * MINUTE)
    assert where(only(session, officer)) == ("here", "Marcus Bell", NOW - 8 * MINUTE)


def test_later_visit_to_the_same_person_closes_the_check_in(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer, first_name="Marcus", last_name="Bell")
    people.plan(session, officer, person)
    visits.check_in(session, officer, person, at=NOW - 30 * MINUTE)
    visits.visit(session, officer, person, arrived_at=NOW - 30 * MINUTE)
    assert where(only(session, officer)) == ("seen", "Marcus Bell", NOW - 11 * MINUTE)


def test_visit_before_the_check_in_leaves_it_open(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    people.plan(session, officer, person)
    visits.visit(session, officer, person, arrived_at=NOW - 3 * HOUR)
    visits.check_in(session, officer, person, at=NOW - 5 * MINUTE)
    assert only(session, officer).where.state == "here"


def test_visit_elsewhere_that_began_later_closes_the_check_in(session: Session, officer: User) -> None:
    first, second = people.supervisee(session, officer), people.supervisee(session, officer)
    people.plan(session, officer, first, second)
    visits.check_in(session, officer, first, at=NOW - 2 * HOUR)
    visits.visit(session, officer, second, arrived_at=NOW - HOUR, outcome="no_one_home")
    assert where(only(session, officer))[:2] == ("tried", second.name)


def test_visit_that_was_not_attempted_is_no_place_to_be(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    people.plan(session, officer, person)
    visits.visit(session, officer, person, outcome="cancelled", outcome_class="not_attempted")
    assert only(session, officer).where.state == "not_started"


def test_check_in_of_yesterday_is_over(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    people.plan(session, officer, person)
    visits.check_in(session, officer, person, at=NOW - 24 * HOUR)
    assert only(session, officer).where.state == "not_started"


def test_stops_seen_and_attempted_are_counted_by_the_plan(session: Session, officer: User) -> None:
    persons = [people.supervisee(session, officer) for _ in range(4)]
    plan = people.plan(session, officer, *persons)
    visits.visit(session, officer, persons[0], stop_id=plan.stops[0].id, arrived_at=NOW - 3 * HOUR)
    visits.visit(session, officer, persons[1], stop_id=plan.stops[1].id, outcome="no_one_home")
    day = only(session, officer).day
    assert (day.count("done"), day.count("tried"), len(day.stops)) == (1, 1, 4)


def test_draft_plan_puts_nobody_in_the_field(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer), state="draft")
    assert crew(session, people.actor(officer), TODAY, ZONE, now=NOW) == []


def test_end_of_day_moves_by_what_the_next_stop_is_late(session: Session, officer: User) -> None:
    plan = people.plan(session, officer, people.supervisee(session, officer), back_at=NOW + 2 * HOUR)
    planned = plan.stops[0].arrive_at
    assert planned is not None
    assert only(session, officer, planned - HOUR).back_at == NOW + 2 * HOUR
    assert only(session, officer, planned + 40 * MINUTE).back_at == NOW + 2 * HOUR + 40 * MINUTE


def test_officer_who_arrived_on_time_is_not_made_late_by_staying(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    plan = people.plan(session, officer, person, back_at=NOW + 2 * HOUR)
    planned = plan.stops[0].arrive_at
    assert planned is not None
    visits.check_in(session, officer, person, at=planned + 3 * MINUTE, stop_id=plan.stops[0].id)
    assert only(session, officer, planned + 15 * MINUTE).back_at == NOW + 2 * HOUR + 3 * MINUTE


def test_plan_without_an_end_has_none_here(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer))
    assert only(session, officer).back_at is None


def test_last_news_is_the_later_of_submission_and_report(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    people.plan(session, officer, person)
    visits.visit(session, officer, person, received_at=NOW - 30 * MINUTE)
    assert only(session, officer).heard_at == NOW - 30 * MINUTE
    phone = visits.device(session, officer)
    session.add(PhoneReport(device_id=phone.id, reported_at=NOW - MINUTE, clock_skew_s=0.0))
    assert only(session, officer).heard_at == NOW - MINUTE


def test_silence_of_two_hours_is_told_while_work_is_left(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    plan = people.plan(session, officer, person)
    assert only(session, officer).quiet
    visits.submission(session, officer, "note", received_at=NOW - 2 * HOUR)
    assert not only(session, officer).quiet
    assert only(session, officer, NOW + MINUTE).quiet
    visits.visit(session, officer, person, stop_id=plan.stops[0].id, received_at=NOW - 2 * HOUR)
    assert not only(session, officer, NOW + HOUR).quiet


def test_what_waits_is_added_up_over_the_phones_of_an_officer(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer))
    for number, (count, oldest) in enumerate([(3, NOW - HOUR), (2, NOW - 2 * HOUR), (0, NOW - 9 * HOUR)]):
        phone = visits.device(session, officer, number)
        session.add(PhoneReport(device_id=phone.id, reported_at=NOW, clock_skew_s=0.0, waiting=count, oldest_at=oldest))
    waiting = only(session, officer).waiting
    assert (waiting.count, waiting.oldest_at) == (5, NOW - 2 * HOUR)


def test_phone_that_was_signed_off_is_waited_for_no_longer(session: Session, officer: User) -> None:
    people.plan(session, officer, people.supervisee(session, officer))
    phone = visits.device(session, officer)
    phone.signed_off_at = NOW
    session.add(PhoneReport(device_id=phone.id, reported_at=NOW, clock_skew_s=0.0, waiting=4))
    assert only(session, officer).waiting.count == 0


def test_supervisor_sees_the_own_team_and_administrator_all(session: Session, officer: User) -> None:
    stranger = people.officer(session, people.team(session))
    for one in (officer, stranger):
        people.plan(session, one, people.supervisee(session, one))

    def seen(user: User) -> set[str]:
        return {each.officer.name for each in crew(session, people.actor(user), TODAY, ZONE, now=NOW)}

    assert seen(people.supervisor(session)) == {officer.name}
    assert seen(people.administrator(session)) == {officer.name, stranger.name}
