"""Planning an import: what it would do, and what only the database and the calendar can object to."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.apply import apply_import
from fieldapp.domain.imports.plan import plan_import
from fieldapp.domain.imports.read import read_caseload
from fieldapp.models.user import User
from tests.domain.imports.caseloads import LATER
from tests.domain.imports.caseloads import NOW
from tests.domain.imports.caseloads import OFFICERS
from tests.domain.imports.caseloads import TODAY
from tests.domain.imports.caseloads import arrange
from tests.domain.imports.caseloads import contents
from tests.domain.imports.caseloads import csv_file
from tests.domain.imports.caseloads import line
from tests.domain.imports.caseloads import sample
from tests.domain.imports.caseloads import take


def test_database_and_calendar_add_their_problems_in_the_order_of_lines(session: Session) -> None:
    arrange(session)
    plan = plan_import(session, read_caseload(sample("caseload-broken.csv")), TODAY)
    places = [(problem.line, problem.column) for problem in plan.problems]
    assert {(4, "level"), (6, "officer_email"), (29, "last_home_contact"), (3, "date_of_birth")} <= set(places)
    assert {line for line, _ in places} == set(range(2, 32))
    assert places == sorted(places, key=lambda place: place[0])


def test_one_problem_keeps_the_whole_file_out(session: Session) -> None:
    arrange(session)
    before = contents(session)
    plan = plan_import(session, read_caseload(csv_file(line(), line(case_number="C-2", level="extreme"))), TODAY)
    with pytest.raises(Invalid, match="1 problem"):
        apply_import(session, None, plan, now=NOW, subject="file")
    assert contents(session) == before


@pytest.mark.parametrize("unfit", [{"disabled_at": NOW}, {"role": "supervisor"}])
def test_only_officers_at_work_can_have_a_caseload(session: Session, unfit: dict[str, Any]) -> None:
    arrange(session)
    officer = session.scalars(select(User).where(User.email == OFFICERS[0])).one()
    for name, value in unfit.items():
        setattr(officer, name, value)
    session.flush()
    problems = plan_import(session, read_caseload(csv_file(line())), TODAY).problems
    assert [one.column for one in problems] == ["officer_email"]


def test_plan_says_what_changes_and_where_positions_are_missing(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    news = line(case_number="C-2", home_lat="", home_lon="", employer_lat="", employer_lon="")
    plan = plan_import(session, read_caseload(csv_file(line(level="low", home_notes="bell"), news)), LATER)
    assert (plan.people, plan.without_position) == (2, 2)
    assert sorted(plan.changed_things) == [("home", 1), ("level", 1)]
