"""The page of a planned day: every change answers with the fragment to htmx and leads back to the page without it."""

import datetime as dt
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.routes.officer_pages import HX
from tests.routes.officer_pages import queries
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words

HOUR = 3600


@pytest.fixture
def crew(database: Session, officer: User) -> list[Supervisee]:
    return [people.supervisee(database, officer, first_name=name, last_name="Sample") for name in ("Ann", "Bob", "Cat")]


@pytest.fixture
def plan(database: Session, officer: User, crew: list[Supervisee]) -> DayPlan:
    made = people.plan(database, officer, *crew, back_at=people.NOW, travel_m=7500)
    for stop in made.stops:
        stop.windows = [[8 * HOUR, 20 * HOUR]]
    database.commit()
    return made


@pytest.fixture
def signed(client: FlaskClient, officer: User, plan: DayPlan) -> FlaskClient:
    return people.sign_in(client, officer)


def order(database: Session, plan: DayPlan) -> list[str]:
    database.expire_all()
    found = [stop.supervisee.first_name for stop in plan.stops]
    database.rollback()
    return found


def stop_ids(plan: DayPlan) -> list[str]:
    return [str(stop.id) for stop in plan.stops]


def test_the_page_shows_each_stop_with_arrival_and_window(signed: FlaskClient, plan: DayPlan) -> None:
    html = whole_page(signed.get(f"/plan/{plan.id}"))
    said = words(html)

    assert "Stops 3 Drive 4.7 mi Back 14:00" in said
    assert "09:00 Ann Sample Home contact, at home At home 08:00 to 20:00" in said
    assert "Times are estimates from distance" in said
    assert html.count("<rect") == 6
    assert "Go to Today" in said, "the plan of the fixture is in use"


@pytest.mark.parametrize(
    ("who", "way", "expected"), [(0, "down", "Bob Ann Cat"), (2, "up", "Ann Cat Bob"), (0, "remove", "Bob Cat")]
)
def test_buttons_change_the_order_with_and_without_script(
    signed: FlaskClient, database: Session, plan: DayPlan, who: int, way: str, expected: str
) -> None:
    path = f"/plan/{plan.id}/stops/{stop_ids(plan)[who]}/{way}"
    answer = signed.post(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plan/{plan.id}")
    assert order(database, plan) == expected.split()


def test_htmx_gets_the_fragment_alone(signed: FlaskClient, plan: DayPlan) -> None:
    answer = signed.post(f"/plan/{plan.id}/order", data={"stop": list(reversed(stop_ids(plan)))}, headers=HX)
    html = answer.get_data(as_text=True).strip()

    assert answer.status_code == 200
    assert html.startswith('<div id="order">')
    assert html.index("Cat Sample") < html.index("Bob Sample") < html.index("Ann Sample")


@pytest.mark.parametrize("headers", [HX, {}])
def test_a_stale_or_hostile_order_changes_nothing_and_says_so(
    signed: FlaskClient, database: Session, plan: DayPlan, headers: dict[str, str]
) -> None:
    for given in (stop_ids(plan)[:2], ["rubbish"], [str(uuid.uuid4())] * 3, []):
        answer = signed.post(f"/plan/{plan.id}/order", data={"stop": given}, headers=headers)
        assert answer.status_code == 422
        assert "The plan was not changed" in answer.get_data(as_text=True)
    assert order(database, plan) == ["Ann", "Bob", "Cat"]


def test_a_stop_outside_its_window_is_marked_moved_or_kept(
    signed: FlaskClient, database: Session, plan: DayPlan
) -> None:
    plan.stops[2].windows = [[9 * HOUR, 9 * HOUR + 600]]
    database.commit()
    cat = stop_ids(plan)[2]
    signed.post(f"/plan/{plan.id}/order", data={"stop": stop_ids(plan)})
    said = words(whole_page(signed.get(f"/plan/{plan.id}")))
    assert "1 stop is outside its window" in said
    assert "Arrives after it closes Move to where it fits best Keep" in said

    signed.post(f"/plan/{plan.id}/stops/{cat}/keep")
    said = words(whole_page(signed.get(f"/plan/{plan.id}")))
    assert "Outside its window, kept" in said
    assert "1 stop is outside" not in said

    signed.post(f"/plan/{plan.id}/stops/{cat}/fit")
    assert order(database, plan) == ["Cat", "Ann", "Bob"]


def test_somebody_is_added_and_refused_a_second_time(
    signed: FlaskClient, database: Session, officer: User, plan: DayPlan
) -> None:
    dan = people.supervisee(database, officer, first_name="Dan", last_name="Sample")
    database.commit()
    assert "Dan Sample, at home" in words(whole_page(signed.get(f"/plan/{plan.id}")))
    given = {"stop": f"{dan.id}:home"}
    assert signed.post(f"/plan/{plan.id}/stops", data=given).status_code == 303
    assert "Dan" in order(database, plan)

    answer = signed.post(f"/plan/{plan.id}/stops", data=given, headers=HX)
    assert answer.status_code == 422
    assert "Dan Sample is in this plan already." in words(answer.get_data(as_text=True))
    assert signed.post(f"/plan/{plan.id}/stops", data={"stop": ""}).status_code == 422


def test_who_was_left_out_is_listed_with_the_reason_and_a_way_in(
    signed: FlaskClient, database: Session, officer: User, plan: DayPlan
) -> None:
    dan = people.supervisee(database, officer, first_name="Dan", last_name="Sample")
    entry = {"supervisee": str(dan.id), "place": "home", "purpose": "Home contact", "words": "The day is full."}
    plan.left_out = [{**entry, "reason": "no_time"}]
    database.commit()
    html = whole_page(signed.get(f"/plan/{plan.id}"))
    assert "Left out Dan Sample Home contact The day is full. Add anyway" in words(html)

    signed.post(f"/plan/{plan.id}/stops", data={"stop": f"{dan.id}:home"})
    assert "Left out" not in words(whole_page(signed.get(f"/plan/{plan.id}")))


def test_a_visited_stop_offers_no_move(signed: FlaskClient, database: Session, officer: User, plan: DayPlan) -> None:
    visits.visit(database, officer, plan.stops[0].supervisee, stop_id=plan.stops[0].id)
    database.commit()
    html = whole_page(signed.get(f"/plan/{plan.id}"))

    assert html.count("data-handle") == 2
    assert "Visited" in words(html)
    removed = signed.post(f"/plan/{plan.id}/stops/{stop_ids(plan)[0]}/remove")
    assert "was visited and stays in the day" in words(whole_page(removed, 422))


def test_an_emptied_plan_says_what_to_do_and_cannot_be_used(signed: FlaskClient, plan: DayPlan) -> None:
    for stop in stop_ids(plan):
        signed.post(f"/plan/{plan.id}/stops/{stop}/remove")

    assert "No stops" in words(whole_page(signed.get(f"/plan/{plan.id}")))
    assert signed.post(f"/plan/{plan.id}/accept").status_code == 409


def test_adding_from_a_persons_page_goes_into_todays_plan(
    signed: FlaskClient, database: Session, officer: User, plan: DayPlan
) -> None:
    dan = people.supervisee(database, officer, first_name="Dan")
    database.commit()
    answer = signed.post("/plan/add", data={"stop": f"{dan.id}:home"})

    assert answer.headers["Location"] == f"/plan/{plan.id}"
    assert "Dan" in order(database, plan)
    assert signed.post("/plan/add", data={"stop": f"{dan.id}:home"}).status_code == 409
    assert signed.post("/plan/add", data={"stop": "x"}).status_code == 422


def test_nobody_else_reads_or_changes_the_plan(client: FlaskClient, database: Session, plan: DayPlan) -> None:
    paths = ["order", "stops", *(f"stops/{stop_ids(plan)[0]}/{way}" for way in ("up", "down", "fit", "keep", "remove"))]
    for user in strangers(database):
        theirs = signed_in(client, user)
        expected = 404 if user.role == "officer" else 403
        assert theirs.get(f"/plan/{plan.id}").status_code == expected
        for path in paths:
            given = {"stop": f"{uuid.uuid4()}:home"}
            assert theirs.post(f"/plan/{plan.id}/{path}", data=given).status_code == expected
    for path in paths:
        assert client.post(f"/plan/{plan.id}/{path}").headers["Location"].startswith("/sign-in")
    assert order(database, plan) == ["Ann", "Bob", "Cat"]


def test_twelve_hours_and_kilometers_where_the_agency_writes_so(
    signed: FlaskClient, database: Session, plan: DayPlan
) -> None:
    people.agency(database, clock=12, distance_unit="km")
    database.commit()
    said = words(whole_page(signed.get(f"/plan/{plan.id}")))

    assert "8 am 12 pm 4 pm 8 pm" in said
    assert "At home 8:00 am to 8:00 pm" in said
    assert "7.5 km" in said


def test_queries_do_not_grow_with_stops_or_people(
    app: Flask, signed: FlaskClient, database: Session, officer: User
) -> None:
    counted = []
    for days, many in ((1, 3), (2, 30)):
        crew = [people.supervisee(database, officer) for _ in range(many)]
        made = people.plan(database, officer, *crew, on=people.TODAY + dt.timedelta(days=days))
        database.commit()
        counted.append(queries(app, signed, f"/plan/{made.id}"))

    assert counted[0] == counted[1] <= 16
