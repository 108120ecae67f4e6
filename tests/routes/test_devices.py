"""Enrolling a phone's key."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.user import User
from fieldapp.models.wire import Device
from tests import people
from tests.phone import Phone


def test_enrolling_the_same_key_twice_makes_one_device(phone: Phone, database: Session, officer: User) -> None:
    answer = phone.enrol("Another name")

    assert (answer.status_code, answer.get_json()) == (200, {"kid": phone.kid})
    device = database.scalars(select(Device)).one()
    assert (device.officer_id, device.label, device.public_jwk) == (officer.id, "Phone of a test", phone.jwk)


def test_key_of_another_officer_is_a_conflict_with_a_remedy(
    phone: Phone, client: FlaskClient, database: Session
) -> None:
    other = people.officer(database)
    database.commit()
    people.sign_in(client, other)

    answer = phone.enrol()

    assert answer.status_code == 409
    assert "another officer" in answer.get_json()["error"]


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        [],
        {},
        ECKey.generate_key("P-256").as_dict(private=True),
        ECKey.generate_key("P-384").as_dict(private=False),
        ECKey.generate_key("secp256k1").as_dict(private=False),
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},
        {"kty": "EC", "crv": "P-256", "x": 1, "y": 2},
        {"kty": "EC", "crv": "P-256", "x": "A" * 4000, "y": "A" * 43},
    ],
    ids=["none", "list", "empty", "private", "P-384", "secp256k1", "oct", "RSA", "off the curve", "numbers", "long"],
)
def test_anything_but_a_public_p256_key_is_refused(
    phone: Phone, client: FlaskClient, database: Session, jwk: Any
) -> None:
    answer = client.post("/devices", json={"jwk": jwk, "label": "x"})

    assert answer.status_code == 422
    assert all(path.startswith("jwk") for path in answer.get_json()["errors"])
    assert len(database.scalars(select(Device)).all()) == 1


def test_members_beside_the_key_are_not_kept(client: FlaskClient, officer: User, database: Session) -> None:
    people.sign_in(client, officer)
    key = ECKey.generate_key("P-256")

    answer = client.post(
        "/devices", json={"jwk": {**key.as_dict(private=False), "alg": "none", "ext": True}, "label": ""}
    )

    assert answer.get_json() == {"kid": key.thumbprint()}
    assert set(database.scalars(select(Device)).one().public_jwk) == {"kty", "crv", "x", "y"}


def test_label_of_more_than_80_characters_is_refused(phone: Phone) -> None:
    answer = phone.enrol("x" * 81)

    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["label"])


def test_supervisors_and_strangers_enroll_no_phone(app: Flask, database: Session) -> None:
    supervisor = people.supervisor(database)
    database.commit()
    phone = Phone(app.test_client(), supervisor.id)

    assert phone.enrol().status_code == 401
    people.sign_in(phone._client, supervisor)
    assert phone.enrol().status_code == 403
