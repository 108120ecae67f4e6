"""Phones with unsent work older than an hour: whose, since when by the right clock, and who is shown them."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.office.phones import LatePhone
from fieldapp.domain.office.phones import late_phones
from fieldapp.models.user import User
from fieldapp.models.wire import PhoneReport
from tests import people
from tests import visits
from tests.people import NOW

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def report(session: Session, officer: User, number: int = 0, **fields: object) -> PhoneReport:
    given = {"reported_at": NOW, "clock_skew_s": 0.0, "waiting": 3, "oldest_at": NOW - 2 * HOUR, **fields}
    made = PhoneReport(device_id=visits.device(session, officer, number).id, **given)
    session.add(made)
    session.flush()
    return made


def seen(session: Session, user: User) -> list[LatePhone]:
    return list(late_phones(session, people.actor(user), now=NOW))


def test_phone_is_shown_when_its_oldest_work_is_older_than_an_hour(session: Session, officer: User) -> None:
    boss = people.supervisor(session)
    report(session, officer, 0, oldest_at=NOW - HOUR)
    late = report(session, officer, 1, oldest_at=NOW - HOUR - MINUTE, reported_at=NOW - 5 * MINUTE)
    latest = report(session, officer, 2, oldest_at=NOW - 30 * HOUR, reported_at=NOW - 29 * HOUR)

    found = seen(session, boss)

    assert [each.report for each in found] == [latest, late]
    assert [(each.officer, each.since) for each in found] == [(officer, latest.oldest_at), (officer, late.oldest_at)]


def test_phone_that_holds_nothing_or_was_signed_off_is_not_shown(session: Session, officer: User) -> None:
    boss = people.supervisor(session)
    report(session, officer, 0, waiting=0)
    report(session, officer, 1)
    visits.device(session, officer, 1).signed_off_at = NOW
    assert seen(session, boss) == []


def test_clock_of_the_phone_is_put_right(session: Session, officer: User) -> None:
    boss = people.supervisor(session)
    report(session, officer, 0, clock_skew_s=-3 * 3600.0, oldest_at=NOW - 3 * HOUR - MINUTE)
    report(session, officer, 1, clock_skew_s=9 * 3600.0, oldest_at=NOW + 7 * HOUR)
    (found,) = seen(session, boss)
    assert found.since == NOW - 2 * HOUR


def test_phone_that_does_not_say_since_when_waits_since_its_report(session: Session, officer: User) -> None:
    report(session, officer, oldest_at=None, reported_at=NOW - 2 * HOUR)
    (found,) = seen(session, people.supervisor(session))
    assert found.since == NOW - 2 * HOUR


def test_supervisor_sees_phones_of_the_own_team_administrator_all_officer_the_own(
    session: Session, officer: User
) -> None:
    stranger = people.officer(session, people.team(session))
    for one in (officer, stranger):
        report(session, one)

    def names(user: User) -> set[str]:
        return {each.officer.name for each in seen(session, user)}

    assert names(people.supervisor(session)) == {officer.name}
    assert names(people.supervisor(session, people.team(session))) == set()
    assert names(people.administrator(session)) == {officer.name, stranger.name}
    assert names(officer) == {officer.name}
