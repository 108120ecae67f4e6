"""The page Calendar, and what calendar programs get at its address without signing in."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.domain.accounts.users import disable_user
from fieldapp.domain.calendar.fetch import MOST_FETCHES
from fieldapp.domain.plans.codes import place_code
from fieldapp.models.calendar import CalendarFeed
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.app_fixtures import Clock
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words

ADDRESS = re.compile(r'value="(http://localhost/calendar/feed\.ics\?key=[\w-]{43})"')


@pytest.fixture
def plan(database: Session, officer: User, person: Supervisee) -> DayPlan:
    made = people.plan(database, officer, person)
    database.commit()
    return made


@pytest.fixture
def signed(client: FlaskClient, officer: User, plan: DayPlan) -> FlaskClient:
    return people.sign_in(client, officer)


@pytest.fixture
def address(signed: FlaskClient) -> str:
    return made(signed.post("/calendar"))


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A calendar program: it keeps no cookie."""
    return app.test_client(use_cookies=False)


def made(answer: TestResponse) -> str:
    found = ADDRESS.search(whole_page(answer))
    assert found
    parts = urlsplit(found[1])
    return f"{parts.path}?{parts.query}"


def test_an_officer_without_an_address_is_offered_one(signed: FlaskClient) -> None:
    said = words(whole_page(signed.get("/calendar")))

    assert "None. Nothing of your plans leaves fieldapp. Make an address" in said
    assert "Revoke" not in said


def test_the_address_is_shown_once_and_never_again(signed: FlaskClient, address: str) -> None:
    html = whole_page(signed.get("/calendar"))

    assert address.partition("=")[2] not in html
    assert "In use Made 14:00 Last fetched Not yet Make a new one Revoke" in words(html)


def test_a_program_gets_the_calendar_without_signing_in(
    program: FlaskClient, signed: FlaskClient, clock: Clock, address: str, plan: DayPlan
) -> None:
    clock.move(minutes=5)
    answer = program.get(address)
    text = answer.get_data(as_text=True)

    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert f"SUMMARY:{place_code(plan.stops[0].address_id, 'home')}\r\n" in text
    assert "Last fetched 14:05" in words(whole_page(signed.get("/calendar")))


def test_nothing_is_sent_again_until_something_changes(
    program: FlaskClient, database: Session, clock: Clock, address: str, plan: DayPlan
) -> None:
    first = program.get(address)
    clock.move(hours=2)
    same = program.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["ETag"] == first.headers["ETag"]

    plan.stops[0].leave_at = people.NOW
    database.commit()
    after = program.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert b"SEQUENCE:1\r\n" in after.data


def test_revoked_renewed_left_and_unknown_are_one_and_the_same_404(
    program: FlaskClient, signed: FlaskClient, database: Session, officer: User, address: str
) -> None:
    unknown = program.get("/calendar/feed.ics?key=unknown")
    renewed = made(signed.post("/calendar"))
    answers = [program.get("/calendar/feed.ics"), program.get(address)]
    assert signed.post("/calendar/revoke").headers["Location"] == "/calendar"
    answers.append(program.get(renewed))
    left = made(signed.post("/calendar"))
    disable_user(database, None, officer.email, now=people.NOW)
    database.commit()
    answers.append(program.get(left))

    assert unknown.status_code == 404
    assert {(answer.status_code, answer.data, str(answer.headers)) for answer in answers} == {
        (404, unknown.data, str(unknown.headers))
    }


def test_a_program_that_asks_too_often_is_told_when_to_come_back(
    program: FlaskClient, database: Session, address: str
) -> None:
    database.execute(update(CalendarFeed).values(fetches=MOST_FETCHES - 1))
    database.commit()
    assert program.get(address).status_code == 200
    answer = program.get(address)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"


def test_nobody_makes_or_revokes_another_officers_address(
    client: FlaskClient, program: FlaskClient, database: Session, address: str
) -> None:
    for user in strangers(database):
        theirs = signed_in(client, user)
        expected = {200, 303} if user.role == "officer" else {403}
        assert {theirs.post("/calendar").status_code, theirs.post("/calendar/revoke").status_code} == expected

    assert program.get(address).status_code == 200


def test_another_sites_page_cannot_renew_it(signed: FlaskClient, program: FlaskClient, address: str) -> None:
    assert signed.post("/calendar", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert program.get(address).status_code == 200


def test_the_code_in_the_calendar_stands_beside_the_stop(signed: FlaskClient, plan: DayPlan) -> None:
    code = place_code(plan.stops[0].address_id, "home")

    for page in (f"/plan/{plan.id}", "/today"):
        assert f"Code {code}" in words(whole_page(signed.get(page)))
