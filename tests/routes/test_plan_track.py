"""The day as a GPX file: downloaded on purpose, kept by no cache, audited, without a name."""

from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page


@pytest.fixture
def plan(database: Session, officer: User, person: Supervisee) -> DayPlan:
    made = people.plan(database, officer, person)
    database.commit()
    return made


@pytest.fixture
def signed(client: FlaskClient, officer: User, plan: DayPlan) -> FlaskClient:
    return people.sign_in(client, officer)


def test_the_page_of_the_plan_offers_the_file(signed: FlaskClient, plan: DayPlan) -> None:
    assert f'method="post" action="/plan/{plan.id}/gpx"' in whole_page(signed.get(f"/plan/{plan.id}"))


def test_the_file_holds_positions_but_no_name_or_street(
    signed: FlaskClient, plan: DayPlan, officer: User, person: Supervisee
) -> None:
    answer = signed.post(f"/plan/{plan.id}/gpx")
    text = answer.get_data(as_text=True)

    assert (answer.status_code, answer.mimetype) == (200, "application/gpx+xml")
    assert answer.headers["Content-Disposition"] == "attachment; filename=day-2026-11-19.gpx"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(ET.fromstring(text)) == 3
    assert 'lat="39.290380" lon="-76.612190"' in text
    home = people.home(person)
    private = [person.first_name, person.last_name, person.case_number, officer.name, home.line, home.city]
    assert [word for word in private if word in text] == []


def test_taking_it_is_in_the_audit_log(signed: FlaskClient, database: Session, plan: DayPlan, officer: User) -> None:
    signed.post(f"/plan/{plan.id}/gpx")
    entry = database.scalars(select(AuditEntry).where(AuditEntry.event == "plan.taken_along")).one()

    assert (entry.actor_id, entry.subject) == (officer.id, str(plan.id))


def test_nobody_else_takes_the_plan_along(client: FlaskClient, database: Session, plan: DayPlan) -> None:
    for user in strangers(database):
        expected = 404 if user.role == "officer" else 403
        assert signed_in(client, user).post(f"/plan/{plan.id}/gpx").status_code == expected

    assert not database.scalars(select(AuditEntry).where(AuditEntry.event == "plan.taken_along")).all()


def test_a_plan_without_positions_says_what_to_do(signed: FlaskClient, database: Session, plan: DayPlan) -> None:
    plan.stops[0].address.lat = None
    database.commit()
    answer = signed.post(f"/plan/{plan.id}/gpx")

    assert answer.status_code == 409
    assert "Add one first" in answer.get_data(as_text=True)
