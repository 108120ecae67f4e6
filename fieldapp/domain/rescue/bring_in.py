"""Brings in what a rescue file holds, by the use cases of the wire: what came before or comes later is the same."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.actor import actor_of
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Conflict
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.uploads import LastPart
from fieldapp.domain.evidence.uploads import add_part
from fieldapp.domain.evidence.uploads import begin_upload
from fieldapp.domain.rescue.contents import Contents
from fieldapp.domain.rescue.contents import Item
from fieldapp.domain.rescue.read import Rescue
from fieldapp.domain.wire.devices import devices_of
from fieldapp.domain.wire.devices import enrol_device
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.receipts import Named
from fieldapp.domain.wire.receipts import photo_states
from fieldapp.domain.wire.receive import Result
from fieldapp.domain.wire.receive import receive
from fieldapp.domain.wire.received import Office
from fieldapp.domain.wire.sync_request import MOST_SUBMISSIONS
from fieldapp.domain.wire.sync_request import SyncRequest
from fieldapp.models.user import User
from fieldapp.models.wire import PhoneReport
from fieldapp.models.wire import Submission

NOBODY = "This office has no officer with the id {}. Import the file at the office whose app made it."
UNKNOWN = (
    "The office does not know the phone that made this file (key {kid}, officer {email}). "
    "If that officer confirms that it is theirs, import it again with --vouch."
)
SIGNED_OFF = (
    "The phone that made this file was signed off (key {kid}, officer {email}). "
    "If you know that nobody else had it, import the file again with --vouch."
)
LABEL = "Known from a rescue file"


def officer_behind(session: Session, contents: Contents, *, vouched: bool, now: dt.datetime) -> tuple[Actor, str]:
    """Return the officer whose phone made the file, and the officer's e-mail.

    `vouched`: the administrator answers for the phone; then an unknown one is enrolled, and one that was signed off may
    speak this once. Raises Conflict.
    """
    user = session.get(User, contents.officer)
    if user is None:
        raise Conflict(NOBODY.format(contents.officer))
    actor = actor_of(user)
    device = devices_of(session, actor).get(contents.kid)
    if not vouched and (device is None or device.signed_off_at is not None):
        words = UNKNOWN if device is None else SIGNED_OFF
        raise Conflict(words.format(kid=contents.kid, email=user.email))
    if device is None:
        enrol_device(session, actor, {"jwk": dict(contents.jwk), "label": LABEL}, now=now)
    return actor, user.email


def bring_submissions(
    session: Session, actor: Actor, rescue: Rescue, office: Office, key: OfficeKey, *, vouched: bool, now: dt.datetime
) -> list[tuple[Item, Result]]:
    """Take in every submission of the file, as `receive` does; adds the file's own audit entry."""
    items = [item for item in rescue.contents.items if item.kind == "submission"]
    skew = _last_skew(session, actor, rescue.contents.kid)
    found: list[tuple[Item, Result]] = []
    for start in range(0, len(items), MOST_SUBMISSIONS):
        some = items[start : start + MOST_SUBMISSIONS]
        texts = [rescue.content(item).decode("ascii", "replace") for item in some]
        request = SyncRequest(now + skew, None, texts, rescue.contents.kid)
        results = receive(session, actor, request, office, key, now=now, vouched=vouched)
        found.extend(zip(some, results, strict=True))
    kinds = [item.kind for item in rescue.contents.items]
    counts = {name: kinds.count(name) for name in ("submission", "photo", "draft", "draft_photo")}
    record(session, None, "rescue.imported", rescue.contents.file, now=now, vouched=vouched, **counts)
    return found


def begin_photo(
    session: Session, actor: Actor, blobs: BlobStore, rescue: Rescue, item: Item, *, now: dt.datetime
) -> tuple[LastPart | None, Sequence[uuid.UUID]]:
    """Bring a photo's bytes as an upload of the officer; `assemble` and `finish_upload` are the rest.

    Returns None where the office has it already, and the ids of broken-off tries that are replaced.
    """
    meta = {"photo": str(item.id), "submission": str(item.visit), "sha256": item.sha256, "type": item.media_type}
    upload, older = begin_upload(session, actor, item.bytes, meta, now=now)
    if upload.completed_at:
        return None, older
    offset, last = 0, None
    for piece in rescue.pieces(item):
        step = add_part(session, actor, blobs, upload.id, offset, piece)
        last = step if isinstance(step, LastPart) else None
        offset += len(piece)
    return last, older


def is_known(session: Session, actor: Actor, submission: uuid.UUID) -> bool:
    """Say whether the office holds a submission of this officer under the id."""
    mine = select(Submission.id).where(Submission.id == submission, Submission.officer_id == actor.id)
    return session.scalars(mine).first() is not None


def photo_state(session: Session, actor: Actor, item: Item) -> str:
    """Return what a receipt would say of the photo: awaited, stored or quarantined."""
    [(_named, state)] = photo_states(session, actor.id, [Named(item.id, item.sha256)])
    return state


def _last_skew(session: Session, actor: Actor, kid: str) -> dt.timedelta:
    """Return how far the phone's clock was off at its last sync: the file itself cannot tell."""
    report = session.get(PhoneReport, devices_of(session, actor)[kid].id)
    return dt.timedelta(seconds=report.clock_skew_s if report else 0)
