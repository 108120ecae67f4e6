"""The office's page on which a team's stops are shared out: a preview first, then all plans at once."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from fieldapp.web.parts import Parts
from tests import people
from tests.app_fixtures import Clock
from tests.domain.plans.days import InOrderGiven
from tests.domain.routing.teams import BrokenTeam
from tests.domain.routing.teams import ByTurns
from tests.routes.officer_pages import plans
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words


@pytest.fixture
def parts(parts: Parts) -> Parts:
    return replace(parts, solver=InOrderGiven(), team_solver=ByTurns())


@pytest.fixture(autouse=True)
def morning(clock: Clock) -> None:
    clock.move(hours=-6)


def previewed(office: FlaskClient, *away: User, status: int = 200) -> str:
    form = {"day": str(people.TODAY), "away": [str(user.id) for user in away]}
    return whole_page(office.post("/itineraries/share", data=form), status)


def fields(html: str) -> dict[str, Any]:
    """The hidden fields of the form that keeps a preview."""
    form = html[html.index('action="/itineraries/share/keep"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def test_sharing_out_shows_what_moves_and_changes_nothing_until_it_is_used(
    client: FlaskClient, database: Session, supervisor: User, officer: User, colleague: User, plan: DayPlan
) -> None:
    office = signed_in(client, supervisor)
    html = previewed(office, officer)

    assert "Marcus Bell, Home contact, from L. Grant" in words(html)
    assert "L. Grant 2 to 0 stops left" in words(html)
    assert plans(database) == {"L. Grant": ["Marcus", "Nadia"]}

    answer = office.post("/itineraries/share/keep", data=fields(html))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/itineraries?day={people.TODAY}&team=")
    assert plans(database) == {"L. Grant": [], "J. Park": ["Marcus", "Nadia"]}
    again = office.post("/itineraries/share/keep", data=fields(html))
    assert "share out again" in words(whole_page(again, 409))


def test_a_plan_that_changed_meanwhile_keeps_all_as_it_is(
    client: FlaskClient, database: Session, supervisor: User, officer: User, colleague: User, plan: DayPlan
) -> None:
    office = signed_in(client, supervisor)
    html = previewed(office, officer)
    signed_in(client, officer).post(f"/plan/{plan.id}/stops/{plan.stops[0].id}/remove")
    answer = office.post("/itineraries/share/keep", data=fields(html))

    assert "Somebody has changed a plan or begun a visit meanwhile." in words(whole_page(answer, 409))
    assert plans(database) == {"L. Grant": ["Nadia"]}


def test_a_solver_that_fails_or_nobody_left_brings_the_page_back_with_who_was_ticked(
    app: Flask, client: FlaskClient, database: Session, supervisor: User, officer: User, colleague: User, plan: DayPlan
) -> None:
    office = signed_in(client, supervisor)
    html = previewed(office, officer, colleague, status=422)
    assert "Nobody is left to share the stops among." in words(html)
    assert html.count(" checked") == 2

    app.extensions["fieldapp_parts"] = replace(app.extensions["fieldapp_parts"], team_solver=BrokenTeam())
    assert "try again" in words(previewed(office, officer, status=503))
    assert plans(database) == {"L. Grant": ["Marcus", "Nadia"]}


@pytest.mark.parametrize(
    "wrong", [{"order": "rubbish"}, {"order": "x:y"}, {"day": "soon"}, {"team": "1"}, {"away": "?"}]
)
def test_rubbish_is_refused_with_a_sentence(
    client: FlaskClient, supervisor: User, plan: DayPlan, wrong: dict[str, str]
) -> None:
    form = {"day": str(people.TODAY), **wrong}
    answer = signed_in(client, supervisor).post("/itineraries/share/keep", data=form)
    assert answer.status_code == 422
    assert "again" in words(whole_page(answer, 422)) or "Write the day" in words(whole_page(answer, 422))
