"""What the bytes of a photo mean once they are whole: proved, quarantined, claimed by their visit, kept for ever."""

import hashlib
import io
import struct
import uuid
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.wire import FieldException
from fieldapp.web.parts import Parts
from tests import people
from tests.phone import TUS
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo
from tests.phone import read_receipt


def picture(color: str = "navy", size: tuple[int, int] = (640, 480)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, color).save(written, "JPEG")
    return written.getvalue()


CONTENT = picture()


SHA256 = hashlib.sha256(CONTENT).hexdigest()


def the_photo(database: Session) -> Photo:
    database.rollback()
    return database.scalars(select(Photo)).one()


def codes(database: Session) -> list[str]:
    database.rollback()
    return sorted(database.scalars(select(FieldException.code)))


def state(phone: Phone, visit: Signed, parts: Parts) -> list[str]:
    answer = phone._client.get(f"/receipts/{visit.id}")
    assert answer.status_code == 200
    return [shown["state"] for shown in read_receipt(parts, answer.text)["photos"]]


def test_uploaded_photo_is_stored_as_it_came_with_a_thumbnail(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore, parts: Parts
) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)
    before = state(phone, visit, parts)

    phone.upload(visit, shown, CONTENT, chunk=1000)

    assert (before, state(phone, visit, parts)) == (["awaited"], ["stored"])
    found = the_photo(database)
    assert (found.state, found.found_media_type, found.width, found.height) == ("stored", "image/jpeg", 640, 480)
    assert (found.has_thumbnail, found.problem, found.stored_at) == (True, "", people.NOW)
    assert blobs.list() == [f"photos/{SHA256[:2]}/{SHA256}", f"thumbnails/{SHA256}.jpg"]
    assert blobs.get(f"photos/{SHA256[:2]}/{SHA256}") == CONTENT
    assert codes(database) == []


def test_photo_that_came_before_its_visit_is_claimed_by_it(
    phone: Phone, person: Supervisee, database: Session, parts: Parts
) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.upload(visit, shown, CONTENT)

    (result,) = phone.sync(visit)

    assert read_receipt(parts, result["receipt"])["photos"] == [
        {"id": shown["id"], "sha256": SHA256, "state": "stored"}
    ]
    found = the_photo(database)
    assert (found.state, found.width, found.has_thumbnail) == ("stored", 640, True)


def test_bytes_that_are_not_what_was_signed_are_quarantined_and_the_right_ones_still_taken(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore, parts: Parts
) -> None:
    shown, wrong = photo(CONTENT), picture("red")
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)

    url = phone.upload(visit, shown, wrong)
    assert state(phone, visit, parts) == ["quarantined"]
    assert the_photo(database).state == "quarantined"
    assert blobs.get(f"quarantine/{url.rsplit('/')[-1]}") == wrong

    phone.upload(visit, shown, CONTENT)
    assert state(phone, visit, parts) == ["stored"]
    assert (the_photo(database).state, the_photo(database).problem) == ("stored", "")
    assert codes(database) == ["photo-mismatch"]


def test_wrong_bytes_that_came_before_the_visit_are_quarantined_when_it_comes(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore
) -> None:
    wrong = picture("red")
    announced = photo(wrong)
    url = phone.upload(str(uuid.uuid4()), announced, wrong)

    phone.sync(phone.visit(person, photos=[photo(CONTENT, id=announced["id"])]))

    assert the_photo(database).state == "quarantined"
    assert blobs.get(f"quarantine/{url.rsplit('/')[-1]}") == wrong
    assert codes(database) == ["photo-mismatch"]


def test_wrongly_announced_bytes_are_taken_when_the_visit_signs_them(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore
) -> None:
    shown = photo(CONTENT)
    phone.upload(str(uuid.uuid4()), {**shown, "sha256": "0" * 64}, CONTENT)
    assert [key.split("/")[0] for key in blobs.list()] == ["quarantine"]

    phone.sync(phone.visit(person, photos=[shown]))

    assert the_photo(database).state == "stored"
    assert blobs.get(f"photos/{SHA256[:2]}/{SHA256}") == CONTENT
    assert codes(database) == []


@pytest.mark.parametrize("content", [b"Just text, called photo.jpg.", CONTENT[:-400]], ids=["text", "truncated"])
def test_file_that_is_no_picture_is_evidence_all_the_same(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore, content: bytes
) -> None:
    shown = photo(content)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)

    phone.upload(visit, shown, content)

    found = the_photo(database)
    assert (found.state, found.has_thumbnail, found.width) == ("stored", False, None)
    assert found.problem
    assert blobs.list("thumbnails") == []
    assert codes(database) == ["photo-unreadable"]


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("sides", [(8_000, 7_700), (60_000, 60_000)], ids=["61 megapixels", "bomb"])
def test_picture_of_too_many_pixels_is_evidence_all_the_same(
    phone: Phone, person: Supervisee, database: Session, blobs: BlobStore, parts: Parts, sides: tuple[int, int]
) -> None:
    content = png_that_claims(*sides)
    shown = photo(content, media_type="image/png")
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)

    phone.upload(visit, shown, content)

    found = the_photo(database)
    sha256 = hashlib.sha256(content).hexdigest()
    assert state(phone, visit, parts) == ["stored"]
    assert (found.state, found.sha256, found.has_thumbnail, found.width) == ("stored", sha256, False, None)
    assert "more than 60 megapixels" in found.problem
    assert blobs.get(f"photos/{sha256[:2]}/{sha256}") == content
    assert blobs.list("thumbnails") == []
    assert codes(database) == ["photo-unreadable"]


def test_same_photo_uploaded_twice_is_complete_at_once(phone: Phone, person: Supervisee, database: Session) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)
    url = phone.upload(visit, shown, CONTENT)

    again = phone.begin_upload(visit, shown, len(CONTENT))

    assert (again.status_code, again.headers["Location"]) == (201, url)
    assert again.headers["Upload-Offset"] == str(len(CONTENT))
    assert len(database.scalars(select(Upload)).all()) == 1


def test_photo_of_a_visit_that_was_set_aside_is_kept_and_named_in_the_receipt(
    phone: Phone, person: Supervisee, parts: Parts
) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown], outcome="vanished")
    phone.sync(visit)
    before = state(phone, visit, parts)

    phone.upload(visit, shown, CONTENT)

    assert (before, state(phone, visit, parts)) == (["awaited"], ["stored"])


def test_photos_of_conflicting_bytes_are_named_in_the_receipt_too(
    phone: Phone, person: Supervisee, parts: Parts
) -> None:
    first, second = photo(CONTENT), photo(picture("green"))
    visit = phone.visit(person, photos=[first])
    other = phone.visit(person, id=visit.id, photos=[second])
    phone.sync(visit)
    phone.sync(other)

    phone.upload(other, second, picture("green"))

    assert state(phone, visit, parts) == ["awaited", "stored"]
    asked = phone._client.get(f"/receipts/{visit.id}?sha256={other.sha256}")
    assert read_receipt(parts, asked.text)["sha256"] == other.sha256


class Dying:
    """A blob store that fails once, when a key with this prefix is written: before or after it is there."""

    def __init__(self, blobs: BlobStore, prefix: str, *, after: bool):
        self._blobs, self._prefix, self._after = blobs, prefix, after

    def __getattr__(self, name: str) -> object:
        return getattr(self._blobs, name)

    def put_new(self, key: str, data: bytes) -> None:
        dies = key.startswith(self._prefix)
        if dies and not self._after:
            self._prefix = "never"
            raise SystemError("the power went")
        self._blobs.put_new(key, data)
        if dies:
            self._prefix = "never"
            raise SystemError("the power went")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("prefix", ["uploads/", "photos/", "thumbnails/"])
def test_crash_between_bytes_and_commit_leaves_an_upload_that_goes_on(
    make_app: Callable[[Parts], Flask],
    parts: Parts,
    database: Session,
    blobs: BlobStore,
    prefix: str,
    after: bool,
) -> None:
    officer = people.officer(database)
    person = people.supervisee(database, officer)
    database.commit()
    dying = replace(parts, blobs=Dying(blobs, prefix, after=after))
    client = make_app(dying).test_client()
    phone = Phone(people.sign_in(client, officer), officer.id)
    phone.enrol()
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)
    url = phone.begin_upload(visit, shown, len(CONTENT)).headers["Location"]

    assert 500 in [phone.patch(url, 0, CONTENT[:1500]).status_code, phone.patch(url, 1500, CONTENT[1500:]).status_code]

    offset = int(client.head(url, headers=TUS).headers["Upload-Offset"])
    assert offset < len(CONTENT)
    while offset < len(CONTENT):
        sent = phone.patch(url, offset, CONTENT[offset : offset + 999])
        assert sent.status_code == 204
        offset = int(sent.headers["Upload-Offset"])
    assert the_photo(database).state == "stored"
    assert blobs.get(f"photos/{SHA256[:2]}/{SHA256}") == CONTENT
    assert blobs.list("uploads") == []


def test_upload_of_another_officer_is_not_found(
    app: Flask, phone: Phone, person: Supervisee, database: Session
) -> None:
    shown = photo(CONTENT)
    visit = phone.visit(person, photos=[shown])
    phone.sync(visit)
    url = phone.begin_upload(visit, shown, len(CONTENT)).headers["Location"]
    other = people.officer(database)
    database.commit()
    stranger = Phone(people.sign_in(app.test_client(), other), other.id)

    assert stranger._client.head(url, headers=TUS).status_code == 404
    assert stranger.patch(url, 0, CONTENT).status_code == 404
    assert stranger._client.delete(url, headers=TUS).status_code == 404
    assert stranger._client.get(f"/receipts/{visit.id}").status_code == 404
    stranger.upload(visit, shown, CONTENT)
    assert the_photo(database).state == "awaited"
