"""What a phone is told without a session: whether one runs, and whether the office still wants it."""

import datetime as dt

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.wire.devices import sign_off_device
from fieldapp.models.user import SignIn
from fieldapp.models.user import User
from tests import people
from tests.phone import Phone


def ask(client: FlaskClient, kid: str = "") -> tuple[bool, str]:
    """The answer to a phone that names this key."""
    answer = client.get("/standing", headers={"Fieldapp-Device": kid, "Fieldapp-Poll": "1"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return answer.get_json()["signed_in"], answer.get_json()["phone"]


def test_phone_learns_of_its_session_and_whoever_names_no_key_learns_nothing_more(app: Flask, phone: Phone) -> None:
    assert phone.client is not None
    assert ask(phone.client, phone.kid) == (True, "in_use")
    assert ask(app.test_client(), phone.kid) == (False, "in_use")
    assert ask(app.test_client()) == (False, "unknown")
    assert ask(app.test_client(), "A" * 43) == (False, "unknown")


def test_signing_a_phone_off_ends_all_sessions_of_its_officer_and_of_nobody_else(
    app: Flask, phone: Phone, officer: User, database: Session
) -> None:
    colleague = people.officer(database)
    database.commit()
    desk, theirs = people.sign_in(app.test_client(), officer), people.sign_in(app.test_client(), colleague)
    sign_off_device(database, None, phone.kid, now=people.NOW)
    database.commit()

    assert phone.client is not None
    assert ask(phone.client, phone.kid) == (False, "signed_off")
    assert desk.get("/today").status_code == 302
    assert theirs.get("/today").status_code == 200


def test_phone_that_was_signed_off_gets_no_day_pack_without_being_told(
    phone: Phone, officer: User, database: Session
) -> None:
    sign_off_device(database, None, phone.kid, now=people.NOW)
    database.commit()
    assert phone.client is not None
    people.sign_in(phone.client, officer)
    pack = phone.client.get("/day-pack", headers={"Fieldapp-Device": phone.kid}).get_json()

    assert pack["phone"] == "signed_off"


def test_phone_of_an_account_that_was_switched_off_is_told(phone: Phone, officer: User, database: Session) -> None:
    database.get_one(User, officer.id).disabled_at = people.NOW
    database.commit()

    assert phone.client is not None
    assert ask(phone.client, phone.kid) == (False, "closed")


def test_question_keeps_no_session_alive(phone: Phone, database: Session) -> None:
    (row,) = database.scalars(select(SignIn))
    row.seen_at = seen = people.NOW - dt.timedelta(minutes=20)
    database.commit()
    assert phone.client is not None
    ask(phone.client, phone.kid)
    database.rollback()

    assert database.scalars(select(SignIn)).one().seen_at == seen
