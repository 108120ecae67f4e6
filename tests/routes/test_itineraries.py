"""The office's pages of itineraries: who reads them, approval, and moving a stop."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from fieldapp.web.parts import Parts
from tests import people
from tests import visits
from tests.app_fixtures import Clock
from tests.domain.plans.days import InOrderGiven
from tests.domain.routing.teams import ByTurns
from tests.routes.officer_pages import plans
from tests.routes.officer_pages import queries
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words


@pytest.fixture
def parts(parts: Parts) -> Parts:
    return replace(parts, solver=InOrderGiven(), team_solver=ByTurns())


@pytest.fixture(autouse=True)
def morning(clock: Clock) -> None:
    clock.move(hours=-6)


def asking(database: Session) -> None:
    people.agency(database, itinerary_approval="required")
    database.commit()


def mark(html: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', html)
    assert found
    return found[1]


def test_the_teams_day_shows_each_officer_with_stops_hours_and_way(
    app: Flask, client: FlaskClient, database: Session, supervisor: User, colleague: User, plan: DayPlan
) -> None:
    visits.visit(database, plan.officer, plan.stops[0].supervisee, stop_id=plan.stops[0].id)
    plan.back_at, plan.travel_m = plan.stops[1].leave_at, 16093
    database.commit()
    people.sign_in(client, supervisor)
    html = whole_page(client.get("/itineraries"))
    said = words(html)

    assert "L. Grant 2 stops, 1 seen 09:00 to 09:45 10 mi on the road In use" in said
    assert "09:00 Marcus Bell, seen" in said
    assert "J. Park No plan for this day" in said
    assert re.search(rf'value="{colleague.id}" checked', html)
    assert not re.search(rf'value="{plan.officer_id}" checked', html)
    few = queries(app, client, "/itineraries")
    for _ in range(3):
        more = people.officer(database)
        people.plan(database, more, people.supervisee(database, more))
    database.commit()
    assert queries(app, client, "/itineraries") == few


def test_other_teams_and_officers_see_nothing_of_it(
    client: FlaskClient, database: Session, officer: User, plan: DayPlan
) -> None:
    other, _, supervisor = strangers(database)
    for user, status in ((other, 403), (supervisor, 404)):
        me = signed_in(client, user)
        assert me.get(f"/itineraries/{plan.id}").status_code == status
        for way in ("approve", "send-back", "move"):
            assert me.post(f"/itineraries/{plan.id}/{way}", data={"words": "No"}).status_code == status
    assert "L. Grant" not in signed_in(client, supervisor).get("/itineraries").get_data(as_text=True)
    theirs = {"team": str(officer.team_id), "day": str(people.TODAY)}
    assert signed_in(client, supervisor).get("/itineraries", query_string=theirs).status_code == 404
    assert signed_in(client, supervisor).post("/itineraries/share", data=theirs).status_code == 404
    assert signed_in(client, supervisor).post("/itineraries/share/keep", data=theirs).status_code == 404


def test_administrators_choose_a_team(client: FlaskClient, database: Session, plan: DayPlan) -> None:
    far = people.officer(database, people.team(database, "Zulu"), name="Far Away")
    admin = people.administrator(database)
    database.commit()
    people.sign_in(client, admin)
    first = words(whole_page(client.get("/itineraries")))

    assert "L. Grant" in first
    assert "Far Away" not in first
    assert "Far Away" in words(whole_page(client.get(f"/itineraries?team={far.team_id}")))


def test_an_itinerary_says_what_was_asked_for_a_stop(
    client: FlaskClient, database: Session, supervisor: User, plan: DayPlan
) -> None:
    people.sign_in(client, supervisor)
    assert "Two officers" not in words(whole_page(client.get(f"/itineraries/{plan.id}")))
    plan.stops[0].two_officers = True
    database.commit()

    assert "Two officers" in words(whole_page(client.get(f"/itineraries/{plan.id}")))


def test_a_plan_waits_is_approved_and_the_officer_is_told(
    client: FlaskClient, database: Session, supervisor: User, officer: User, plan: DayPlan
) -> None:
    asking(database)
    field, office = signed_in(client, officer), signed_in(client, supervisor)
    assert "Waiting for approval. The day counts as planned meanwhile." in words(whole_page(field.get("/today")))
    assert "1 plan waits for approval" in words(whole_page(office.get("/itineraries")))

    html = whole_page(office.get(f"/itineraries/{plan.id}"))
    answer = office.post(f"/itineraries/{plan.id}/approve", data={"mark": mark(html)})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/itineraries/{plan.id}")
    for page in ("/today", f"/plan/{plan.id}"):
        assert "Approved by S. Kowalski" in words(whole_page(field.get(page)))
    assert "Approve</button>" not in whole_page(office.get(f"/itineraries/{plan.id}"))


def test_a_plan_sent_back_says_why_and_can_be_sent_again(
    client: FlaskClient, database: Session, supervisor: User, officer: User, plan: DayPlan
) -> None:
    asking(database)
    field, office = signed_in(client, officer), signed_in(client, supervisor)
    read = mark(whole_page(office.get(f"/itineraries/{plan.id}")))
    html = whole_page(office.post(f"/itineraries/{plan.id}/send-back", data={"mark": read, "words": " "}), 422)
    assert "Write what is to be changed" in words(html)
    office.post(f"/itineraries/{plan.id}/send-back", data={"mark": read, "words": "Nadia first <b>"})

    today = whole_page(field.get("/today"))
    assert "Sent back by S. Kowalski Nadia first &lt;b&gt;" in words(today)
    assert "Marcus Bell" in words(today)
    field.post(f"/plan/{plan.id}/accept")
    assert "Waiting for approval" in words(whole_page(field.get(f"/plan/{plan.id}")))


def test_a_plan_that_changed_since_it_was_opened_is_not_approved(
    client: FlaskClient, database: Session, supervisor: User, officer: User, plan: DayPlan
) -> None:
    asking(database)
    office = signed_in(client, supervisor)
    read = mark(whole_page(office.get(f"/itineraries/{plan.id}")))
    signed_in(client, officer).post(f"/plan/{plan.id}/stops/{plan.stops[0].id}/down")
    html = whole_page(office.post(f"/itineraries/{plan.id}/approve", data={"mark": read}), 409)

    assert "Nothing was changed The plan has changed since you opened it." in words(html)


def test_nobody_is_asked_where_the_agency_asks_for_no_approval(
    client: FlaskClient, supervisor: User, officer: User, plan: DayPlan
) -> None:
    assert "approval" not in words(whole_page(signed_in(client, officer).get("/today")))
    html = whole_page(signed_in(client, supervisor).get(f"/itineraries/{plan.id}"))
    assert "Send back" not in words(html)


def test_a_moved_stop_is_the_other_officers_with_its_file_and_both_are_told(
    client: FlaskClient, database: Session, supervisor: User, officer: User, colleague: User, plan: DayPlan
) -> None:
    form = {"stop": str(plan.stops[0].id), "to": str(colleague.id)}
    answer = signed_in(client, supervisor).post(f"/itineraries/{plan.id}/move", data=form)
    assert answer.status_code == 303
    assert plans(database) == {"L. Grant": ["Nadia"], "J. Park": ["Marcus"]}

    theirs = signed_in(client, colleague)
    html = whole_page(theirs.get("/today"))
    assert "Marcus Bell: moved to you from L. Grant by S. Kowalski" in words(html)
    stop = re.search(r"/stops/([0-9a-f-]{36})/briefing", html)
    assert stop
    assert "Marcus Bell" in words(whole_page(theirs.get(f"/stops/{stop[1]}/briefing")))
    assert theirs.get(f"/stops/{stop[1]}/visit").status_code == 200
    assert "Marcus Bell: moved from you to J. Park" in words(whole_page(signed_in(client, officer).get("/today")))


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({}, 422, "Choose who is to make the stops."),
        ({"to": "x"}, 422, "The form could not be read."),
        ({"to": "colleague"}, 422, "Tick the stops that somebody else is to make."),
        ({"to": "colleague", "stop": "made"}, 409, "was made or begun. It stays where it is."),
    ],
)
def test_what_cannot_be_moved_brings_the_page_back(
    client: FlaskClient,
    database: Session,
    supervisor: User,
    colleague: User,
    plan: DayPlan,
    form: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    visits.visit(database, plan.officer, plan.stops[0].supervisee, stop_id=plan.stops[0].id)
    database.commit()
    known = {"colleague": str(colleague.id), "made": str(plan.stops[0].id)}
    given = {name: known.get(value, value) for name, value in form.items()}
    answer = signed_in(client, supervisor).post(f"/itineraries/{plan.id}/move", data=given)

    assert sentence in words(whole_page(answer, status))
    assert plans(database) == {"L. Grant": ["Marcus", "Nadia"]}
