"""Re-planning asked by the phone: the proposal, what goes along in the day pack, and who gets either."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests.routes.officer_pages import signed_in
from tests.routes.roles import WHO
from tests.routes.roles import cast


def three_stops(database: Session, officer: User) -> DayPlan:
    crew = [people.supervisee(database, officer, first_name=name) for name in ("Ann", "Bob", "Cat")]
    for place, person in enumerate(crew, start=1):
        people.home(person).lat = people.HOME[0] + place / 100
    plan = people.plan(database, officer, *crew)
    for stop in plan.stops:
        stop.windows = [[8 * 3600, 20 * 3600]]
    database.commit()
    return plan


def asked(plan: DayPlan, **changes: Any) -> dict[str, Any]:
    north = {"lat": people.HOME[0] + 0.05, "lon": people.HOME[1]}
    return {"stops": [str(stop.id) for stop in plan.stops], "position": north, "last": None, **changes}


def test_phone_gets_an_order_with_times_and_nothing_is_changed(
    client: FlaskClient, database: Session, officer: User
) -> None:
    plan = three_stops(database, officer)
    answer = signed_in(client, officer).post(f"/replan/{plan.id}", json=asked(plan))

    found = answer.get_json()
    assert [stop["id"] for stop in found["stops"]] == [str(stop.id) for stop in reversed(plan.stops)]
    assert {stop["trouble"] for stop in found["stops"]} == {""}
    assert found["to"] == str(plan.stops[2].id)
    assert found["back_at"] < found["was_back_at"]
    database.expire_all()
    assert [stop.position for stop in plan.stops] == [0, 1, 2]
    assert plan.arranged_at is None


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"stops": "all"}, 422, "stops must be a list"),
        ({"position": {"lat": 91, "lon": 0}}, 422, "position.lat must be a number from -90 to 90"),
        ({"position": [1, 2]}, 422, "position must be an object"),
        ({"last": "here"}, 422, "last must be a UUID"),
        ({"stops": []}, 409, "There is nothing to re-plan"),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_sentence_for_the_phone(
    client: FlaskClient, database: Session, officer: User, changes: dict[str, Any], status: int, words: str
) -> None:
    plan = three_stops(database, officer)
    answer = signed_in(client, officer).post(f"/replan/{plan.id}", json=asked(plan, **changes))

    assert (answer.status_code, words in answer.get_json()["error"]) == (status, True), answer.get_json()


def test_day_pack_brings_travel_times_and_places_but_no_names(
    client: FlaskClient, database: Session, officer: User
) -> None:
    plan = three_stops(database, officer)
    pages = people.sign_in(client, officer).get("/day-pack").get_json()["pages"]
    (path,) = [page for page in pages if page.startswith(f"/plan/{plan.id}/travel/")]
    answer = client.get(path)

    day = answer.get_json()
    assert [stop["id"] for stop in day["stops"]] == [str(stop.id) for stop in plan.stops]
    assert [len(row) for row in day["seconds"]] == [5] * 5
    assert (day["road_factor"], day["speed_kmh"], day["shift"]) == (1.3, 40.0, [9 * 3600, 17 * 3600])
    assert not [name for name in ("Ann", "Sample", "Street") if name in answer.text]


def test_address_of_the_travel_times_changes_with_the_stops_but_not_with_their_order(
    client: FlaskClient, database: Session, officer: User
) -> None:
    plan = three_stops(database, officer)
    people.sign_in(client, officer)

    def path() -> str:
        database.commit()
        pages = client.get("/day-pack").get_json()["pages"]
        return next(page for page in pages if "/travel/" in page)

    before = path()
    plan.stops[0].position, plan.stops[1].position = 1, 0
    assert path() == before
    plan.stops[0].minutes = 30
    assert path() != before


@pytest.mark.parametrize("who", WHO)
def test_only_the_plans_own_officer_gets_them(app: Flask, database: Session, who: str) -> None:
    everyone = cast(database)
    plan = people.plan(database, everyone.users["owner"], everyone.person)
    database.commit()
    client = everyone.client(app, who)
    proposal = client.post(f"/replan/{plan.id}", json=asked(plan))
    travel = client.get(f"/plan/{plan.id}/travel/now")

    officers = ("colleague", "stranger", "cover", "past_cover")
    expected = (200, 200) if who == "owner" else (404, 404) if who in officers else (403, 403)
    assert (proposal.status_code, travel.status_code) == (expected if who != "nobody" else (401, 302))
