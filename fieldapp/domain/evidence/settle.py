"""Decides what a completed upload means for the photo that a visit names: proved, or set apart, never dropped."""

import datetime as dt

from sqlalchemy.orm import Session

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.inspect import Look
from fieldapp.domain.evidence.inspect import keep
from fieldapp.domain.evidence.inspect import look_into
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.inspect import quarantine_key
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.evidence.previews import supersede_preview
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload

MISMATCH = "What was uploaded is not what the officer signed: the hashes differ. It is kept apart."


def settle_photo(
    session: Session,
    blobs: BlobStore,
    pictures: Pictures,
    photo: Photo,
    upload: Upload,
    about: About,
    *,
    now: dt.datetime,
    look: Look | None = None,
) -> None:
    """Bring the photo's state in line with a completed upload. A proved photo stays proved whatever comes later.

    `look` is what was found in the bytes, where that is known already.
    """
    if upload.found_sha256 == photo.sha256:
        if photo.state != "stored":
            _store(session, blobs, pictures, photo, upload, about, look, now)
        return
    if photo.state != "stored":
        photo.state, photo.problem = "quarantined", MISMATCH
    _set_apart(blobs, upload)
    open_exceptions(session, [Concern("photo-mismatch", str(photo.id), MISMATCH)], about, now=now)


def _store(
    session: Session,
    blobs: BlobStore,
    pictures: Pictures,
    photo: Photo,
    upload: Upload,
    about: About,
    look: Look | None,
    now: dt.datetime,
) -> None:
    key = photo_key(photo.sha256)
    if upload.blob_key != key:
        keep(blobs, key, blobs.get(upload.blob_key))
        upload.blob_key = key
    look = look or look_into(blobs, pictures, photo.sha256, blobs.get(key))
    photo.state, photo.stored_at = "stored", now
    photo.found_media_type, photo.width, photo.height = look.media_type, look.width, look.height
    photo.has_thumbnail, photo.problem = look.has_thumbnail, look.problem
    supersede_preview(session, photo)
    if look.problem:
        concern = Concern("photo-unreadable", str(photo.id), f"The photo is kept, but cannot be shown. {look.problem}")
        open_exceptions(session, [concern], about, now=now)


def _set_apart(blobs: BlobStore, upload: Upload) -> None:
    """Keep the wrong bytes under the upload's own name too: the same bytes may be another photo's right ones."""
    key = quarantine_key(upload.id)
    if upload.blob_key != key:
        keep(blobs, key, blobs.get(upload.blob_key))
        upload.blob_key = key
