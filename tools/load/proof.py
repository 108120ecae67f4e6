"""Looks afterwards whether the database holds what was sent, once and unaltered, and whether the receipts say so."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.models.audit import AuditEntry
from fieldapp.models.contact import Contact
from fieldapp.models.evidence import Photo
from fieldapp.models.field import CaseNote
from fieldapp.models.field import CheckIn
from fieldapp.models.visit import Answer
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission
from tools.load.client import Seen
from tools.load.traffic import Traffic

TABLES = {"visit": Visit, "check_in": CheckIn, "note": CaseNote}


def faults(session: Session, traffic: Traffic) -> Iterator[str]:
    """Yield a sentence for everything that is lost, doubled, altered or broken."""
    kept = {str(id): (sha256, state) for id, sha256, state in session.execute(
        select(Submission.id, Submission.sha256, Submission.state)
    )}  # fmt: skip
    sent = {id: (signed.sha256, "stored") for id, signed in traffic.new.items()}
    yield from (f"submission {id} is {kept.get(id, 'lost')}" for id in sent if kept.get(id) != sent[id])
    yield from (f"submission {id} was never sent" for id in kept.keys() - sent.keys())
    for kind, table in TABLES.items():
        there = {str(id) for id in session.scalars(select(table.id))}
        wanted = {id for id, each in traffic.kinds.items() if each == kind}
        if there != wanted:
            yield f"{len(wanted - there)} of the kind {kind} lost, {len(there - wanted)} too many"
    others = Counter((str(id), sha) for id, sha in session.execute(
        select(ConflictingSubmission.submission_id, ConflictingSubmission.sha256)
    ))  # fmt: skip
    if others != Counter((id, signed.sha256) for id, signed in traffic.altered):
        yield f"{len(traffic.altered)} altered ones were sent, {others.total()} are kept beside the first"
    yield from _parts(session, traffic)


def wrong_receipts(seen: Seen, jwks: bytes) -> Iterator[str]:
    """Yield a sentence for every receipt that the office's public key does not prove, or that is about other bytes."""
    key = ECKey.import_key(json.loads(jwks)["keys"][0])
    for sha256, text in seen.receipts:
        try:
            said = json.loads(jws.deserialize_compact(text, key, algorithms=["ES256"]).payload)
        except (JoseError, ValueError) as error:
            yield f"a receipt is not the office's: {error}"
            continue
        if said["sha256"] != sha256:
            yield f"the receipt of {said['submission']} is about other bytes"


def _parts(session: Session, traffic: Traffic) -> Iterator[str]:
    visits = {id for id, kind in traffic.kinds.items() if kind == "visit"}
    found = dict(Counter(session.scalars(select(Answer.visit_id))))
    wanted = {uuid.UUID(id): n for id in visits if (n := _answers(traffic.new[id].jws))}
    if found != wanted:
        yield f"{sum(wanted.values())} answers were sent, {sum(found.values())} are kept, or with other visits"
    contacts = _count(session, Contact)
    if contacts != len(visits):
        yield f"{len(visits)} visits made {contacts} contacts"
    stored = {(str(id), str(visit), sha) for id, visit, sha in session.execute(
        select(Photo.id, Photo.visit_id, Photo.sha256).where(Photo.state == "stored", Photo.has_thumbnail)
    )}  # fmt: skip
    if stored != {(photo.id, photo.visit, photo.sha256) for photo in traffic.photos}:
        yield f"{len(traffic.photos)} photos were sent, {len(stored)} are stored"
    broken = first_broken(session)
    if broken is not None:
        yield f"the audit chain is broken at {broken}"
    told = session.scalar(select(func.count()).where(AuditEntry.event.like("submission.%")))
    if told != len(traffic.new) + len(traffic.altered):
        yield f"{len(traffic.new) + len(traffic.altered)} submissions have {told} entries in the audit log"


def _answers(text: str) -> int:
    return len(json.loads(jws.extract_compact(text.encode()).payload)["body"]["answers"])


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
