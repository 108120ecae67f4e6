"""The end of an upload: all parts become one original, hashed and looked into, and then the database is told."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import NotFound
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.inspect import Look
from fieldapp.domain.evidence.inspect import keep
from fieldapp.domain.evidence.inspect import look_into
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.inspect import quarantine_key
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.evidence.settle import settle_photo
from fieldapp.domain.evidence.uploads import LastPart
from fieldapp.domain.evidence.uploads import find_upload
from fieldapp.domain.evidence.uploads import move_on
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.wire.locks import take_locks
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.visit import Visit


@dataclass(frozen=True)
class Original:
    """The whole file as it arrived, stored under `key`. `look` is None for bytes that were not announced."""

    last: LastPart
    sha256: str
    key: str
    look: Look | None


def assemble(blobs: BlobStore, pictures: Pictures, last: LastPart) -> Original:
    """Join the parts, store the original under its own hash (or in quarantine) and make the thumbnail.

    Needs no database, so that none waits for it; the same again changes nothing. Raises NotFound where parts are gone.
    """
    keys = sorted(blobs.list(f"uploads/{last.upload_id}"), key=lambda key: int(key.rsplit("/", 1)[1]))
    data = b"".join(chunk for key in keys for chunk in blobs.chunks(key))
    if len(data) != last.length:
        raise NotFound("Parts of this upload are not there any more. Begin it again.")
    sha256 = hashlib.sha256(data).hexdigest()
    announced = sha256 in last.expected
    key = photo_key(sha256) if announced else quarantine_key(last.upload_id)
    keep(blobs, key, data)
    return Original(last, sha256, key, look_into(blobs, pictures, sha256, data) if announced else None)


def finish_upload(
    session: Session, actor: Actor, blobs: BlobStore, pictures: Pictures, original: Original, *, now: dt.datetime
) -> Upload:
    """Tell the database that the original is there, and the photo that it was for, if its visit has arrived.

    Raises NotFound, WrongOffset where a parallel request was faster.
    """
    last = original.last
    take_locks(session, [f"photo {find_upload(session, actor, last.upload_id).photo_id}"])
    move_on(
        session, last.upload_id, last.offset,
        received=last.length, completed_at=now, found_sha256=original.sha256, blob_key=original.key,
    )  # fmt: skip
    upload = find_upload(session, actor, last.upload_id)
    session.refresh(upload)
    photo = session.get(Photo, upload.photo_id, populate_existing=True)
    visit = session.get_one(Visit, photo.visit_id) if photo else None
    if photo and visit and visit.officer_id == actor.id:
        about = About(visit.officer_id, visit.supervisee_id, visit.id)
        settle_photo(session, blobs, pictures, photo, upload, about, now=now, look=original.look)
    record(session, actor, "photo.received", upload.photo_id, now=now, sha256=original.sha256)
    return upload
