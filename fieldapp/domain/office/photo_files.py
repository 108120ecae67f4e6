"""The bytes of photos for those who may see the visit: the original as it came, the thumbnail, the preview."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_photos
from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import NotFound
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.inspect import thumbnail_key
from fieldapp.domain.evidence.previews import preview_key
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic"}
UNKNOWN = "application/octet-stream"
NOT_HERE = {
    "awaited": "This photo is still on the phone. It is here once the phone has sent it.",
    "quarantined": "What came for this photo does not match what was signed, and is kept apart. Ask the officer.",
}


@dataclass(frozen=True)
class PhotoFile:
    """A picture's bytes in pieces. `media_type` is what was found in them, never what the sender called them."""

    chunks: Iterator[bytes]
    media_type: str
    name: str


def original(session: Session, actor: Actor, blobs: BlobStore, id: uuid.UUID, today: dt.date) -> PhotoFile:
    """Return the photo as the camera gave it. Raises NotFound, also while its verified bytes are not here."""
    photo = _stored(session, actor, id, today)
    known = photo.found_media_type in ENDINGS
    media_type, ending = (photo.found_media_type, ENDINGS[photo.found_media_type]) if known else (UNKNOWN, "bin")
    return PhotoFile(blobs.chunks(photo_key(photo.sha256)), media_type, f"{photo.id}.{ending}")


def thumbnail(session: Session, actor: Actor, blobs: BlobStore, id: uuid.UUID, today: dt.date) -> PhotoFile:
    """Return the photo's thumbnail, a JPEG. Raises NotFound, also for a photo that has none."""
    photo = _stored(session, actor, id, today)
    if not photo.has_thumbnail:
        raise NotFound("This photo has no thumbnail, as it could not be read. Its original is kept.")
    return PhotoFile(blobs.chunks(thumbnail_key(photo.sha256)), "image/jpeg", f"{photo.id}-thumbnail.jpg")


def preview(session: Session, actor: Actor, blobs: BlobStore, id: uuid.UUID, today: dt.date) -> PhotoFile:
    """Return what the phone sent ahead of the original, a JPEG. Raises NotFound where there is none (any more)."""
    photo = one(session, visible_photos(actor, today), Photo.id, id, "This photo")
    if session.get(PhotoPreview, photo.id) is None:
        raise NotFound("This photo has no preview. Load the visit again: its original may be here.")
    return PhotoFile(blobs.chunks(preview_key(photo.id)), "image/jpeg", f"{photo.id}-preview.jpg")


def _stored(session: Session, actor: Actor, id: uuid.UUID, today: dt.date) -> Photo:
    photo = one(session, visible_photos(actor, today), Photo.id, id, "This photo")
    if photo.state != "stored":
        raise NotFound(NOT_HERE[photo.state])
    return photo
