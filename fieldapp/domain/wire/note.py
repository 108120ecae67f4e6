"""The kind `note`: something to be kept about a person, without a visit."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.caseload import find_person
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.received import Received
from fieldapp.models.field import CaseNote

LONGEST_NOTE = 20_000


@dataclass(frozen=True)
class NoteBody:
    """What the phone signed."""

    supervisee: uuid.UUID
    text: str


def read_note(raw: Any) -> NoteBody:
    """Return the body of a note. Raises Invalid."""
    fields = fields_of(raw, "body")
    body = NoteBody(fields.uuid("supervisee"), fields.text("text", LONGEST_NOTE, least=1))
    if not body.text.strip():
        raise Invalid({"body.text": "body.text is blank. Write the note."})
    return body


def apply_note(session: Session, received: Received, raw: Any) -> None:
    """Add the note to the person's record. Raises Invalid, NotFound."""
    body = read_note(raw)
    person = find_person(session, received, body.supervisee, received.made_at)
    session.add(
        CaseNote(
            id=received.id,
            officer_id=received.actor.id,
            supervisee_id=person.id,
            at=received.made_at,
            text=body.text,
        )
    )
    session.flush()
