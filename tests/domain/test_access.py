"""Who sees whom: own caseload and cover by date, a supervisor the team's, nobody another team's."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_officers
from fieldapp.domain.access import visible_plans
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.errors import NotFound
from fieldapp.models.case import CaseAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people

DAY = dt.timedelta(days=1)


def seen(session: Session, user: User, on: dt.date = people.TODAY) -> set[str]:
    return {person.case_number for person in session.scalars(visible_supervisees(people.actor(user), on))}


def test_an_officer_sees_the_own_caseload_and_no_other(session: Session) -> None:
    officer, colleague = people.officer(session), people.officer(session)
    mine, theirs = people.supervisee(session, officer), people.supervisee(session, colleague)
    assert seen(session, officer) == {mine.case_number}
    assert seen(session, colleague) == {theirs.case_number}


def test_cover_begins_and_ends_on_its_days(session: Session) -> None:
    officer, cover = people.officer(session), people.officer(session)
    person = people.supervisee(session, officer)
    people.assign(session, person, cover, kind="cover", from_on=people.TODAY, to_on=people.TODAY + DAY)
    days = [people.TODAY - DAY, people.TODAY, people.TODAY + DAY, people.TODAY + 2 * DAY]
    assert [bool(seen(session, cover, day)) for day in days] == [False, True, True, False]


def test_a_case_that_was_handed_over_is_no_longer_seen(session: Session) -> None:
    officer = people.officer(session)
    person = people.supervisee(session, officer)
    for row in session.query(CaseAssignment).where(CaseAssignment.supervisee_id == person.id):
        row.to_on = people.TODAY - DAY
    session.flush()
    assert seen(session, officer) == set()


def test_a_supervisor_sees_the_team_and_an_administrator_all(session: Session) -> None:
    other = people.team(session, "Elsewhere")
    near = people.supervisee(session, people.officer(session))
    far = people.supervisee(session, people.officer(session, other))
    assert seen(session, people.supervisor(session)) == {near.case_number}
    assert seen(session, people.supervisor(session, other)) == {far.case_number}
    assert seen(session, people.administrator(session)) == {near.case_number, far.case_number}


def test_a_supervisor_without_a_team_sees_nobody(session: Session) -> None:
    people.supervisee(session, people.officer(session, team_id=None))
    assert seen(session, people.supervisor(session, team_id=None)) == set()


def test_officers_and_plans_follow_the_same_rule(session: Session) -> None:
    other = people.team(session, "Elsewhere")
    officer, stranger = people.officer(session), people.officer(session, other)
    plan = people.plan(session, officer, people.supervisee(session, officer))
    people.plan(session, stranger, people.supervisee(session, stranger))
    supervisor = people.actor(people.supervisor(session))
    assert [user.id for user in session.scalars(visible_officers(supervisor))] == [officer.id]
    assert [found.id for found in session.scalars(visible_plans(supervisor))] == [plan.id]
    assert [found.id for found in session.scalars(visible_plans(people.actor(officer)))] == [plan.id]


def test_anothers_id_is_simply_not_found(session: Session) -> None:
    officer, colleague = people.officer(session), people.officer(session)
    theirs = people.supervisee(session, colleague)
    visible = visible_supervisees(people.actor(officer), people.TODAY)
    with pytest.raises(NotFound, match="This person was not found"):
        one(session, visible, Supervisee.id, theirs.id, "This person")
