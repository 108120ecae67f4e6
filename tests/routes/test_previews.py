"""Previews: seen at once beside the facts, never evidence, gone when the original shows itself."""

import hashlib
import io
import uuid
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.domain.backup.kept import kept_blobs
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.previews import MOST_PREVIEW_BYTES
from fieldapp.domain.evidence.previews import preview_key
from fieldapp.domain.evidence.verify import verify_photo
from fieldapp.models.audit import AuditEntry
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.parts import Parts
from tests import people
from tests import visits
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo
from tests.phone import read_receipt
from tests.routes.roles import WHO
from tests.routes.roles import cast

ORIGINAL = (Path(__file__).parents[1] / "data" / "photos" / "portrait_6.jpg").read_bytes()


def jpeg(size: tuple[int, int] = (800, 600), form: str = "JPEG", **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, form, **options)
    return written.getvalue()


def send(client: FlaskClient, id: object, content: bytes, kind: str = "image/jpeg") -> TestResponse:
    return client.put(f"/evidence/previews/{id}", data=content, content_type=kind)


@pytest.fixture
def shown() -> dict[str, object]:
    return photo(ORIGINAL)


@pytest.fixture
def visit(phone: Phone, person: Supervisee, shown: dict[str, object]) -> Signed:
    made = phone.visit(person, photos=[shown])
    phone.sync(made)
    return made


def kept(database: Session) -> list[uuid.UUID]:
    database.rollback()
    return list(database.scalars(select(PhotoPreview.photo_id)))


def test_preview_is_shown_at_once_and_says_what_it_is(
    app: Flask, client: FlaskClient, database: Session, visit: Signed, shown: dict[str, object]
) -> None:
    before = client.get(f"/visits/{visit.id}").text
    assert send(client, shown["id"], jpeg()).get_json() == {"id": shown["id"]}

    after = client.get(f"/visits/{visit.id}").text

    picture = f'src="/photos/{shown["id"]}/preview"'
    assert (picture in before, picture in after) == (False, True)
    assert "Preview: the original is still on the phone" in after
    assert "1 of 1 original still on the phone" in after
    assert "0 of 1 received and verified" in after
    seen = client.get(f"/photos/{shown['id']}/preview")
    boss = people.supervisor(database)
    database.commit()
    board = people.sign_in(app.test_client(), boss).get("/board").text
    assert "1 of 1 original still on the phone, 1 preview here" in board
    assert (seen.mimetype, seen.headers["Cache-Control"], seen.data[:2]) == ("image/jpeg", "no-store", b"\xff\xd8")
    assert "sandbox" in seen.headers["Content-Security-Policy"]


def test_preview_is_never_counted_verified_or_backed_up_as_evidence(
    client: FlaskClient, database: Session, blobs: BlobStore, parts: Parts, visit: Signed, shown: dict[str, object]
) -> None:
    small = jpeg()
    send(client, shown["id"], small)

    receipt = read_receipt(parts, client.get(f"/receipts/{visit.id}").text)
    assert [entry["state"] for entry in receipt["photos"]] == ["awaited"]
    found = database.get_one(Photo, uuid.UUID(str(shown["id"])))
    assert (found.state, found.has_thumbnail, found.stored_at) == ("awaited", False, None)
    assert not verify_photo(blobs, found).proved
    assert kept_blobs(database) == []
    for tail in ("", "/thumbnail"):
        assert client.get(f"/photos/{shown['id']}{tail}").status_code == 404
    assert blobs.list() == [preview_key(found.id)]


def test_original_that_shows_itself_takes_the_place_of_its_preview(
    client: FlaskClient, phone: Phone, database: Session, blobs: BlobStore, visit: Signed, shown: dict[str, object]
) -> None:
    send(client, shown["id"], jpeg())
    phone.upload(visit, shown, ORIGINAL)

    assert kept(database) == []
    assert not [key for key in blobs.list() if key.startswith("previews")]
    page = client.get(f"/visits/{visit.id}").text
    assert f'src="/photos/{shown["id"]}/thumbnail"' in page
    assert "Preview" not in page
    assert client.get(f"/photos/{shown['id']}/preview").status_code == 404


def test_preview_after_its_original_changes_nothing(
    client: FlaskClient, phone: Phone, database: Session, blobs: BlobStore, visit: Signed, shown: dict[str, object]
) -> None:
    phone.upload(visit, shown, ORIGINAL)
    before = blobs.list()

    assert send(client, shown["id"], jpeg()).status_code == 200

    assert (kept(database), blobs.list()) == ([], before)


def test_preview_stays_where_the_original_cannot_be_shown(
    client: FlaskClient, phone: Phone, database: Session, person: Supervisee
) -> None:
    broken = b"\xff\xd8\xff\xe0 cut off"
    damaged = photo(broken)
    visit = phone.visit(person, photos=[damaged])
    phone.sync(visit)
    send(client, damaged["id"], jpeg())
    phone.upload(visit, damaged, broken)

    assert len(kept(database)) == 1
    page = client.get(f"/visits/{visit.id}").text
    assert "Received and verified" in page
    assert "Preview made by the phone, never verified" in page
    assert f'src="/photos/{damaged["id"]}/preview"' in page


def test_same_preview_again_and_another_one_change_nothing(
    client: FlaskClient, database: Session, blobs: BlobStore, visit: Signed, shown: dict[str, object]
) -> None:
    answers = [send(client, shown["id"], content).status_code for content in (jpeg(), jpeg(), jpeg((300, 300)))]

    assert answers == [200, 200, 200]
    (key,) = blobs.list("previews")
    assert Image.open(io.BytesIO(blobs.get(key))).size == (800, 600)
    noted = database.scalars(select(AuditEntry.subject).where(AuditEntry.event == "photo.preview_received")).all()
    assert list(noted) == [shown["id"]]


def test_preview_is_made_anew_upright_without_metadata_and_not_larger_than_needed(
    client: FlaskClient, blobs: BlobStore, visit: Signed, shown: dict[str, object]
) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "1420 Fictitious Ave", 6
    send(client, shown["id"], jpeg((2000, 1000), exif=exif, comment=b"1420 Fictitious Ave"))

    (key,) = blobs.list("previews")
    content = blobs.get(key)
    assert b"Fictitious" not in content
    assert Image.open(io.BytesIO(content)).size == (512, 1024)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (jpeg() + bytes(MOST_PREVIEW_BYTES), "image/jpeg", 413),
        (jpeg(form="PNG"), "image/jpeg", 422),
        (jpeg()[:200], "image/jpeg", 422),
        (b"<html>", "image/jpeg", 422),
        (b"", "image/jpeg", 422),
        (jpeg(), "image/png", 422),
        (jpeg(), "application/json", 422),
    ],
    ids=["too large", "png", "cut off", "text", "empty", "another kind", "json"],
)
def test_what_is_no_small_jpeg_is_refused_and_leaves_nothing(
    client: FlaskClient,
    database: Session,
    blobs: BlobStore,
    visit: Signed,
    shown: dict[str, object],
    content: bytes,
    kind: str,
    status: int,
) -> None:
    answer = send(client, shown["id"], content, kind)

    assert (answer.status_code, kept(database), blobs.list()) == (status, [], [])
    assert answer.get_json()["error"]


def test_photo_of_nobody_or_of_another_officer_takes_no_preview(
    app: Flask, client: FlaskClient, database: Session, visit: Signed, shown: dict[str, object]
) -> None:
    other = people.officer(database)
    database.commit()
    assert send(people.sign_in(app.test_client(), other), shown["id"], jpeg()).status_code == 404
    assert send(client, uuid.uuid4(), jpeg()).status_code == 404
    assert kept(database) == []


@pytest.mark.parametrize("who", WHO)
def test_preview_is_served_to_those_who_see_the_visit(
    app: Flask, database: Session, blobs: BlobStore, who: str
) -> None:
    everyone = cast(database)
    named = visits.photo(database, everyone.visit)
    database.add(PhotoPreview(photo_id=named.id, received_at=people.NOW, bytes=3))
    database.commit()
    blobs.put_new(preview_key(named.id), b"\xff\xd8\xff")

    for path in (f"/photos/{named.id}/preview", f"/visits/{everyone.visit.id}/photos"):
        answer = everyone.client(app, who).get(path)
        sees = who in {"owner", "cover", "supervisor", "administrator"}
        assert answer.status_code == (200 if sees else 302 if who == "nobody" else 404)


def test_page_asks_how_far_the_photos_are_until_all_are_here(
    client: FlaskClient, phone: Phone, visit: Signed, shown: dict[str, object]
) -> None:
    address = f"/visits/{visit.id}/photos"
    assert f'hx-get="{address}?have=0-1-0"' in client.get(f"/visits/{visit.id}").text
    assert client.get(f"{address}?have=0-1-0").status_code == 204

    send(client, shown["id"], jpeg())
    assert f'hx-get="{address}?have=0-1-1"' in client.get(f"{address}?have=0-1-0").text

    phone.upload(visit, shown, ORIGINAL)
    last = client.get(f"{address}?have=0-1-1").text
    assert "1 of 1 received and verified" in last
    assert "hx-get" not in last
    assert hashlib.sha256(ORIGINAL).hexdigest() in last
