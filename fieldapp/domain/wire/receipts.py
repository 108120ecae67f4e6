"""Receipts: the office's signed word that it holds a submission and, by their hashes, which of its photos."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.strict_json import parse_json
from fieldapp.domain.wire.visit import MOST_PHOTOS
from fieldapp.domain.wire.visit import SHA256
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission

TYP = "fieldapp-receipt+jws"
Kept = Submission | ConflictingSubmission


def moment_text(moment: dt.datetime) -> str:
    """Return the moment as the wire writes it: UTC with milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Named:
    """A photo as a signed payload names it."""

    id: uuid.UUID
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. `photos` pairs each photo with awaited, stored or quarantined."""

    submission: uuid.UUID
    sha256: str
    received_at: dt.datetime
    photos: Sequence[tuple[Named, str]]

    def payload(self) -> bytes:
        """Return the JSON that is signed; the moment in UTC with milliseconds."""
        photos = [{"id": str(photo.id), "sha256": photo.sha256, "state": state} for photo, state in self.photos]
        moment = moment_text(self.received_at)
        facts = {"submission": str(self.submission), "sha256": self.sha256, "received_at": moment, "photos": photos}
        return json.dumps(facts, separators=(",", ":")).encode()


def sign_receipt(receipt: Receipt, key: OfficeKey) -> str:
    """Return the receipt as a compact JWS by the office's key."""
    return key.sign(receipt.payload(), TYP)


def receipt_of(session: Session, kept: Kept, body: Any) -> Receipt:
    """Return the receipt of a submission, applied or only kept, whose payload holds this body."""
    id = kept.id if isinstance(kept, Submission) else kept.submission_id
    return Receipt(id, kept.sha256, kept.received_at, photo_states(session, kept.officer_id, named_photos(body)))


def find_receipt(session: Session, actor: Actor, id: uuid.UUID, sha256: str | None = None) -> Receipt:
    """Return the current receipt of the actor's submission; `sha256` asks for certain bytes where the id has several.

    The photos of all bytes that the actor sent under this id are listed. Raises NotFound.
    """
    first = select(Submission).where(Submission.id == id, Submission.officer_id == actor.id)
    others = select(ConflictingSubmission).where(
        ConflictingSubmission.submission_id == id, ConflictingSubmission.officer_id == actor.id
    )
    kept: list[Kept] = [*session.scalars(first), *session.scalars(others.order_by(ConflictingSubmission.sha256))]
    asked = next((each for each in kept if sha256 in (None, each.sha256)), None)
    if asked is None:
        raise NotFound("The office holds no such submission of yours. Send it again.")
    named = dict.fromkeys(photo for each in kept for photo in named_photos(_body(each.jws)))
    return Receipt(id, asked.sha256, asked.received_at, photo_states(session, actor.id, named))


def photo_states(session: Session, officer_id: uuid.UUID, named: Iterable[Named]) -> list[tuple[Named, str]]:
    """Return each photo's state: that of its visit's row, else what was uploaded for a visit that was not applied."""
    photos = list(named)
    if not photos:
        return []
    ids = {photo.id for photo in photos}
    rows = select(Photo.id, Photo.sha256, Photo.state).where(Photo.id.in_(ids))
    uploads = select(Upload.photo_id, Upload.found_sha256).where(
        Upload.photo_id.in_(ids), Upload.officer_id == officer_id, Upload.completed_at.is_not(None)
    )
    known = {Named(id, sha256): state for id, sha256, state in session.execute(rows)}
    brought = {Named(id, sha256) for id, sha256 in session.execute(uploads)}
    some = {photo.id for photo in brought}
    return [
        (
            photo,
            known.get(photo) or ("stored" if photo in brought else "quarantined" if photo.id in some else "awaited"),
        )
        for photo in photos
    ]


def named_photos(body: Any) -> list[Named]:
    """Return the photos that a signed body names, whatever else is wrong with it."""
    entries = body.get("photos") if isinstance(body, dict) else None
    found = []
    for entry in entries[:MOST_PHOTOS] if isinstance(entries, list) else ():
        try:
            fields = fields_of(entry)
            found.append(Named(fields.uuid("id"), fields.match("sha256", SHA256, "64 hex digits")))
        except Invalid:
            continue
    return list(dict.fromkeys(found))


def _body(jws: str) -> Any:
    payload = parse_json(decode_part(jws.split(".")[1]), "payload")
    return payload.get("body")
