"""tus uploads of photos: begun, brought part by part, given up. Offsets move by one conditional UPDATE each."""

import datetime as dt
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.visit import LONGEST_TYPE
from fieldapp.domain.wire.visit import MOST_PHOTO_BYTES
from fieldapp.domain.wire.visit import SHA256
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload


class TooLarge(Invalid):
    """More bytes than a photo may have, or than were announced."""


class WrongOffset(Conflict):
    """The part does not begin where the bytes received so far end."""


@dataclass(frozen=True)
class LastPart:
    """All bytes of an upload are in the store, and nobody has been told yet. `expected` are the hashes announced."""

    upload_id: uuid.UUID
    offset: int
    length: int
    expected: frozenset[str]


def begin_upload(
    session: Session, actor: Actor, length: int, metadata: Mapping[str, str], *, now: dt.datetime
) -> tuple[Upload, Sequence[uuid.UUID]]:
    """Return a new upload, or the complete one of the very same photo, and the ids of older tries that it replaces.

    `metadata` holds photo, submission (UUIDs), sha256 (hex) and type. Raises Invalid, TooLarge.
    """
    if length > MOST_PHOTO_BYTES:
        raise TooLarge(
            {"Upload-Length": f"A photo may have at most {MOST_PHOTO_BYTES // 1024**2} MiB. Take it again, smaller."}
        )
    if length < 1:
        raise Invalid({"Upload-Length": "This photo is empty. Take it again."})
    fields = Fields(dict(metadata), "Upload-Metadata")
    photo_id, sha256 = fields.uuid("photo"), fields.match("sha256", SHA256, "64 hex digits")
    same = select(Upload).where(Upload.officer_id == actor.id, Upload.photo_id == photo_id, Upload.sha256 == sha256)
    complete = session.scalars(same.where(Upload.completed_at.is_not(None), Upload.found_sha256 == sha256)).first()
    if complete:
        return complete, []
    older = [upload.id for upload in session.scalars(same.where(Upload.completed_at.is_(None)))]
    session.execute(delete(Upload).where(Upload.id.in_(older), Upload.completed_at.is_(None)))
    upload = Upload(
        officer_id=actor.id,
        photo_id=photo_id,
        submission_id=fields.uuid("submission"),
        sha256=sha256,
        media_type=fields.text("type", LONGEST_TYPE, absent=""),
        length=length,
        created_at=now,
    )
    session.add(upload)
    session.flush()
    return upload, older


def find_upload(session: Session, actor: Actor, id: uuid.UUID, *, locked: bool = False) -> Upload:
    """Return the actor's own upload, if wanted with its row locked. Raises NotFound."""
    mine = select(Upload).where(Upload.id == id, Upload.officer_id == actor.id)
    found = session.scalars(mine.with_for_update() if locked else mine).first()
    if found is None:
        raise NotFound("The office does not know this upload. Begin it again.")
    return found


def add_part(
    session: Session, actor: Actor, blobs: BlobStore, id: uuid.UUID, offset: int, part: bytes
) -> Upload | LastPart:
    """Store a part. The last one leaves the offset where it was: only `finish_upload` tells that all is there.

    Raises NotFound, WrongOffset, TooLarge.
    """
    upload = find_upload(session, actor, id, locked=True)
    if offset != upload.received or upload.completed_at:
        raise WrongOffset(f"The office has {upload.received} bytes of this photo. Go on from there.")
    end = offset + len(part)
    if end > upload.length:
        raise TooLarge({"Upload-Length": f"This upload was announced with {upload.length} bytes. Begin it again."})
    if part:
        _overwrite(blobs, part_key(id, offset), part)
    if end == upload.length:
        signed = session.scalars(select(Photo.sha256).where(Photo.id == upload.photo_id)).first()
        return LastPart(id, offset, end, frozenset({upload.sha256, signed or upload.sha256}))
    move_on(session, id, offset, received=end)
    return upload


def move_on(session: Session, id: uuid.UUID, offset: int, **values: object) -> None:
    """Write `values` if the upload still stands at `offset`, in one statement. Raises WrongOffset."""
    standing = update(Upload).where(Upload.id == id, Upload.received == offset, Upload.completed_at.is_(None))
    moved = session.execute(standing.values(**values))
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an update has one
        raise WrongOffset("Another request has sent this part already. Ask how far it is, and go on from there.")


def give_up_upload(session: Session, actor: Actor, id: uuid.UUID) -> None:
    """Forget an upload that is not complete. Raises NotFound, Forbidden for bytes that are evidence already."""
    upload = find_upload(session, actor, id, locked=True)
    if upload.completed_at:
        raise Forbidden("This photo has arrived and is kept as evidence. It cannot be taken back.")
    session.delete(upload)
    session.flush()


def drop_parts(blobs: BlobStore, ids: Sequence[uuid.UUID]) -> None:
    """Remove the parts of uploads that are complete or given up, once that is committed."""
    for id in ids:
        for key in blobs.list(f"uploads/{id}"):
            blobs.delete(key)


def part_key(id: uuid.UUID, offset: int) -> str:
    """Return where the part lies that begins at this offset."""
    return f"uploads/{id}/{offset}"


def _overwrite(blobs: BlobStore, key: str, part: bytes) -> None:
    # a part that nobody was told of may lie there: its request ended between here and the commit
    blobs.delete(key)
    blobs.put_new(key, part)
