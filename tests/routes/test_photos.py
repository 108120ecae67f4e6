"""Photos: the bytes as they came, to those who may see the visit and nobody else, each viewing noted."""

import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.adapters.images import PillowPictures
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.inspect import thumbnail_key
from fieldapp.models.audit import AuditEntry
from fieldapp.models.evidence import Photo
from tests import visits
from tests.routes.roles import WHO
from tests.routes.roles import Cast
from tests.routes.roles import cast

PICTURE = (Path(__file__).parents[1] / "data" / "photos" / "portrait_6.jpg").read_bytes()
SEES = {"owner", "cover", "supervisor", "administrator"}


@pytest.fixture
def everyone(database: Session) -> Cast:
    made = cast(database)
    database.commit()
    return made


def stored(database: Session, blobs: BlobStore, everyone: Cast, content: bytes = PICTURE, **fields: object) -> Photo:
    given = {"state": "stored", "found_media_type": "image/jpeg", "has_thumbnail": True, **fields}
    photo = visits.photo(database, everyone.visit, content, **given)
    database.commit()
    blobs.put_new(photo_key(photo.sha256), content)
    if given["has_thumbnail"]:
        blobs.put_new(thumbnail_key(photo.sha256), PillowPictures().thumbnail(content))
    return photo


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("tail", ["", "/thumbnail"])
def test_photo_is_served_to_those_who_see_the_visit(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast, who: str, tail: str
) -> None:
    photo = stored(database, blobs, everyone)
    answer = everyone.client(app, who).get(f"/photos/{photo.id}{tail}")
    assert answer.status_code == (200 if who in SEES else 302 if who == "nobody" else 404)
    assert ((PICTURE if not tail else b"\xff\xd8") in answer.data) == (who in SEES)


def test_original_comes_as_it_was_with_headers_that_disarm_it(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast
) -> None:
    photo = stored(database, blobs, everyone)
    answer = everyone.client(app, "owner").get(f"/photos/{photo.id}")
    assert answer.data == PICTURE
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f"inline; filename={photo.id}.jpg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("found", "media_type", "ending"),
    [
        ("image/png", "image/png", "png"),
        ("image/webp", "image/webp", "webp"),
        ("image/heic", "image/heic", "heic"),
        ("", "application/octet-stream", "bin"),
        ("text/html", "application/octet-stream", "bin"),
        ("image/svg+xml", "application/octet-stream", "bin"),
    ],
)
def test_kind_is_what_was_found_in_the_bytes_and_one_of_four(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast, found: str, media_type: str, ending: str
) -> None:
    hostile = b"<html><script>alert(1)</script>"
    photo = stored(
        database, blobs, everyone, hostile, found_media_type=found, media_type="text/html", has_thumbnail=False
    )
    answer = everyone.client(app, "owner").get(f"/photos/{photo.id}")
    assert (answer.data, answer.mimetype) == (hostile, media_type)
    assert answer.headers["Content-Disposition"].endswith(f".{ending}")


def test_viewing_an_original_is_noted_and_a_thumbnail_is_not(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast
) -> None:
    photo = stored(database, blobs, everyone)
    client = everyone.client(app, "supervisor")
    client.get(f"/photos/{photo.id}/thumbnail")
    client.get(f"/photos/{photo.id}")
    everyone.client(app, "stranger").get(f"/photos/{photo.id}")
    noted = database.scalars(select(AuditEntry).where(AuditEntry.event == "photo.read")).all()
    assert [(entry.actor_id, entry.subject) for entry in noted] == [(everyone.users["supervisor"].id, str(photo.id))]


@pytest.mark.parametrize("state", ["awaited", "quarantined"])
@pytest.mark.parametrize("tail", ["", "/thumbnail"])
def test_photo_whose_bytes_are_not_proved_is_not_served(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast, state: str, tail: str
) -> None:
    photo = stored(database, blobs, everyone, state=state)
    answer = everyone.client(app, "owner").get(f"/photos/{photo.id}{tail}")
    assert answer.status_code == 404
    assert ("still on the phone" in answer.text) == (state == "awaited")


def test_photo_that_could_not_be_read_has_no_thumbnail(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast
) -> None:
    photo = stored(database, blobs, everyone, b"text", has_thumbnail=False)
    assert everyone.client(app, "owner").get(f"/photos/{photo.id}/thumbnail").status_code == 404


def test_unknown_photo_is_not_found(app: Flask, everyone: Cast) -> None:
    assert everyone.client(app, "administrator").get(f"/photos/{uuid.uuid4()}").status_code == 404


def test_original_is_streamed_and_never_read_as_a_whole(
    app: Flask, database: Session, blobs: BlobStore, everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = stored(database, blobs, everyone)

    def whole(self: object, key: str) -> bytes:
        raise AssertionError(f"{key} was read as a whole")

    monkeypatch.setattr(type(blobs), "get", whole)
    answer = everyone.client(app, "owner").get(f"/photos/{photo.id}")
    assert answer.data == PICTURE
    assert "Content-Length" not in answer.headers
