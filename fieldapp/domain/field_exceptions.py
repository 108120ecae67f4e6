"""Opening what needs a supervisor's decision, once for each code and subject however often it is noticed."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.insert_once import insert_once
from fieldapp.models.wire import FieldException


@dataclass(frozen=True)
class Concern:
    """Something a supervisor must decide. `code` is a short word, `subject` an id, perhaps with a suffix."""

    code: str
    subject: str
    words: str


@dataclass(frozen=True)
class About:
    """Whose work it is, and about whom: what decides which supervisor sees it."""

    officer_id: uuid.UUID
    supervisee_id: uuid.UUID | None = None
    visit_id: uuid.UUID | None = None


def open_exceptions(session: Session, concerns: Iterable[Concern], about: About, *, now: dt.datetime) -> None:
    """Open an exception for each concern that has none yet; one that was closed stays closed."""
    for concern in concerns:
        insert_once(
            session,
            FieldException,
            ("code", "subject"),
            code=concern.code,
            subject=concern.subject,
            words=concern.words,
            officer_id=about.officer_id,
            supervisee_id=about.supervisee_id,
            visit_id=about.visit_id,
            opened_at=now,
        )
