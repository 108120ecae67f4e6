"""What a submission and a receipt prove without network and database."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.domain.wire.proof import Exhibit
from fieldapp.domain.wire.proof import all_hold
from fieldapp.domain.wire.proof import examine
from fieldapp.domain.wire.proof import read_exhibit
from fieldapp.domain.wire.receipts import Named
from fieldapp.domain.wire.receipts import Receipt
from fieldapp.domain.wire.receipts import sign_receipt
from tests import people
from tests.phone import Phone
from tests.phone import Signed

OFFICE = new_office_key()
PHONE = Phone(None, uuid.uuid4())
SENT = PHONE.submission("note", {"text": "Something."})
PICTURE = Named(uuid.uuid4(), "a" * 64)


def keys(office: OfficeKey = OFFICE) -> Mapping[str, Mapping[str, Any]]:
    return {key["kid"]: key for key in office.public_jwks()["keys"]}


def receipt(of: Signed = SENT, office: OfficeKey = OFFICE) -> str:
    return sign_receipt(Receipt(uuid.UUID(of.id), of.sha256, people.NOW, [(PICTURE, "stored")]), office)


def words(exhibit: Exhibit, office: OfficeKey = OFFICE) -> str:
    return " ".join(finding.words for finding in examine(exhibit, keys(office)))


def holds(exhibit: Exhibit, office: OfficeKey = OFFICE) -> bool:
    return all_hold(examine(exhibit, keys(office)))


def test_receipt_alone_proves_what_was_received_and_when() -> None:
    exhibit = read_exhibit(receipt().encode() + b"\n")

    assert holds(exhibit)
    for told in (SENT.id, SENT.sha256, "2026-11-19T19:00:00.000Z", str(PICTURE.id), PICTURE.sha256):
        assert told in words(exhibit)


def test_submission_with_receipt_and_phone_key_is_proved_whole() -> None:
    given = {"submission": SENT.jws, "receipt": receipt(), "device": PHONE.jwk}

    assert holds(read_exhibit(json.dumps(given).encode()))
    assert holds(Exhibit(SENT.jws, receipt()))


def test_receipt_of_another_office_proves_nothing() -> None:
    assert not holds(Exhibit(receipt=receipt(office=new_office_key())))
    assert not holds(Exhibit(SENT.jws, receipt(office=new_office_key()), PHONE.jwk))


def test_receipt_signed_by_a_phone_under_the_offices_name_proves_nothing() -> None:
    forged = PHONE.sign(Receipt(uuid.UUID(SENT.id), SENT.sha256, people.NOW, []).payload(), kid=OFFICE.kid)
    typed = PHONE.sign(
        Receipt(uuid.UUID(SENT.id), SENT.sha256, people.NOW, []).payload(), kid=OFFICE.kid, typ="fieldapp-receipt+jws"
    )

    assert not holds(Exhibit(receipt=forged))
    assert not holds(Exhibit(receipt=typed))


def test_receipt_of_another_submission_does_not_cover_this_one() -> None:
    other = PHONE.submission("note", {"text": "Something."}, id=SENT.id)

    assert not holds(Exhibit(SENT.jws, receipt(other), PHONE.jwk))


def test_altered_submission_is_told() -> None:
    head, _, signature = SENT.jws.split(".")
    altered = f"{head}.{PHONE.submission('note', {'text': 'Else.'}).jws.split('.')[1]}.{signature}"

    assert not holds(Exhibit(altered, receipt(), PHONE.jwk))
    assert not holds(Exhibit(altered, None, PHONE.jwk))


def test_key_of_another_phone_does_not_fit() -> None:
    assert not holds(Exhibit(SENT.jws, receipt(), Phone(None, PHONE.officer_id).jwk))
    assert not holds(Exhibit(SENT.jws, receipt(), {"kty": "EC"}))


def test_submission_without_a_receipt_is_not_proved() -> None:
    assert not holds(Exhibit(SENT.jws))
    assert not holds(Exhibit(SENT.jws, device=PHONE.jwk))
    assert "only the office's receipt" in words(Exhibit(SENT.jws, device=PHONE.jwk))


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"a.b.c", b"{", b"{}", b'{"submission": 1}', b'{"other": "x"}', b'{"receipt": "x", "device": []}'],
    ids=repr,
)
def test_file_that_is_neither_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_exhibit(content)


def test_file_of_many_megabytes_is_refused() -> None:
    with pytest.raises(Invalid):
        read_exhibit(b"x" * (5 * 1024 * 1024))


@pytest.mark.parametrize("text", ["", ".", "é.é.é", "bm8.e30.e30"])
def test_texts_in_json_that_are_no_jws_prove_nothing(text: str) -> None:
    assert not holds(Exhibit(receipt=text))
    assert not holds(Exhibit(submission=text, device=PHONE.jwk))
    assert not holds(Exhibit(submission=text, receipt=receipt(), device=PHONE.jwk))
