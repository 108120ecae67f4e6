"""One tap, pins, limits, partners and the phone's position on the pages of a plan."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.web.parts import Parts
from tests import people
from tests import visits
from tests.app_fixtures import Clock
from tests.domain.plans.days import Broken
from tests.domain.plans.days import InOrderGiven
from tests.routes.officer_pages import HX
from tests.routes.officer_pages import due_person
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import with_standard
from tests.routes.officer_pages import words
from tests.routes.test_plan import FORM


@pytest.fixture
def parts(parts: Parts) -> Parts:
    return replace(parts, solver=InOrderGiven())


@pytest.fixture(autouse=True)
def morning(clock: Clock) -> None:
    clock.move(hours=-6)


@pytest.fixture
def ann(database: Session, officer: User) -> Supervisee:
    with_standard(database)
    made = due_person(database, officer, 4, first_name="Ann", last_name="Late")
    due_person(database, officer, -9, first_name="Bob", last_name="Soon")
    database.commit()
    return made


@pytest.fixture
def signed(client: FlaskClient, officer: User, ann: Supervisee) -> FlaskClient:
    return people.sign_in(client, officer)


def the_plan(database: Session) -> DayPlan:
    # not what this session saw before: the app writes in sessions of its own
    database.rollback()
    return database.scalars(select(DayPlan)).one()


def path(database: Session, way: str, of: str = "Ann") -> str:
    plan = the_plan(database)
    stop = next(stop for stop in plan.stops if stop.supervisee.first_name == of)
    return f"/plan/{plan.id}/stops/{stop.id}/{way}"


def one_tap(signed: FlaskClient, **fields: str) -> str:
    answer = signed.post("/plan", data={**FORM, "fill": "yes", **fields})
    assert answer.status_code == 303
    return words(whole_page(signed.get(answer.headers["Location"])))


def test_one_tap_without_a_pick_plans_the_day_and_tells_who_is_not_in_it(
    app: Flask, signed: FlaskClient, database: Session
) -> None:
    app.extensions["fieldapp_parts"] = replace(app.extensions["fieldapp_parts"], solver=InOrderGiven(1))
    assert "Plan my day" in words(whole_page(signed.get("/plan")))
    said = one_tap(signed)

    assert [stop.supervisee.first_name for stop in the_plan(database).stops] == ["Ann"]
    assert "Also due 1 visit not in this day Bob Soon Home contact The day is full." in said
    assert "Left out" not in said, "nobody who is overdue was left out"


def test_a_pin_shows_on_the_stop_and_goes_again(signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    html = signed.post(path(database, "pin"), headers=HX).get_data(as_text=True)
    assert html.strip().startswith('<div id="order">')
    assert "Pinned" in words(html)
    signed.post(path(database, "unpin"))
    assert "Pinned" not in words(whole_page(signed.get(f"/plan/{the_plan(database).id}")))


def test_limits_are_saved_shown_and_taken_back(signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    assert signed.post(path(database, "limits"), data={"latest": "11:00"}).status_code == 303
    said = words(whole_page(signed.get(f"/plan/{the_plan(database).id}")))
    assert "Must begin by 11:00" in said
    assert "At home 08:00 to 20:00" in said
    refused = signed.post(path(database, "limits"), data={"latest": "soon"}, headers=HX)
    assert refused.status_code == 422
    assert "Write the time as hours and minutes" in words(refused.get_data(as_text=True))

    signed.post(path(database, "limits"), data={"latest": ""})
    assert [stop.latest for stop in the_plan(database).stops] == [None, None]


def test_two_officers_wait_for_a_partner_who_is_one_tap_away(signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    signed.post(path(database, "limits"), data={"two_officers": "yes"})
    plan = the_plan(database)
    said = words(whole_page(signed.get(f"/plan/{plan.id}")))
    assert "Left out Plan again with a partner Ann Late Home contact Two officers are needed." in said
    assert "Add anyway" not in said
    refused = signed.post(f"/plan/{plan.id}/stops", data={"stop": f"{plan.left_out[0]['supervisee']}:home"})
    assert refused.status_code == 422

    assert signed.post(f"/plan/{plan.id}/again", data={"partner": "yes"}).status_code == 303
    assert len(the_plan(database).stops) == 2
    assert 'value="yes" checked' in signed.get(f"/plan?day={people.TODAY}").get_data(as_text=True)


def test_the_old_plan_stays_when_planning_again_fails(app: Flask, signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    signed.post(path(database, "pin"))
    app.extensions["fieldapp_parts"] = replace(app.extensions["fieldapp_parts"], solver=Broken())
    html = whole_page(signed.post(f"/plan/{the_plan(database).id}/again"), 503)

    assert "Your plan is as it was; try again." in words(html)
    assert [stop.wanted for stop in the_plan(database).stops] == ["pinned", "list"]


def test_a_day_with_visits_is_not_planned_again(
    signed: FlaskClient, database: Session, officer: User, ann: Supervisee
) -> None:
    one_tap(signed)
    visits.visit(database, officer, ann, stop_id=the_plan(database).stops[0].id)
    database.commit()
    html = whole_page(signed.post(f"/plan/{the_plan(database).id}/again"), 422)
    assert "Visits of this plan were already made" in words(html)


def test_the_day_starts_where_the_phone_is_once_it_told(signed: FlaskClient, database: Session) -> None:
    one_tap(signed, start_at="here", here_lat="39.301234567", here_lon="-76.6")
    plan = the_plan(database)
    assert (plan.start_label, plan.start_lat, plan.end_label) == ("Your position", 39.3012, "Office")


@pytest.mark.parametrize("lat", ["", "nan", "91", "north", "1e999"])
def test_without_a_position_of_the_phone_the_form_says_so(signed: FlaskClient, lat: str) -> None:
    given = {**FORM, "fill": "yes", "start_at": "here", "here_lat": lat, "here_lon": "-76.6"}
    assert "The phone gave no position." in words(whole_page(signed.post("/plan", data=given), 422))


def test_a_position_in_an_address_is_ignored(signed: FlaskClient) -> None:
    html = whole_page(signed.get("/plan", query_string={**FORM, "here_lat": "39.3", "here_lon": "-76.6"}))
    assert "39.3" not in html


def test_two_hundred_picks_are_refused_with_a_sentence(signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    before = the_plan(database).id
    given = {**FORM, "stop": [f"{n:08d}-0b9c-4f57-9f2d-0f7f6e1e2f00:home" for n in range(200)]}
    assert "Pick at most 60 people for one day." in words(whole_page(signed.post("/plan", data=given), 422))
    assert (the_plan(database).id, len(the_plan(database).stops)) == (before, 2)


def test_one_of_several_homes_can_be_added(signed: FlaskClient, database: Session, officer: User) -> None:
    dan = people.supervisee(database, officer, first_name="Dan", last_name="Calm")
    first = people.home(dan)
    people.address(database, dan, "home", line="9 Mother Street", from_on=people.TODAY)
    database.commit()
    one_tap(signed)
    signed.post(path(database, "remove", "Dan"))
    said = words(whole_page(signed.get(f"/plan/{the_plan(database).id}")))
    assert "Dan Calm, at home, 9 Mother Street, Baltimore" in said
    signed.post(f"/plan/{the_plan(database).id}/stops", data={"stop": f"{dan.id}:home:{first.id}"})
    assert first.id in {stop.address_id for stop in the_plan(database).stops}


def test_nobody_else_decides_about_a_plan(signed: FlaskClient, database: Session) -> None:
    one_tap(signed)
    plan, ways = the_plan(database), [path(database, way) for way in ("pin", "unpin", "limits")]
    for user in strangers(database):
        client = signed_in(signed, user)
        answers = {client.post(way).status_code for way in [*ways, f"/plan/{plan.id}/again"]}
        assert answers <= {403, 404}


@pytest.mark.parametrize("due", [True, False])
def test_one_of_several_addresses_is_picked_on_the_persons_page(
    signed: FlaskClient, database: Session, officer: User, ann: Supervisee, due: bool
) -> None:
    person = ann if due else people.supervisee(database, officer, first_name="Dan", last_name="Calm")
    first = people.home(person)
    second = people.address(database, person, line="7 Second Street", from_on=first.from_on)
    database.commit()
    assert f'value="{person.id}:home:{first.id}"' in whole_page(signed.get(f"/people/{person.id}"))
    for address in (first, second):
        value = f"{person.id}:home:{address.id}"
        html = whole_page(signed.get(signed.post("/plan/add", data={"stop": value}).headers["Location"]))
        assert f'value="{value}" checked' in html
        assert address.text in words(html)

        signed.post("/plan", data={**FORM, "stop": [value]})
        assert [stop.address_id for stop in the_plan(database).stops] == [address.id]
        database.delete(the_plan(database))
        database.commit()
