"""Exceptions that wait: oldest first, named, linked to a visit that the reader may see, and only the reader's own."""

import datetime as dt
import uuid

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.office.open_exceptions import ACT_NOW
from fieldapp.domain.office.open_exceptions import ON_BOARD
from fieldapp.domain.office.open_exceptions import TITLES
from fieldapp.domain.office.open_exceptions import exceptions_of
from fieldapp.domain.office.open_exceptions import exceptions_open
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.people import NOW
from tests.people import TODAY

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def test_open_ones_come_oldest_first_with_names_and_visit(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    visit = visits.visit(session, officer, person)
    new = visits.exception(session, officer)
    old = visits.exception(
        session, officer, "refused", opened_at=NOW - HOUR, visit_id=visit.id, supervisee_id=person.id
    )
    visits.exception(session, officer, opened_at=NOW - 2 * HOUR, closed_at=NOW)
    found = exceptions_open(session, people.actor(people.supervisor(session)), TODAY)
    assert [one.row for one in found.lines] == [old, new]
    assert (found.total, found.oldest_at) == (2, NOW - HOUR)
    first, second = found.lines
    assert (first.person, first.officer, first.visit_id) == (person.name, officer.name, visit.id)
    assert (first.title, first.act_now) == ("Refused", True)
    assert (second.person, second.visit_id, second.act_now) == ("", None, False)


def test_conflict_leads_to_the_visit_whose_id_it_is_about(session: Session, officer: User) -> None:
    visit = visits.visit(session, officer, people.supervisee(session, officer))
    visits.exception(session, officer, "conflict", subject=str(visit.id))
    supervisor = people.actor(people.supervisor(session))
    assert [one.visit_id for one in exceptions_open(session, supervisor, TODAY).lines] == [visit.id]
    assert [one.row.code for one in exceptions_of(session, supervisor, visit, TODAY)] == ["conflict"]


def test_conflict_with_a_visit_of_another_team_leads_nowhere(session: Session, officer: User) -> None:
    stranger = people.officer(session, people.team(session))
    visit = visits.visit(session, stranger, people.supervisee(session, stranger))
    visits.exception(session, officer, "conflict", subject=str(visit.id))
    (one,) = exceptions_open(session, people.actor(people.supervisor(session)), TODAY).lines
    assert one.visit_id is None


def test_exceptions_of_others_are_not_seen(session: Session, officer: User) -> None:
    visit = visits.visit(session, officer, people.supervisee(session, officer))
    visits.exception(session, officer, visit_id=visit.id)
    other = people.supervisor(session, people.team(session))
    for user in (officer, other):
        assert exceptions_open(session, people.actor(user), TODAY).total == 0
        assert exceptions_of(session, people.actor(user), visit, TODAY) == []
    assert exceptions_open(session, people.actor(people.administrator(session)), TODAY).total == 1


def test_long_lists_are_cut_and_counted(session: Session, officer: User) -> None:
    for _ in range(ON_BOARD + 1):
        visits.exception(session, officer, subject=f"{uuid.uuid4()}:item")
    found = exceptions_open(session, people.actor(people.supervisor(session)), TODAY)
    assert (len(found.lines), found.total) == (ON_BOARD, ON_BOARD + 1)


def test_nothing_open_has_no_oldest(session: Session, officer: User) -> None:
    assert exceptions_open(session, people.actor(people.supervisor(session)), TODAY).oldest_at is None


def test_unknown_code_is_its_own_title(session: Session, officer: User) -> None:
    visits.exception(session, officer, "brand-new")
    assert exceptions_open(session, people.actor(people.supervisor(session)), TODAY).lines[0].title == "brand-new"


def test_what_must_be_acted_on_has_a_title() -> None:
    assert set(ACT_NOW) <= set(TITLES)
