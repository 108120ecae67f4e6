"""Plans with a road service: timed by road, asked outside of write transactions, and honest when it is away."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.adapters.roads import open_roads
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.settings import Settings
from fieldapp.web.parts import Parts
from tests import people
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words
from tests.valhalla import FakeValhalla
from tests.valhalla import valhalla

AWAY = "estimated from straight lines: the road service did not answer"


@pytest.fixture
def server() -> Iterator[FakeValhalla]:
    with valhalla() as server:
        yield server


@pytest.fixture
def crew(database: Session, officer: User) -> list[Supervisee]:
    made = [people.supervisee(database, officer, first_name=name, last_name="Sample") for name in ("Ann", "Bob", "Cat")]
    for i, person in enumerate(made):
        people.home(person).lat = people.HOME[0] + i / 100
    database.commit()
    return made


@pytest.fixture
def plan(database: Session, officer: User, crew: list[Supervisee]) -> DayPlan:
    made = people.plan(database, officer, *crew[:2])
    database.commit()
    return made


@pytest.fixture
def by_road(
    make_app: Callable[[Parts], Flask], parts: Parts, settings: Settings, server: FakeValhalla, officer: User
) -> FlaskClient:
    """An officer signed in where the agency has roads."""
    roads = open_roads(server.url, settings.database_url)
    app = make_app(replace(parts, travel=roads.travel, known_travel=roads.known_travel, lines=roads.lines))
    app.testing = True
    return people.sign_in(app.test_client(), officer)


def source(database: Session, plan: DayPlan) -> str:
    database.expire_all()
    found = plan.travel_source
    database.rollback()
    return found


def test_a_change_is_timed_by_road_and_says_nothing_of_estimates(
    by_road: FlaskClient, database: Session, plan: DayPlan
) -> None:
    by_road.post(f"/plan/{plan.id}/stops/{plan.stops[0].id}/down")

    assert source(database, plan) == "roads"
    assert "estimate" not in words(whole_page(by_road.get(f"/plan/{plan.id}")))


def test_an_added_person_is_asked_for_with_the_day(
    by_road: FlaskClient, database: Session, plan: DayPlan, crew: list[Supervisee], server: FakeValhalla
) -> None:
    by_road.post(f"/plan/{plan.id}/stops", data={"stop": f"{crew[2].id}:home"})

    assert source(database, plan) == "roads"
    assert len(server.questions("sources_to_targets")) == 1


def test_a_service_that_is_away_leaves_estimates_and_a_notice(
    by_road: FlaskClient, database: Session, plan: DayPlan, server: FakeValhalla
) -> None:
    server.says(503, b"")
    by_road.post(f"/plan/{plan.id}/stops/{plan.stops[0].id}/down")

    assert source(database, plan) == "no_answer"
    assert AWAY in words(whole_page(by_road.get(f"/plan/{plan.id}")))


def test_while_the_service_is_asked_others_may_write(
    by_road: FlaskClient, database: Session, plan: DayPlan, server: FakeValhalla, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote = []

    def write_meanwhile() -> None:
        people.agency(database, banner="Snow today")
        database.commit()
        wrote.append(True)

    server.before_answer = write_meanwhile
    by_road.post(f"/plan/{plan.id}/stops/{plan.stops[0].id}/down")

    assert wrote
    assert source(database, plan) == "roads"
