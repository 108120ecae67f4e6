"""The sign-in page: in, on to the page that was asked for, and out."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.user import User
from tests import people
from tests.app_fixtures import Clock


@pytest.fixture
def officer(database: Session) -> User:
    people.agency(database)
    officer = people.officer(database)
    database.commit()
    return officer


def enter(client: FlaskClient, user: User, password: str = people.PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/sign-in", data={"email": user.email, "password": password, **more})
    return answer.status_code, answer.headers.get("Location", "")


def test_signed_out_people_are_sent_to_the_sign_in_page_and_back(client: FlaskClient, officer: User) -> None:
    answer = client.get("/people?q=x")
    assert answer.headers["Location"].startswith("/sign-in?next=/people")
    assert enter(client, officer, next="/people?q=x") == (303, "/people?q=x")


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leads_to_another_site(client: FlaskClient, officer: User, target: str) -> None:
    assert enter(client, officer, next=target) == (303, "/")


def test_wrong_password_keeps_the_email_and_says_what_to_do(client: FlaskClient, officer: User) -> None:
    answer = client.post("/sign-in", data={"email": officer.email, "password": "no"})
    assert answer.status_code == 422
    assert officer.email in answer.text
    assert "Try again" in answer.text
    assert 'value="no"' not in answer.text


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_other_sites(client: FlaskClient, officer: User) -> None:
    answer = client.post("/sign-in", data={"email": officer.email, "password": people.PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_copied_cookie_is_worthless_after_signing_out(client: FlaskClient, officer: User) -> None:
    enter(client, officer)
    cookie = client.get_cookie("fieldapp")
    assert cookie is not None
    client.post("/sign-out")
    client.set_cookie("fieldapp", cookie.value)
    assert client.get("/people").headers["Location"].startswith("/sign-in")


def test_half_an_hour_without_a_request_ends_the_session(client: FlaskClient, officer: User, clock: Clock) -> None:
    enter(client, officer)
    for _ in range(3):
        clock.move(minutes=20)
        assert client.get("/").status_code == 302
        assert client.get("/").headers["Location"] == "/today"
    clock.move(minutes=31)
    assert client.get("/").headers["Location"].startswith("/sign-in")


def test_programs_are_told_to_sign_in_without_a_page(client: FlaskClient, officer: User) -> None:
    answer = client.post("/sync", json={})
    assert answer.status_code == 401
    assert answer.is_json


def test_each_role_starts_on_its_own_page(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    users = {"/today": people.officer(database), "/board": people.supervisor(database)}
    users["/import"] = people.administrator(database)
    database.commit()
    for page, user in users.items():
        people.sign_in(client, user)
        assert client.get("/").headers["Location"] == page
        client.post("/sign-out")
