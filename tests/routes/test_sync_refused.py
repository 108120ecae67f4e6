"""What /sync refuses: whatever is not a submission of ours, signed by this officer's phone."""

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.supervisee import Supervisee
from fieldapp.models.wire import Submission
from tests import people
from tests.phone import Phone
from tests.phone import iso
from tests.phone import visit_body


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is refused never reaches a database, so the kind of it cannot matter."""
    return sqlite_url


def encoded(value: Any) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def payload(phone: Phone, person: Supervisee, **changes: Any) -> dict[str, Any]:
    claims = {"id": str(uuid.uuid4()), "kind": "visit", "made_at": iso(people.NOW), "officer": str(phone.officer_id)}
    return {**claims, "app": "0.1.0", "body": visit_body(person), **changes}


def refused(phone: Phone, text: str, database: Session) -> str:
    (result,) = phone.sync(text)
    assert result["state"] == "refused"
    assert "receipt" not in result
    database.rollback()
    assert database.scalar(select(func.count()).select_from(Submission)) == 0
    return str(result["reason"])


def test_altered_payload_is_refused_under_the_id_that_it_claims(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    first, _, third = phone.visit(person).jws.split(".")
    forged = payload(phone, person)

    (result,) = phone.sync(f"{first}.{encoded(forged)}.{third}")

    assert (result["id"], result["state"]) == (forged["id"], "refused")
    assert "altered" in refused(phone, f"{first}.{encoded(forged)}.{third}", database)


def test_algorithm_none_is_refused(phone: Phone, person: Supervisee, database: Session) -> None:
    head = {"alg": "none", "kid": phone.kid, "typ": "fieldapp+jws"}

    assert "ES256" in refused(phone, f"{encoded(head)}.{encoded(payload(phone, person))}.", database)


def test_public_key_used_as_a_shared_secret_is_refused(phone: Phone, person: Supervisee, database: Session) -> None:
    head = {"alg": "HS256", "kid": phone.kid, "typ": "fieldapp+jws"}
    signed = f"{encoded(head)}.{encoded(payload(phone, person))}"
    mac = hmac.new(json.dumps(phone.jwk).encode(), signed.encode(), hashlib.sha256).digest()

    refused(phone, f"{signed}.{encoded(mac)}", database)


def test_own_key_in_the_header_is_refused(phone: Phone, person: Supervisee, database: Session) -> None:
    mine = ECKey.generate_key("P-256")
    head = {"alg": "ES256", "kid": phone.kid, "typ": "fieldapp+jws", "jwk": mine.as_dict(private=False)}

    refused(
        phone, jws.serialize_compact(head, json.dumps(payload(phone, person)), mine, algorithms=["ES256"]), database
    )


def test_key_that_is_not_enrolled_is_refused(phone: Phone, person: Supervisee, database: Session) -> None:
    stranger = Phone(None, phone.officer_id)

    assert "does not know this phone" in refused(phone, stranger.visit(person).jws, database)


def test_signature_by_another_key_under_a_known_kid_is_refused(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    stranger = Phone(None, phone.officer_id)

    refused(phone, stranger.sign(payload(phone, person), kid=phone.kid), database)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": "1"},
        {"id": "{5abed124-6463-4431-8594-25a26315fc0e}"},
        {"kind": ""},
        {"kind": "x" * 33},
        {"kind": 7},
        {"made_at": "2026-11-19"},
        {"made_at": 1_700_000_000},
        {"officer": "me"},
        {"app": "x" * 41},
    ],
)
def test_envelope_with_a_wrong_claim_is_refused(
    phone: Phone, person: Supervisee, database: Session, changes: dict[str, Any]
) -> None:
    reason = refused(phone, phone.sign(payload(phone, person, **changes)), database)

    assert next(iter(changes)) in reason


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b'"text"', b"\xff\xfe", b"{", b'{"id": NaN}', b'{"id": 1, "id": 2}', b"[" * 50_000],
    ids=repr,
)
def test_signed_bytes_that_are_no_object_are_refused(phone: Phone, database: Session, content: bytes) -> None:
    refused(phone, phone.sign(content), database)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "....", "ä.ö.ü", "\x00", "e30.e30.e30", "x" * 600_000])
def test_text_that_is_no_jws_is_refused(phone: Phone, database: Session, text: str) -> None:
    refused(phone, text, database)


def test_submission_of_more_than_half_a_mebibyte_is_refused(
    phone: Phone, person: Supervisee, database: Session
) -> None:
    assert "larger" in refused(phone, phone.sign(payload(phone, person, body="x" * 600_000)), database)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": [NaN]}', "body"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": "x"}', "submissions"),
        (b'{"device_now": "2026-11-19T19:00:00Z", "submissions": [1]}', "submissions"),
        (json.dumps({"device_now": iso(people.NOW), "submissions": ["x"] * 101}).encode(), "submissions"),
        (b'{"device_now": "now", "submissions": []}', "device_now"),
        (b'{"submissions": []}', "device_now"),
        (b"[" * 100_000, "body"),
    ],
)
def test_sync_that_cannot_be_read_is_answered_by_naming_the_field(phone: Phone, body: bytes, field: str) -> None:
    answer = phone._client.post("/sync", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [field]
