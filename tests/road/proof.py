"""What became of every visit of the ledger: a sentence for each that is lost, doubled or altered."""

import hashlib
import json
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.adapters.blob_store import folder_store
from fieldapp.domain.audit import first_broken
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.models.contact import Contact
from fieldapp.models.evidence import Photo
from fieldapp.models.field import CheckIn
from fieldapp.models.visit import Visit as KeptVisit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission
from tests.road.ledger import Ledger
from tests.road.ledger import Visit
from tests.road.office import Office

Look = dict[str, list[dict[str, Any]]]


@dataclass
class Verdict:
    """Sentences, by what they complain of."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    @property
    def everything(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.altered]


def compare(ledger: Ledger, office: Office, receipts: Iterable[str]) -> Verdict:
    """Compares the office with the ledger; `receipts` are the last ones, one a submission."""
    verdict = Verdict()
    with office.session() as session:
        _submissions(session, ledger, verdict)
        _visits(session, ledger, verdict)
        _check_ins(session, ledger, verdict)
        _photos(session, ledger, office, verdict)
        if first_broken(session) is not None:
            verdict.altered.append("the audit log's chain is broken")
    keys = office_keys(office)
    verdict.altered += [problem for text in ledger.receipts for _said, problem in [read(text, keys)] if problem]
    _receipts(ledger, list(receipts), keys, verdict)
    return verdict


def office_keys(office: Office) -> KeySet:
    """The public keys as anybody finds them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{office.port}/.well-known/jwks.json", timeout=30) as answer:
        return KeySet.import_key_set(json.load(answer))


def read(text: str, keys: KeySet) -> tuple[dict[str, Any], str | None]:
    """What a receipt says, or why it is none."""
    try:
        return json.loads(jws.deserialize_compact(text, keys, algorithms=["ES256"]).payload), None
    except (JoseError, ValueError) as error:
        return {}, f"a receipt is not the office's: {error}"


def _submissions(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    kept = {str(row.id): row for row in session.scalars(select(Submission))}
    for visit in ledger.submitted:
        row = kept.get(visit.id)
        if row is None:
            verdict.lost.append(f"visit {visit.id} is not with the office")
            continue
        signed = {visit.jws} - {None} | ledger.seen.get(visit.id, set())
        if signed != {row.jws} or row.sha256 != hashlib.sha256(row.jws.encode()).hexdigest():
            verdict.altered.append(f"visit {visit.id} was signed as {len(signed)} texts, and not as the office has it")
        if (str(row.officer_id), row.state) != (visit.officer.id, "stored"):
            verdict.altered.append(f"visit {visit.id} is {row.state} {row.reason}, of officer {row.officer_id}")
    known = {visit.id for visit in ledger.visits} | {visit.check_in for visit in ledger.visits}
    verdict.doubled += [f"submission {id} is in no ledger" for id in kept.keys() - known]
    conflicts = session.scalar(select(func.count()).select_from(ConflictingSubmission))
    if conflicts:
        verdict.doubled.append(f"{conflicts} submissions came a second time with other bytes")


def _visits(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    notes = Counter(session.scalars(select(KeptVisit.outcome_note)))
    for visit in ledger.submitted:
        if notes[visit.note] == 0:
            verdict.lost.append(f"no visit has the note of {visit.id}")
        if notes[visit.note] > 1:
            verdict.doubled.append(f"{notes[visit.note]} visits have the note of {visit.id}")
    for id, note in session.execute(select(KeptVisit.id, KeptVisit.outcome_note)):
        if note not in {visit.note for visit in ledger.visits if visit.id == str(id)}:
            verdict.altered.append(f"visit {id} has another note")
    contacts = session.scalar(select(func.count()).select_from(Contact)) or 0
    if contacts > notes.total():
        verdict.doubled.append(f"{notes.total()} visits made {contacts} contacts")
    if contacts < notes.total():
        verdict.lost.append(f"{notes.total()} visits made {contacts} contacts")


def _check_ins(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    kept = Counter(str(id) for id in session.scalars(select(CheckIn.id)))
    wanted = {visit.check_in for visit in ledger.submitted if visit.check_in}
    verdict.lost += [f"check-in {id} is not with the office" for id in wanted - kept.keys()]
    verdict.doubled += [f"check-in {id} is there {times} times" for id, times in kept.items() if times > 1]


def _photos(session: Session, ledger: Ledger, office: Office, verdict: Verdict) -> None:
    blobs = folder_store(office.folder / "blobs")
    kept = Counter(
        (str(visit), sha256, state)
        for visit, sha256, state in session.execute(select(Photo.visit_id, Photo.sha256, Photo.state))
    )
    for visit in ledger.submitted:
        for sha256 in visit.sha256s:
            times = kept.pop((visit.id, sha256, "stored"), 0)
            if times > 1:
                verdict.doubled.append(f"photo {sha256[:8]} of visit {visit.id} is stored {times} times")
            if times == 0:
                verdict.lost.append(f"photo {sha256[:8]} of visit {visit.id} is not stored")
                for state in ("awaited", "quarantined"):
                    kept.pop((visit.id, sha256, state), None)
            elif hashlib.sha256(b"".join(blobs.chunks(photo_key(sha256)))).hexdigest() != sha256:
                verdict.altered.append(f"photo {sha256[:8]} of visit {visit.id} has other bytes")
    verdict.doubled += [f"photo {sha256[:8]} of visit {id} is {state} beside the ledger" for id, sha256, state in kept]


def _receipts(ledger: Ledger, receipts: list[str], keys: KeySet, verdict: Verdict) -> None:
    said = {receipt.get("submission"): receipt for receipt, _problem in (read(text, keys) for text in receipts)}
    for visit in ledger.submitted:
        receipt = said.get(visit.id)
        if receipt is None:
            verdict.lost.append(f"visit {visit.id} has no valid receipt")
            continue
        texts = ledger.seen.get(visit.id, set())
        if {receipt["sha256"]} != {hashlib.sha256(text.encode()).hexdigest() for text in texts}:
            verdict.altered.append(f"the receipt of visit {visit.id} is about other bytes")
        listed = Counter((photo["sha256"], photo["state"]) for photo in receipt["photos"])
        if listed != Counter((sha256, "stored") for sha256 in visit.sha256s):
            verdict.altered.append(f"the receipt of visit {visit.id} lists other photos")


def kept_after_the_kill(ledger: Ledger, look: Look, office: Office) -> Iterator[str]:
    """Compares a phone that was just opened again with the ledger; a visit whose submission was cut may go both ways.

    The phone was looked at before the office is: what is sent in between is seen at least once.
    """
    drafts = {row["id"]: row for row in look["drafts"]}
    queued = {row["id"]: row for row in look["outbox"]}
    photos = {(row["visit"], row["sha256"]) for row in look["photos"] if row["found"] == row["sha256"]}
    with office.session() as session:
        sent = {str(id): text for id, text in session.execute(select(Submission.id, Submission.jws))}
        stored = select(Photo.visit_id, Photo.sha256).where(Photo.state == "stored")
        photos |= {(str(id), sha256) for id, sha256 in session.execute(stored)}
    for visit in ledger.visits:
        if not visit.begun and visit.stop:
            begun = [row for row in drafts.values() if row["stop"] == visit.stop]
            if begun:
                visit.adopt(begun[0])
        yield from _kept(visit, drafts.get(visit.id), sent.get(visit.id) or queued.get(visit.id, {}).get("jws"))
        if visit.begun:
            there = {sha256 for id, sha256 in photos if id == visit.id}
            lacking = visit.taken - there
            yield from (f"photo {sha256[:8]} of visit {visit.id} is gone after the kill" for sha256 in lacking)
            visit.taken |= there  # kept before the kill, unheard of: who made it sees it, and does not take it again


def _kept(visit: Visit, draft: dict[str, Any] | None, signed: str | None) -> Iterator[str]:
    if draft and signed:
        yield f"visit {visit.id} is a draft and a submission at once"
    if visit.begun and not draft and not signed:
        yield f"visit {visit.id} is gone after the kill"
    if visit.submitted and not signed:
        yield f"visit {visit.id} was submitted and is not after the kill"
    if signed and not visit.submitting:
        yield f"visit {visit.id} was never submitted and yet is"
    if draft and visit.answered and draft["body"].get("outcome_note") != visit.note:
        yield f"the answer of visit {visit.id} is gone after the kill"
    if signed and not visit.submitted:
        visit.submitted, visit.jws = True, signed
    if draft:
        visit.begun = True


def settled(look: Look, officer: uuid.UUID | str) -> bool:
    """Whether nothing of this officer's is left on the phone."""
    return not [row for store in look.values() for row in store if row["officer"] == str(officer)]
