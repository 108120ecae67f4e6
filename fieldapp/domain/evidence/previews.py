"""Previews: small pictures that phones send ahead of the originals, so that the office sees at once. Never evidence."""

import datetime as dt
import uuid

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.insert_once import insert_once
from fieldapp.domain.wire.locks import take_locks
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview
from fieldapp.models.visit import Visit

MOST_PREVIEW_BYTES = 60_000
PREVIEW_SIDE = 1024


def preview_key(photo_id: uuid.UUID) -> str:
    """Return where a photo's preview lies: apart from all that is evidence, under the photo's id and no hash."""
    return f"previews/{photo_id}.jpg"


def read_preview(pictures: Pictures, data: bytes) -> bytes:
    """Return the preview as a new JPEG of pixels and nothing else.

    Raises Invalid for more than MOST_PREVIEW_BYTES and for what is no JPEG; NotAPicture, Truncated, TooManyPixels.
    """
    if len(data) > MOST_PREVIEW_BYTES:
        raise Invalid({"preview": f"A preview may have at most {MOST_PREVIEW_BYTES // 1000} KB. Make it smaller."})
    if pictures.inspect(data).media_type != "image/jpeg":
        raise Invalid({"preview": "A preview must be a JPEG. Send it as one, or send the original alone."})
    return pictures.thumbnail(data, PREVIEW_SIDE)


def keep_preview(
    session: Session, actor: Actor, blobs: BlobStore, photo_id: uuid.UUID, picture: bytes, *, now: dt.datetime
) -> None:
    """Keep what `read_preview` returned until the original shows itself; the same again changes nothing.

    Raises NotFound unless a visit of the actor's own names the photo.
    """
    take_locks(session, [f"photo {photo_id}"])
    mine = select(Photo).join(Visit, Visit.id == Photo.visit_id).where(Visit.officer_id == actor.id)
    photo = session.scalars(mine.where(Photo.id == photo_id)).first()
    if photo is None:
        raise NotFound("No visit of yours that the office holds names this photo. Send the visit first.")
    if shows_itself(photo):
        return
    if insert_once(session, PhotoPreview, ("photo_id",), photo_id=photo_id, received_at=now, bytes=len(picture)):
        key = preview_key(photo_id)
        blobs.delete(key)  # a request that ended between here and its commit may have left one that nobody was told of
        blobs.put_new(key, picture)
        record(session, actor, "photo.preview_received", photo_id, now=now)


def shows_itself(photo: Photo) -> bool:
    """Whether the original is proved and has a thumbnail, so that no preview has to stand in for it."""
    return photo.state == "stored" and photo.has_thumbnail


def supersede_preview(session: Session, photo: Photo) -> None:
    """Forget the preview of a photo that shows itself."""
    if shows_itself(photo):
        session.execute(delete(PhotoPreview).where(PhotoPreview.photo_id == photo.id))


def drop_superseded(session: Session, blobs: BlobStore, photo_id: uuid.UUID) -> None:
    """Remove the picture of a preview that is forgotten, once that is committed."""
    if session.get(PhotoPreview, photo_id) is None:
        blobs.delete(preview_key(photo_id))
