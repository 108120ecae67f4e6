"""One visit in full, as a supervisor reads it: what was certified, what arrived of it, and what proves it."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.checklist.template import Outcome
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.office.answer_words import DISCOVERY
from fieldapp.domain.office.answer_words import Answered
from fieldapp.domain.office.answer_words import SectionAnswers
from fieldapp.domain.office.answer_words import answered_with
from fieldapp.domain.office.answer_words import sections_of
from fieldapp.domain.office.arrivals import by_weight
from fieldapp.domain.office.open_exceptions import OpenException
from fieldapp.domain.office.open_exceptions import exceptions_of
from fieldapp.domain.office.photo_lines import PhotoLine
from fieldapp.domain.office.photo_lines import VisitPhotos
from fieldapp.domain.office.photo_lines import photos_of
from fieldapp.domain.office.signed import conflicts_of
from fieldapp.domain.wire.envelope import sha256_of
from fieldapp.domain.wire.envelope import verified
from fieldapp.domain.wire.received import CLOCK_TOLERANCE
from fieldapp.models.contact import Contact
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Device
from fieldapp.models.wire import Submission

PLACES = {"residence": "Home", "employment": "Work"}


@dataclass(frozen=True)
class Proof:
    """The signed submission behind the visit, checked again now.

    `hash_matches`: the JWS still has the SHA-256 noted at receipt; `signature_holds`: the device's key signed it.
    """

    submission: Submission
    device: Device
    hash_matches: bool
    signature_holds: bool
    conflicts: Sequence[ConflictingSubmission]


@dataclass(frozen=True)
class FlagLine:
    """One flag with how it was discovered (in words) and how many photos the visit names for its question."""

    row: VisitFlag
    discovery: str
    photos: int


@dataclass(frozen=True)
class VisitRecord:
    """Everything of one visit. `contact` is the credit it gave, None where it gave none."""

    visit: Visit
    template: Template
    outcome: Outcome
    flags: Sequence[FlagLine]
    sections: Sequence[SectionAnswers]
    photos: VisitPhotos
    contact: Contact | None
    proof: Proof
    exceptions: Sequence[OpenException]

    def answered(self, value: str) -> list[Answered]:
        """Return the four-way answers with this value."""
        return answered_with(self.sections, value)

    @property
    def minutes(self) -> float:
        """How long the visit took, by the phone's clock."""
        return (self.visit.left_at - self.visit.arrived_at).total_seconds() / 60

    @property
    def clock(self) -> str:
        """How far the phone's clock was off when the visit came in."""
        return clock_words(self.visit.clock_skew_s)

    @property
    def clock_wrong(self) -> bool:
        """True when the phone's clock was off by more than minutes."""
        return abs(self.visit.clock_skew_s) > CLOCK_TOLERANCE.total_seconds()

    @property
    def credit(self) -> str:
        """What the visit counts as, in words."""
        return credit_words(self.contact)

    @property
    def answers(self) -> int:
        """How many questions were answered."""
        return sum(len(section.answers) for section in self.sections)


def visit_record(session: Session, actor: Actor, id: uuid.UUID, library: Library, today: dt.date) -> VisitRecord:
    """Return a visit that the actor may see. Raises NotFound, also where the office lacks the checklist's version."""
    query = visible_visits(actor, today).options(
        joinedload(Visit.supervisee),
        joinedload(Visit.officer),
        joinedload(Visit.address),
        selectinload(Visit.answers),
        selectinload(Visit.rows),
        selectinload(Visit.flags).joinedload(VisitFlag.condition),
    )
    visit = one(session, query, Visit.id, id, "This visit")
    template = library.exact(visit.checklist_key, visit.checklist_version)
    photos = photos_of(session, template, visit)
    return VisitRecord(
        visit=visit,
        template=template,
        outcome=template.outcome(visit.outcome),
        flags=_flags(visit, photos.lines),
        sections=sections_of(template, visit),
        photos=photos,
        contact=session.scalars(select(Contact).where(Contact.visit_id == id)).first(),
        proof=_proof(session, visit),
        exceptions=exceptions_of(session, actor, visit, today),
    )


def clock_words(skew_s: float) -> str:
    """Return how a phone's clock goes; `skew_s` is phone minus office in seconds."""
    seconds = abs(round(skew_s))
    if seconds < 1:
        return "Phone clock right"
    by = f"{seconds} s" if seconds < 120 else f"{round(seconds / 60):,} min"
    return f"Phone clock {by} {'fast' if skew_s > 0 else 'slow'}"


def credit_words(contact: Contact | None) -> str:
    """Return what a visit's contact counts as; attempted ones never satisfy a standard."""
    if contact is None:
        return "No contact, not attempted"
    if contact.status != "completed":
        return "Attempt, does not count"
    place = PLACES.get(contact.location, contact.location)
    return f"{place} contact, through someone else only" if contact.party == "collateral" else f"{place} contact"


def _flags(visit: Visit, photos: Sequence[PhotoLine]) -> list[FlagLine]:
    discovered = {answer.item: DISCOVERY.get(answer.discovery, "") for answer in visit.answers}
    pictured = Counter(photo.row.item for photo in photos)
    return [FlagLine(flag, discovered.get(flag.item, ""), pictured[flag.item]) for flag in by_weight(visit.flags)]


def _proof(session: Session, visit: Visit) -> Proof:
    submission = session.get_one(Submission, visit.id)
    device = session.get_one(Device, submission.device_id)
    return Proof(
        submission=submission,
        device=device,
        hash_matches=submission.jws.isascii() and sha256_of(submission.jws) == submission.sha256,
        signature_holds=verified(submission.jws, device.public_jwk) is not None,
        conflicts=session.scalars(conflicts_of(visit.id).order_by(ConflictingSubmission.received_at)).all(),
    )
