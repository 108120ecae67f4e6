"""Exceptions that wait for a supervisor: what each is called, whom it is about, and where to look."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_exceptions
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException

ON_BOARD = 100
TITLES = {
    "address-unverified": "Address not verified",
    "alert": "Alert",
    "attempts-in-row": "Attempts in a row",
    "clock-wrong": "Phone’s clock is wrong",
    "conflict": "Two submissions under one id",
    "employment-unverified": "Job not verified",
    "incomplete": "Record is incomplete",
    "late-entry": "Late entry",
    "many-photos": "Very many photos",
    "phone-emptied": "Phone lost what it kept",
    "photo-mismatch": "Photo does not match",
    "photo-too-large": "Photo is too large",
    "photo-unreadable": "Photo cannot be shown",
    "position-far": "Far from the address",
    "position-late": "Position taken later",
    "position-missing": "No position",
    "position-poor": "Poor position",
    "refused": "Refused",
    "same-photo": "Same photo twice",
    "set-aside": "Submission set aside",
    "status-unverified": "Status not verified",
    "unsafe-aborted": "Left as unsafe",
    "unsafe-skipped": "Skipped as unsafe",
}
# what may hide a danger or lose evidence is an octagon, the rest a triangle
ACT_NOW = (
    "alert",
    "refused",
    "unsafe-aborted",
    "unsafe-skipped",
    "photo-mismatch",
    "conflict",
    "set-aside",
    "phone-emptied",
)


@dataclass(frozen=True)
class OpenException:
    """An exception with the names to show; `visit_id` is that of the visit to look at, where there is one."""

    row: FieldException
    officer: str
    person: str
    visit_id: uuid.UUID | None

    @property
    def title(self) -> str:
        """What it is called on screens; the code itself for one that has no name yet."""
        return TITLES.get(self.row.code, self.row.code)

    @property
    def act_now(self) -> bool:
        """True when it cannot wait."""
        return self.row.code in ACT_NOW


@dataclass(frozen=True)
class OpenExceptions:
    """The oldest open ones, oldest first; `total` counts all."""

    lines: Sequence[OpenException]
    total: int

    @property
    def oldest_at(self) -> dt.datetime | None:
        """When the oldest was opened."""
        return self.lines[0].row.opened_at if self.lines else None


def exceptions_open(session: Session, actor: Actor, today: dt.date) -> OpenExceptions:
    """Return the open exceptions that the actor decides, at most 100."""
    query = visible_exceptions(actor).where(FieldException.closed_at.is_(None))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    oldest = query.order_by(FieldException.opened_at, FieldException.code, FieldException.id).limit(ON_BOARD)
    return OpenExceptions(_named(session, actor, session.scalars(oldest).all(), today), total)


def exceptions_of(session: Session, actor: Actor, visit: Visit, today: dt.date) -> list[OpenException]:
    """Return what of this visit still waits for the actor's decision, oldest first."""
    about = or_(FieldException.visit_id == visit.id, FieldException.subject == str(visit.id))
    query = visible_exceptions(actor).where(FieldException.closed_at.is_(None), about)
    rows = session.scalars(query.order_by(FieldException.opened_at, FieldException.code)).all()
    return _named(session, actor, rows, today)


def _named(session: Session, actor: Actor, rows: Sequence[FieldException], today: dt.date) -> list[OpenException]:
    officers = _officers(session, {row.officer_id for row in rows if row.officer_id})
    people = _people(session, {row.supervisee_id for row in rows if row.supervisee_id})
    # a conflict names a submission; where that one is a visit, and one the actor may see, there is a page to look at
    named = {row.id: row.visit_id or _uuid(row.subject) for row in rows}
    seen = visible_visits(actor, today).where(Visit.id.in_({id for id in named.values() if id}))
    visits = set(session.scalars(seen.with_only_columns(Visit.id)))
    return [
        OpenException(
            row,
            officers.get(row.officer_id, ""),
            people.get(row.supervisee_id, ""),
            visit_id if (visit_id := named[row.id]) in visits else None,
        )
        for row in rows
    ]


def _officers(session: Session, ids: set[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    return {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(ids)))}


def _people(session: Session, ids: set[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    return {person.id: person.name for person in session.scalars(select(Supervisee).where(Supervisee.id.in_(ids)))}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
