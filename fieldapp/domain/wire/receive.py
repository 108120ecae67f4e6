"""The use case behind /sync: each submission by itself is stored, known already, in conflict, set aside or refused."""

import datetime as dt
import logging
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DataError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.insert_once import insert_once
from fieldapp.domain.wire.devices import devices_of
from fieldapp.domain.wire.envelope import Envelope
from fieldapp.domain.wire.envelope import Refused
from fieldapp.domain.wire.envelope import claimed_id
from fieldapp.domain.wire.envelope import kid_of
from fieldapp.domain.wire.envelope import open_envelope
from fieldapp.domain.wire.kinds import CHANGES_THE_DAY
from fieldapp.domain.wire.kinds import apply_kind
from fieldapp.domain.wire.locks import take_locks
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.phone_report import keep_report
from fieldapp.domain.wire.receipts import Kept
from fieldapp.domain.wire.receipts import named_photos
from fieldapp.domain.wire.receipts import receipt_of
from fieldapp.domain.wire.receipts import sign_receipt
from fieldapp.domain.wire.received import Event
from fieldapp.domain.wire.received import Office
from fieldapp.domain.wire.received import Received
from fieldapp.domain.wire.sync_request import SyncRequest
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Device
from fieldapp.models.wire import Submission

LONGEST_REASON = 500
ANOTHER_OFFICER = "This belongs to another officer. It can be sent when that officer signs in on this phone."
UNKNOWN_DEVICE = "The office does not know this phone's key. Open the app online once, then try again."
SIGNED_OFF = (
    "This phone was signed off after it had signed this. Tap “Try again”: it is signed with the phone's new key. "
    "Nothing in it changes."
)
MISTAKE = "The office's program could not work with it. Tell those who keep it; nothing is lost."
UNSTORABLE = "Something in it contradicts what the office has stored already."


log = logging.getLogger("fieldapp.sync")


@dataclass(frozen=True)
class Result:
    """What became of one submission: stored, same, conflict, set_aside or refused.

    `receipt` is a JWS, for all but refused; `new` says that these bytes were not kept before; `events` are for the
    audit log.
    """

    id: str | None
    state: str
    reason: str = ""
    receipt: str = ""
    new: bool = False
    events: tuple[Event, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the result as the wire has it; what is empty is left out."""
        optional = {"reason": self.reason, "receipt": self.receipt}
        return {"id": self.id, "state": self.state, **{name: text for name, text in optional.items() if text}}


@dataclass(frozen=True)
class Sync:
    """One sync while it is worked on."""

    session: Session
    actor: Actor
    office: Office
    key: OfficeKey
    devices: Mapping[str, Device]
    now: dt.datetime
    skew: dt.timedelta
    vouched: bool


def receive(
    session: Session,
    actor: Actor,
    request: SyncRequest,
    office: Office,
    key: OfficeKey,
    *,
    now: dt.datetime,
    vouched: bool = False,
) -> list[Result]:
    """Take in what a phone sends; results in the order of the submissions.

    `vouched`: a person answers for it that this comes from the actor's phone, though it was signed off.

    Signatures are checked first, then everything that parallel syncs could fight over is locked, then each submission
    is worked on in a savepoint of its own, and the audit entries come last. May raise TryLater, then nothing is kept.
    """
    sync = Sync(session, actor, office, key, devices_of(session, actor), now, request.device_now - now, vouched)
    opened = [_open(sync, text) for text in request.submissions]
    envelopes = {place: each for place, each in enumerate(opened) if isinstance(each, Envelope)}
    phone = _phone(sync, request, list(envelopes.values()))
    shared = {name for each in envelopes.values() for name in _fought_over(each)}
    take_locks(session, shared | ({f"phone {phone.kid}"} if phone else set()))
    results = {place: each for place, each in enumerate(opened) if isinstance(each, Result)}
    for place, envelope in sorted(envelopes.items(), key=lambda pair: (pair[1].id, pair[0])):
        results[place] = _receive_one(sync, envelope)
    if phone and request.waiting is not None:
        keep_report(session, phone, request.waiting, _app(request, envelopes.values()), skew=sync.skew, now=now)
    for place, envelope in envelopes.items():
        _audit(sync, envelope, results[place])
    return [results[place] for place in range(len(opened))]


def _open(sync: Sync, text: str) -> Envelope | Result:
    try:
        kid = kid_of(text)
        device = sync.devices.get(kid)
        if device is None:
            known = sync.session.scalars(select(Device.id).where(Device.kid == kid)).first()
            raise Refused(ANOTHER_OFFICER if known else UNKNOWN_DEVICE, claimed_id(text))
        envelope = open_envelope(text, device.public_jwk)
        if envelope.officer != sync.actor.id:
            raise Refused(ANOTHER_OFFICER, str(envelope.id))
        return envelope
    except Refused as error:
        return Result(error.id, "refused", str(error))


def _fought_over(envelope: Envelope) -> Iterator[str]:
    yield f"submission {envelope.id}"
    if envelope.kind in CHANGES_THE_DAY:
        yield f"day of {envelope.officer}"
    if isinstance(envelope.body, dict):
        yield f"person {str(envelope.body.get('supervisee')).lower()}"
    for photo in named_photos(envelope.body):
        yield f"photo {photo.id}"
        yield f"bytes {photo.sha256}"


def _receive_one(sync: Sync, envelope: Envelope) -> Result:
    device = sync.devices[envelope.kid]
    if _is_off(sync, device) or not _insert(sync, envelope, device):
        return _again(sync, envelope, device)
    received = Received(envelope.id, sync.actor, sync.office, envelope.made_at, sync.now, sync.skew)
    reason = _apply(sync, envelope, received)
    submission = sync.session.get_one(Submission, envelope.id)
    if reason is None:
        return replace(_result("stored", sync, submission, envelope.body, new=True), events=tuple(received.events))
    submission.state, submission.reason = "set_aside", reason
    words = f"A signed {envelope.kind.replace('_', ' ')} could not be applied and is kept as it came. {reason}"
    open_exceptions(sync.session, [Concern("set-aside", str(envelope.id), words)], About(sync.actor.id), now=sync.now)
    return _result("set_aside", sync, submission, envelope.body, reason, new=True)


def _is_off(sync: Sync, device: Device) -> bool:
    return device.signed_off_at is not None and not sync.vouched


def _insert(sync: Sync, envelope: Envelope, device: Device) -> bool:
    return insert_once(
        sync.session,
        Submission,
        ("id",),
        id=envelope.id,
        kind=envelope.kind,
        officer_id=sync.actor.id,
        device_id=device.id,
        made_at=envelope.made_at,
        received_at=sync.now,
        clock_skew_s=sync.skew.total_seconds(),
        app=envelope.app,
        jws=envelope.jws,
        sha256=envelope.sha256,
        state="stored",
    )


def _apply(sync: Sync, envelope: Envelope, received: Received) -> str | None:
    """Apply in a savepoint; returns the words why it could not be applied, or None."""
    try:
        with sync.session.begin_nested():
            apply_kind(sync.session, envelope.kind, received, envelope.body)
    except (Invalid, NotFound, Conflict) as error:
        return str(error)[:LONGEST_REASON]
    except (IntegrityError, DataError):
        return UNSTORABLE
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        # a mistake of ours must neither lose the evidence nor hold up what comes after it
        log.error("submission %s could not be applied: %s", envelope.id, type(error).__name__)
        return MISTAKE
    return None


def _again(sync: Sync, envelope: Envelope, device: Device) -> Result:
    first = sync.session.get(Submission, envelope.id)
    if first is not None and first.sha256 == envelope.sha256 and first.officer_id == sync.actor.id:
        return _result("same", sync, first, envelope.body)
    if _is_off(sync, device) or first is None:
        return Result(str(envelope.id), "refused", SIGNED_OFF)
    return _keep_beside(sync, envelope, device)


def _keep_beside(sync: Sync, envelope: Envelope, device: Device) -> Result:
    new = insert_once(
        sync.session,
        ConflictingSubmission,
        ("submission_id", "sha256"),
        submission_id=envelope.id,
        officer_id=sync.actor.id,
        device_id=device.id,
        received_at=sync.now,
        jws=envelope.jws,
        sha256=envelope.sha256,
    )
    words = "A second submission came under the id of another one. Both are kept; decide which one holds."
    open_exceptions(sync.session, [Concern("conflict", str(envelope.id), words)], About(sync.actor.id), now=sync.now)
    other = select(ConflictingSubmission).where(
        ConflictingSubmission.submission_id == envelope.id, ConflictingSubmission.sha256 == envelope.sha256
    )
    return _result("conflict", sync, sync.session.scalars(other).one(), envelope.body, words, new=new)


def _result(state: str, sync: Sync, kept: Kept, body: Any, reason: str = "", *, new: bool = False) -> Result:
    receipt = receipt_of(sync.session, kept, body)
    return Result(str(receipt.submission), state, reason, sign_receipt(receipt, sync.key), new)


def _phone(sync: Sync, request: SyncRequest, envelopes: list[Envelope]) -> Device | None:
    """Return the phone that speaks: the one that signed what it sends, else the one it says it is."""
    device = sync.devices.get(envelopes[0].kid if envelopes else request.kid or "")
    return device if device and device.signed_off_at is None else None


def _app(request: SyncRequest, envelopes: Iterable[Envelope]) -> str | None:
    """Return the version that the phone runs; where it does not say, the one that made the latest of what it sends."""
    latest = max(((each.made_at, each.app) for each in envelopes), default=(None, None))
    return (request.waiting.app if request.waiting else "") or latest[1]


def _audit(sync: Sync, envelope: Envelope, result: Result) -> None:
    if result.new:
        record(
            sync.session, sync.actor, f"submission.{result.state}", envelope.id,
            now=sync.now, kind=envelope.kind, sha256=envelope.sha256,
        )  # fmt: skip
    for event in result.events:
        record(sync.session, sync.actor, event.name, event.subject, now=sync.now, **event.details)
