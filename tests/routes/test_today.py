"""Today: the next stop, what comes later, what was done, and a day without a plan."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.models.case import CautionFlag
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from tests import people
from tests import visits
from tests.routes.officer_pages import due_person
from tests.routes.officer_pages import queries
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import with_standard
from tests.routes.officer_pages import words


@pytest.fixture
def crew(database: Session, officer: User) -> list[Supervisee]:
    with_standard(database)
    made = [
        due_person(database, officer, days, first_name=name, last_name="Sample", level="high")
        for name, days in (("Ann", 4), ("Bob", 0), ("Cat", -3), ("Dan", 9))
    ]
    database.commit()
    return made


def test_the_next_stop_leads_with_arrival_drive_and_window(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    plan = people.plan(database, officer, *crew, back_at=people.NOW + dt.timedelta(hours=2))
    plan.stops[0].windows = [[8 * 3600, 20 * 3600]]
    noted = {"noted_on": people.TODAY, "source": "Officer"}
    database.add(CautionFlag(supervisee_id=crew[0].id, subject="dog", text="large dog", **noted))
    database.add(CautionFlag(supervisee_id=crew[0].id, subject="dog", text="gone", ended_on=people.TODAY, **noted))
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/today"))
    said = words(html)

    assert "0 of 4 seen , 4 to go" in said
    assert "Next stop, 1 of 4 Ann Sample" in said
    assert "Arrive 09:00 Drive 5 min Until 20:00 Home contact, 4 days overdue High: 1 per 30 days, last Oct 16" in said
    assert "At home 08:00 to 20:00 Large dog" in said
    assert "Gone" not in said
    assert "Later Ends 16:00, 1 h before your shift does 09:30 Bob Sample Home contact, at home" in said
    stop = plan.stops[0]
    assert f'data-stop="{stop.id}" data-person="{crew[0].id}"' in html
    assert f'class="btn primary" href="/stops/{stop.id}/briefing"' in html


def test_map_links_carry_the_position_and_nothing_else(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    people.plan(database, officer, crew[0])
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/today"))

    assert 'href="geo:39.290380,-76.612190?q=39.290380,-76.612190" rel="noreferrer"' in html
    assert 'href="https://www.google.com/maps/dir/?api=1&amp;destination=39.290380,-76.612190" rel="noreferrer"' in html
    assert 'href="https://maps.apple.com/?daddr=39.290380,-76.612190" rel="noreferrer"' in html


def test_a_stop_without_position_has_no_map(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    people.home(crew[0]).lat = None
    people.plan(database, officer, crew[0])
    database.commit()

    assert "Navigate" not in whole_page(people.sign_in(client, officer).get("/today"))


def test_what_was_done_is_listed_newest_first_with_its_outcome(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    plan = people.plan(database, officer, *crew)
    seen = visits.visit(
        database, officer, crew[0], stop_id=plan.stops[0].id, arrived_at=people.NOW - dt.timedelta(hours=2)
    )
    visits.visit(database, officer, crew[1], stop_id=plan.stops[1].id, outcome="no_one_home")
    plan.stops[2].state, plan.stops[2].skip_reason = "skipped", "In court"
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/today"))
    said = words(html)

    assert "1 of 4 seen , 1 attempted, 1 skipped, 1 to go" in said
    assert (
        "13:41 Bob Sample Attempted, nobody home 12:00 Ann Sample Seen inside 10:00 Cat Sample Skipped: In court"
        in said
    )
    assert f'href="/visits/{seen.id}"' in html
    assert html.count('<li data-state="done">') == 1
    assert "This is the last stop." in said


def test_a_day_that_is_through_says_so(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    plan = people.plan(database, officer, crew[0])
    visits.visit(database, officer, crew[0], stop_id=plan.stops[0].id)
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/today"))

    assert "The day is through" in words(html)
    assert "Next stop" not in html


def test_without_a_plan_the_most_overdue_are_named(client: FlaskClient, officer: User, crew: list[Supervisee]) -> None:
    said = words(whole_page(people.sign_in(client, officer).get("/today")))

    assert "No plan for today" in said
    assert "2 visits overdue Dan Sample High Home contact, 9 days overdue Ann Sample" in said
    assert "Bob Sample" not in said


def test_a_draft_is_named_and_not_used(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    plan = people.plan(database, officer, *crew, state="draft", accepted_at=None)
    database.commit()
    html = whole_page(people.sign_in(client, officer).get("/today"))

    assert "Your plan is not in use yet It has 4 stops." in words(html)
    assert f'href="/plan/{plan.id}"' in html


def test_a_person_who_left_the_caseload_does_not_break_the_day(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    people.plan(database, officer, crew[0])
    crew[0].assignments[0].to_on = people.TODAY - dt.timedelta(days=1)
    database.commit()

    assert "Ann Sample" in words(whole_page(people.sign_in(client, officer).get("/today")))


def test_today_is_the_officers_own(
    client: FlaskClient, database: Session, officer: User, crew: list[Supervisee]
) -> None:
    people.plan(database, officer, *crew)
    database.commit()
    assert client.get("/today").headers["Location"] == "/sign-in?next=/today"
    for user in strangers(database):
        answer = signed_in(client, user).get("/today")
        assert "Ann" not in answer.get_data(as_text=True)
        assert answer.status_code == (200 if user.role == "officer" else 403)


def test_queries_do_not_grow_with_the_day(app: Flask, client: FlaskClient, database: Session, officer: User) -> None:
    with_standard(database)
    database.commit()
    people.sign_in(client, officer)
    counted = []
    for many in (2, 25):
        database.execute(update(Visit).values(stop_id=None))
        for old in database.scalars(select(DayPlan)):
            database.delete(old)
        database.flush()
        crew = [due_person(database, officer) for _ in range(many)]
        plan = people.plan(database, officer, *crew)
        visits.visit(database, officer, crew[0], stop_id=plan.stops[0].id)
        database.commit()
        counted.append(queries(app, client, "/today"))

    assert counted[0] == counted[1] <= 40
