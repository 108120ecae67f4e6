"""What a phone signed and what the office answered, for whoever wants to verify a visit without the office."""

import datetime as dt
import uuid

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import NotFound
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.receipts import Kept
from fieldapp.domain.wire.receipts import Receipt
from fieldapp.domain.wire.receipts import receipt_of
from fieldapp.domain.wire.strict_json import parse_json
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission


def signed_submission(session: Session, actor: Actor, visit_id: uuid.UUID, today: dt.date, sha256: str = "") -> Kept:
    """Return what the phone signed, byte for byte; `sha256` asks for other bytes that came under the same id.

    Raises NotFound.
    """
    visit = one(session, visible_visits(actor, today), Visit.id, visit_id, "This visit")
    first = session.get_one(Submission, visit.id)
    if sha256 in ("", first.sha256):
        return first
    other = session.scalars(conflicts_of(visit.id).where(ConflictingSubmission.sha256 == sha256)).first()
    if other is None:
        raise NotFound("No submission with this SHA-256 came for this visit. Open the visit again and take its link.")
    return other


def visit_receipt(session: Session, actor: Actor, visit_id: uuid.UUID, today: dt.date, sha256: str = "") -> Receipt:
    """Return the receipt of a visit's submission with its photos as they stand now. Raises NotFound."""
    kept = signed_submission(session, actor, visit_id, today, sha256)
    payload = parse_json(decode_part(kept.jws.split(".")[1]), "payload")
    return receipt_of(session, kept, payload.get("body"))


def conflicts_of(visit_id: uuid.UUID) -> Select[ConflictingSubmission]:
    """Select the other bytes that came under a visit's id."""
    return select(ConflictingSubmission).where(ConflictingSubmission.submission_id == visit_id)
