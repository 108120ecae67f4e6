"""The tus protocol itself: creation, parts, checksums, resuming, giving up, and what it refuses."""

import base64
import hashlib
import io
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.parts import Parts
from tests.phone import TUS
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo
from tests.phone import read_receipt


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How far an upload is, is told alike by both kinds of database; test_uploads.py tries both."""
    return sqlite_url


def picture(color: str = "navy", size: tuple[int, int] = (640, 480)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, color).save(written, "JPEG")
    return written.getvalue()


CONTENT = picture()


def state(phone: Phone, visit: Signed, parts: Parts) -> list[str]:
    answer = phone._client.get(f"/receipts/{visit.id}")
    assert answer.status_code == 200
    return [shown["state"] for shown in read_receipt(parts, answer.text)["photos"]]


def test_interrupted_upload_goes_on_where_it_ended(phone: Phone, person: Supervisee, parts: Parts) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)
    url = phone.begin_upload(visit, shown, len(CONTENT)).headers["Location"]
    phone.patch(url, 0, CONTENT[:700])

    standing = phone._client.head(url, headers=TUS)
    assert (standing.headers["Upload-Offset"], standing.headers["Upload-Length"]) == ("700", str(len(CONTENT)))
    assert (standing.headers["Cache-Control"], standing.headers["Tus-Resumable"]) == ("no-store", "1.0.0")
    assert phone.patch(url, 0, CONTENT[:700]).status_code == 409

    done = phone.patch(url, 700, CONTENT[700:])
    assert (done.status_code, done.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert phone.patch(url, len(CONTENT), b"").status_code == 409
    assert state(phone, visit, parts) == ["stored"]


def test_checksum_that_does_not_fit_the_part_is_460_and_changes_nothing(phone: Phone, person: Supervisee) -> None:
    shown = photo(CONTENT)
    url = phone.begin_upload(phone.visit(person), shown, len(CONTENT)).headers["Location"]
    part = CONTENT[:100]

    def header(name: str, content: bytes) -> str:
        return f"{name} {base64.b64encode(hashlib.new(name, content).digest()).decode()}"

    wrong = phone.patch(url, 0, part, **{"Upload-Checksum": header("sha256", b"other")})
    unknown = phone.patch(url, 0, part, **{"Upload-Checksum": header("md5", part)})
    malformed = phone.patch(url, 0, part, **{"Upload-Checksum": "sha256"})
    offset = phone._client.head(url, headers=TUS).headers["Upload-Offset"]
    right = [
        phone.patch(url, 0, part, **{"Upload-Checksum": header("sha256", part)}),
        phone.patch(url, 100, part, **{"Upload-Checksum": header("sha1", part)}),
    ]

    assert (wrong.status_code, unknown.status_code, malformed.status_code, offset) == (460, 422, 422, "0")
    assert [answer.status_code for answer in right] == [204, 204]


def test_giving_up_removes_the_parts_but_not_evidence(phone: Phone, person: Supervisee, blobs: BlobStore) -> None:
    shown = photo(CONTENT)
    begun = phone.begin_upload(phone.visit(person), shown, len(CONTENT)).headers["Location"]
    phone.patch(begun, 0, CONTENT[:100])
    assert phone._client.delete(begun, headers=TUS).status_code == 204
    assert (phone._client.head(begun, headers=TUS).status_code, blobs.list()) == (404, [])

    done = phone.upload(phone.visit(person), shown, CONTENT)
    assert phone._client.delete(done, headers=TUS).status_code == 403
    assert phone._client.head(done, headers=TUS).headers["Upload-Offset"] == str(len(CONTENT))


def test_new_try_of_the_same_photo_replaces_the_one_that_was_left(
    phone: Phone, person: Supervisee, blobs: BlobStore
) -> None:
    shown = photo(CONTENT)
    left = phone.begin_upload(phone.visit(person), shown, len(CONTENT)).headers["Location"]
    phone.patch(left, 0, CONTENT[:100])

    phone.begin_upload(phone.visit(person), shown, len(CONTENT))

    assert (phone._client.head(left, headers=TUS).status_code, blobs.list()) == (404, [])


def test_options_tell_what_the_server_can(app: Flask, client: FlaskClient) -> None:
    answer = client.options("/evidence/uploads")

    assert answer.status_code == 204
    told = {name: answer.headers[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Checksum-Algorithm")}
    assert told == {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,termination,checksum",
        "Tus-Checksum-Algorithm": "sha256,sha1",
    }


def test_another_version_of_tus_is_412(phone: Phone) -> None:
    answer = phone._client.head(f"/evidence/uploads/{uuid.uuid4()}", headers={"Tus-Resumable": "0.2.2"})

    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    ("length", "changes", "status"),
    [
        (0, {}, 422),
        (60 * 1024 * 1024 + 1, {}, 413),
        (10, {"photo": "x"}, 422),
        (10, {"submission": ""}, 422),
        (10, {"sha256": "ABC"}, 422),
        (10, {"type": "x" * 121}, 422),
        (10, {"type": "a\x00b"}, 422),
    ],
)
def test_upload_that_cannot_be_is_refused_at_once(
    phone: Phone, length: int, changes: dict[str, str], status: int
) -> None:
    answer = phone.begin_upload(str(uuid.uuid4()), photo(CONTENT), length, **changes)

    assert answer.status_code == status
    assert answer.get_json()["error"]


@pytest.mark.parametrize("headers", [{}, {"Upload-Length": "-1"}, {"Upload-Length": "1", "Upload-Metadata": "photo ?"}])
def test_creation_with_bad_headers_is_refused(phone: Phone, headers: dict[str, str]) -> None:
    assert phone._client.post("/evidence/uploads", headers={**TUS, **headers}).status_code == 422


def test_parts_that_cannot_be_are_refused(phone: Phone) -> None:
    url = phone.begin_upload(str(uuid.uuid4()), photo(CONTENT), 3_000_000).headers["Location"]

    too_large = phone.patch(url, 0, b"x" * (1024 * 1024 + 1))
    other_type = phone._client.patch(url, data=b"x", headers={**TUS, "Upload-Offset": "0"}, content_type="image/jpeg")
    no_offset = phone._client.patch(url, data=b"x", headers=TUS, content_type="application/offset+octet-stream")
    short = phone.begin_upload(str(uuid.uuid4()), photo(CONTENT), 5).headers["Location"]
    too_long = phone.patch(short, 0, b"123456")

    statuses = [answer.status_code for answer in (too_large, other_type, no_offset, too_long)]
    assert statuses == [413, 422, 422, 413]
    assert phone._client.head(url, headers=TUS).headers["Upload-Offset"] == "0"
