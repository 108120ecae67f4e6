"""The due list of a caseload: who is on it, what counts, and how many questions it asks the database."""

import datetime as dt

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import in_buckets
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.models.address import Employment
from fieldapp.models.standard import StandardException
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.supervisee import TermStatusChange
from fieldapp.models.user import User
from tests import people
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard

TODAY = people.TODAY
START = dt.date(2026, 1, 5)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def due(session: Session, officer: User) -> dict[str, dt.date | None]:
    session.expire_all()
    rows = due_rows(session, people.actor(officer), TODAY)
    return {row.required.standard.key: row.required.due for row in rows}


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def test_a_contact_moves_the_date_and_an_attempt_does_not(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer)
    contact(session, person, days_ago(20))
    contact(session, person, days_ago(2), status="attempted", outcome="no_one_home")

    assert due(session, officer) == {"home": days_ago(20) + dt.timedelta(days=30)}


def test_first_address_is_no_move_whenever_it_was_written_down(session: Session, officer: User) -> None:
    standard(
        session,
        "moved",
        event="address_change",
        event_number=30,
        event_unit="day",
        period_number=None,
        period_unit=None,
    )
    person = people.supervisee(session, officer)
    people.home(person).from_on = START + dt.timedelta(days=50)
    session.flush()

    assert due(session, officer) == {}


def test_second_address_is_a_move_and_starts_its_own_clock(session: Session, officer: User) -> None:
    standard(
        session,
        "moved",
        event="address_change",
        event_number=30,
        event_unit="day",
        period_number=None,
        period_unit=None,
    )
    person = people.supervisee(session, officer)
    people.home(person).to_on = days_ago(11)
    people.address(session, person, from_on=days_ago(10))

    assert due(session, officer) == {"moved": days_ago(10) + dt.timedelta(days=30)}


def test_second_job_is_new_and_the_first_is_not(session: Session, officer: User) -> None:
    standard(
        session, "job", "work", event="new_job", event_number=30, event_unit="day", period_number=None, period_unit=None
    )
    person = people.supervisee(session, officer, work=True)
    work = next(found for found in person.addresses if found.place == "work")
    session.add(Employment(supervisee_id=person.id, address_id=work.id, employer="One", from_on=days_ago(60)))
    session.flush()
    assert due(session, officer) == {}

    session.add(Employment(supervisee_id=person.id, address_id=work.id, employer="Two", from_on=days_ago(5)))
    session.flush()
    assert due(session, officer) == {"job": days_ago(5) + dt.timedelta(days=30)}


def test_nothing_is_asked_while_in_custody_and_resuming_starts_anew(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer)
    term = person.terms[0]
    session.add(TermStatusChange(term_id=term.id, on=START, status="active"))
    session.add(TermStatusChange(term_id=term.id, on=days_ago(40), status="in_custody"))
    session.flush()
    assert due(session, officer) == {}

    session.add(TermStatusChange(term_id=term.id, on=days_ago(4), status="active"))
    session.flush()
    assert due(session, officer) == {"home": days_ago(4) + dt.timedelta(days=30)}


def test_an_approved_exception_moves_one_occurrence(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer)
    contact(session, person, days_ago(35))
    boss = people.supervisor(session)
    session.add(
        StandardException(
            supervisee_id=person.id, standard_key="home", due_on=days_ago(5), until=TODAY + dt.timedelta(days=9),
            reason="In hospital", approved_by=boss.id, approved_at=people.NOW,
        )
    )  # fmt: skip
    session.flush()

    assert due(session, officer) == {"home": TODAY + dt.timedelta(days=9)}


def test_who_has_no_running_term_is_not_on_the_list(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer)
    session.get(SupervisionTerm, person.terms[0].id).end_on = days_ago(1)  # type: ignore[union-attr]
    session.flush()

    assert due(session, officer) == {}


def test_a_collateral_counts_at_home_only_where_the_agency_says_so(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer)
    contact(session, person, days_ago(20), party="collateral", outcome="collateral_only")
    assert due(session, officer) == {"home": START + dt.timedelta(days=30)}

    people.agency(session, collateral_counts=True)
    assert due(session, officer) == {"home": days_ago(20) + dt.timedelta(days=30)}


def test_the_list_is_the_actors_own_caseload_cover_included(session: Session, officer: User) -> None:
    standard(session)
    other = people.officer(session)
    people.supervisee(session, officer)
    covered = people.supervisee(session, other)
    people.assign(session, covered, officer, kind="cover", from_on=TODAY, to_on=TODAY)
    people.supervisee(session, other)
    session.expire_all()

    def seen(user: User, on: dt.date = TODAY) -> int:
        return len(due_rows(session, people.actor(user), on))

    assert seen(officer) == 2
    assert seen(officer, TODAY + dt.timedelta(days=1)) == 1
    assert seen(people.supervisor(session)) == 3
    assert seen(people.officer(session, people.team(session, "Other"))) == 0


def test_visits_due_name_each_door_once_and_skip_what_no_visit_satisfies(session: Session, officer: User) -> None:
    standard(session, "home", days=30)
    standard(session, "home_often", days=10)
    standard(session, "office", "")
    standard(session, "work", "work")
    people.supervisee(session, officer, work=True)
    rows = due_rows(session, people.actor(officer), TODAY)

    assert [(row.required.standard.key, row.place) for row in visits_due(rows)] == [
        ("home_often", "home"),
        ("work", "work"),
    ]


def test_buckets_hold_what_is_due_up_to_the_end_of_next_month(session: Session, officer: User) -> None:
    standard(session, days=30)
    for days in (40, 29, 22, 2):
        contact(session, people.supervisee(session, officer), days_ago(days))
    standard(session, "yearly", days=365)
    session.expire_all()
    found = in_buckets(due_rows(session, people.actor(officer), TODAY))

    assert {bucket: len(rows) for bucket, rows in found.items()} == {
        "overdue": 1, "this_week": 1, "this_month": 1, "next_month": 1,
    }  # fmt: skip


def test_a_caseload_of_300_takes_no_more_queries_than_one_of_10(session: Session, officer: User) -> None:
    standard(session)
    actor = people.actor(officer)
    counted = []
    for many in (10, 290):
        for _ in range(many):
            people.supervisee(session, officer)
        counted.append(_queries(session, actor))

    assert counted[0] == counted[1] <= 16


def _queries(session: Session, actor: Actor) -> int:
    session.flush()
    session.expire_all()
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    due_rows(session, actor, TODAY)
    event.remove(session.connection(), "before_cursor_execute", note)
    return sum(1 for statement in statements if statement.startswith("SELECT"))


def test_a_first_visit_years_ago_still_answers_a_standard_that_asks_once(session: Session, officer: User) -> None:
    once = {"cadence": "once", "period_number": None, "period_unit": None, "initial_number": 90, "initial_unit": "day"}
    standard(session, "first", **once, effective_from=dt.date(2020, 1, 1))
    person = people.supervisee(session, officer, from_on=days_ago(1400))
    contact(session, person, days_ago(1380))

    assert due(session, officer) == {"first": None}
