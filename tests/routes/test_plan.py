"""The plan page: who is due, picking, planning, and what is refused."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.models.engine import make_engine
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.settings import Settings
from fieldapp.web.parts import Parts
from tests import people
from tests import visits
from tests.app_fixtures import Clock
from tests.domain.caseload.standards import standard
from tests.domain.plans.days import Broken
from tests.domain.plans.days import InOrderGiven
from tests.routes.officer_pages import due_person
from tests.routes.officer_pages import queries
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import with_standard
from tests.routes.officer_pages import words

SHIFT = {
    "start": "09:00",
    "end": "17:00",
    "start_at": "office",
    "end_at": "office",
    "lunch_minutes": "30",
    "minutes": "15",
}
FORM = {"day": people.TODAY.isoformat(), **SHIFT}


@pytest.fixture
def parts(parts: Parts) -> Parts:
    return replace(parts, solver=InOrderGiven())


@pytest.fixture(autouse=True)
def morning(clock: Clock) -> None:
    clock.move(hours=-6)


@pytest.fixture
def late(database: Session, officer: User) -> Supervisee:
    with_standard(database)
    made = due_person(database, officer, 4, first_name="Ann", last_name="Late")
    database.commit()
    return made


def picks(*supervisees: Supervisee, **fields: str) -> dict[str, Any]:
    return {**FORM, "stop": [f"{person.id}:home" for person in supervisees], **fields}


def the_plan(database: Session) -> DayPlan:
    database.expire_all()
    return database.scalars(select(DayPlan)).one()


def test_the_due_list_says_what_is_due_since_when_and_at_what_hours(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    due_person(database, officer, -2, first_name="Bob", last_name="Soon", level="high")
    due_person(database, officer, -25, first_name="Cat", last_name="Later")
    standard(database, "office", "")
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/plan"))
    said = words(html)

    assert "Plan Thu, Nov 19" in said
    assert "Ann Late Medium Home contact, 4 days overdue 1 per 30 days, last Oct 16. At home 08:00 to 20:00." in said
    assert "Bob Soon High Home contact due Sat, Nov 21" in said
    assert html.index(">Overdue<") < html.index(">This week<") < html.index(">Next month<")
    assert "3 contacts that no visit makes" in said
    assert html.count('type="checkbox" name="stop"') == 3
    assert f'value="{late.id}:home"' in html
    assert " checked" not in html


def test_the_shift_is_written_on_the_agencys_clock(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    people.agency(database, clock=12)
    database.commit()
    people.sign_in(client, officer)

    assert "9:00 am to 5:00 pm" in words(whole_page(client.get("/plan", query_string={**SHIFT, "start": "09:00"})))
    assert "soon to 5:00 pm" in words(whole_page(client.get("/plan", query_string={**SHIFT, "start": "soon"})))


def test_planning_makes_a_draft_and_leads_to_its_order(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    answer = people.sign_in(client, officer).post("/plan", data=picks(late))
    plan = the_plan(database)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plan/{plan.id}")
    assert (plan.state, plan.lunch_minutes, plan.start_label) == ("draft", 30, "Office")
    assert [stop.supervisee_id for stop in plan.stops] == [late.id]


def test_using_a_plan_shows_it_as_today(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    people.sign_in(client, officer).post("/plan", data=picks(late))
    plan = the_plan(database)
    answer = client.post(f"/plan/{plan.id}/accept")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    assert "Ann Late" in words(whole_page(client.get("/today")))
    assert "Plan Fri, Nov 20" in words(whole_page(client.get("/plan")))


def test_filling_by_urgency_needs_no_picks(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    soon = due_person(database, officer, -2)
    database.commit()
    people.sign_in(client, officer).post("/plan", data={**picks(), "fill": "yes"})

    assert [stop.supervisee_id for stop in the_plan(database).stops] == [late.id, soon.id]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stop": []}, "Pick at least one person"),
        ({"end": "08:00"}, "The day must end after it starts."),
        ({"start": "nine"}, "Write the time as hours and minutes"),
        ({"minutes": "0"}, "Give a visit between 1 and 240 minutes."),
        ({"minutes": "٣"}, "Give the length of a visit in whole minutes."),
        ({"lunch_minutes": "121"}, "Lunch is between 0 and 120 minutes."),
        ({"start_at": "home"}, "This place has no position yet."),
        ({"day": "2026-11-18"}, "Choose a day from today"),
        ({"day": "<b>"}, "Write the day as year-month-day"),
        ({"stop": ["rubbish"]}, "Pick the person again from the list."),
        ({"stop": ["f6ce2ef5-0b9c-4f57-9f2d-0f7f6e1e2f00:home"]}, "not on your caseload"),
        ({"stop": ["f6ce2ef5-0b9c-4f57-9f2d-0f7f6e1e2f00:roof"]}, "A visit is at home or at work."),
    ],
)
def test_what_cannot_be_planned_brings_the_form_back_with_a_sentence(
    client: FlaskClient, database: Session, officer: User, late: Supervisee, fields: dict[str, Any], sentence: str
) -> None:
    given = {**picks(late), "end": "16:45", **fields}
    html = whole_page(people.sign_in(client, officer).post("/plan", data=given), 422)

    assert sentence in words(html)
    assert f'value="{given["end"]}"' in html
    assert ("checked" in html) == ("stop" not in fields)
    assert database.scalars(select(DayPlan)).all() == []


def test_the_old_plan_stays_when_the_solver_fails(
    app: Flask, client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    people.sign_in(client, officer).post("/plan", data=picks(late))
    before = the_plan(database).id
    app.extensions["fieldapp_parts"] = replace(app.extensions["fieldapp_parts"], solver=Broken())
    html = whole_page(client.post("/plan", data=picks(late, end="12:00")), 503)

    assert "Your plan is as it was; try again." in words(html)
    assert (the_plan(database).id, the_plan(database).end) == (before, dt.time(17))


class WhileOthersWrite(InOrderGiven):
    """A solver during whose work somebody else needs the database: it fails at once where that must wait."""

    def __init__(self, url: str):
        super().__init__()
        self.url = url

    def solve(self, request: DayRequest, matrix: TravelMatrix) -> list[str]:
        engine = make_engine(self.url)
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as other:
            if engine.dialect.name == "sqlite":
                other.connection.dbapi_connection.execute("PRAGMA busy_timeout=0")  # type: ignore[union-attr]  # it is open
            other.execute(text("UPDATE agency SET name = 'Written meanwhile'"))
            other.commit()
        engine.dispose()
        return super().solve(request, matrix)


def test_others_write_while_a_day_is_solved(
    app: Flask, client: FlaskClient, database: Session, officer: User, late: Supervisee, settings: Settings
) -> None:
    solver = WhileOthersWrite(settings.database_url)
    app.extensions["fieldapp_parts"] = replace(app.extensions["fieldapp_parts"], solver=solver)
    people.sign_in(client, officer)

    assert client.post("/plan", data=picks(late)).status_code == 303
    assert [stop.supervisee_id for stop in the_plan(database).stops] == [late.id]
    assert database.scalars(text("SELECT name FROM agency")).one() == "Written meanwhile"


def test_a_day_with_visits_is_not_planned_anew(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    people.sign_in(client, officer).post("/plan", data=picks(late))
    visits.visit(database, officer, late, stop_id=the_plan(database).stops[0].id)
    database.commit()

    assert "Visits of this plan were already made" in words(whole_page(client.post("/plan", data=picks(late)), 422))


def test_another_day_keeps_what_was_typed(client: FlaskClient, officer: User, late: Supervisee) -> None:
    given = {**picks(late), "day": "2026-11-24", "end": "15:30"}
    html = whole_page(people.sign_in(client, officer).get("/plan", query_string=given))

    assert "Plan Tue, Nov 24" in words(html)
    assert 'value="15:30"' in html
    assert " checked" in html


def test_a_day_out_of_reach_is_refused_on_the_page(client: FlaskClient, officer: User) -> None:
    people.sign_in(client, officer)
    for day in ("2026-11-18", "2027-11-19", "soon"):
        assert client.get(f"/plan?day={day}").status_code == 422


def test_somebody_not_due_can_be_picked_from_their_page(client: FlaskClient, database: Session, officer: User) -> None:
    person = people.supervisee(database, officer, first_name="Dan", last_name="Calm")
    database.commit()
    people.sign_in(client, officer)
    answer = client.post("/plan/add", data={"stop": f"{person.id}:home"})
    html = whole_page(client.get(answer.headers["Location"]))

    assert "Dan Calm Medium Visit, not on the due list" in words(html)
    assert " checked" in html


def test_an_empty_list_says_so(client: FlaskClient, officer: User) -> None:
    assert "Nobody is due" in words(whole_page(people.sign_in(client, officer).get("/plan")))


def test_an_office_without_position_is_told_before_planning(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    people.agency(database, office_lat=None)
    database.commit()
    people.sign_in(client, officer)

    assert "No place with a position" in words(whole_page(client.get("/plan")))
    answer = client.post("/plan", data=picks(late, start_at="", end_at=""))
    assert "This place has no position yet." in words(whole_page(answer, 422))


def test_only_officers_plan_and_nobody_anothers_day(
    client: FlaskClient, database: Session, officer: User, late: Supervisee
) -> None:
    assert client.get("/plan").headers["Location"].startswith("/sign-in?next=/plan")
    people.sign_in(client, officer).post("/plan", data=picks(late))
    plan = the_plan(database)
    for user in strangers(database):
        theirs = signed_in(client, user)
        expected = 404 if user.role == "officer" else 403
        assert theirs.get(f"/plan/{plan.id}").status_code == expected
        assert theirs.post(f"/plan/{plan.id}/accept").status_code == expected
        assert theirs.post("/plan", data=picks(late)).status_code == (422 if user.role == "officer" else 403)
    assert the_plan(database).state == "draft"
    assert client.application.test_client().post(f"/plan/{plan.id}/accept").status_code == 302


def test_queries_do_not_grow_with_the_caseload(
    app: Flask, client: FlaskClient, database: Session, officer: User
) -> None:
    with_standard(database)
    database.commit()
    people.sign_in(client, officer)
    counted = []
    for many in (5, 55):
        for _ in range(many):
            due_person(database, officer, 4)
        database.commit()
        counted.append(queries(app, client, "/plan"))

    assert counted[0] == counted[1] <= 26
