"""Attempts in a row: an exception for the supervisor, never "absconder" by itself, whatever order visits arrive in."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import record
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.wire.received import Received
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException

CODE = "attempts-in-row"
# a visit aborted for safety counts neither for nor against anybody
NOT_COUNTED = ("unsafe_aborted",)


class Tried(NamedTuple):
    """What the count needs to know of one visit."""

    id: uuid.UUID
    officer_id: uuid.UUID
    arrived_at: dt.datetime
    outcome: str
    outcome_class: str


def reached(visits: Iterable[Tried], least: int) -> list[Tried]:
    """Return the visits with which a run of attempts reaches `least`, and each multiple of it; 0 switches the rule off.

    A completed visit ends a run; one that was not attempted, or was aborted for safety, is passed over.
    """
    found, run = [], 0
    for visit in sorted(visits, key=lambda visit: (visit.arrived_at, visit.id)):
        if visit.outcome_class == "completed":
            run = 0
        elif visit.outcome_class == "attempted" and visit.outcome not in NOT_COUNTED:
            run += 1
            if least and run % least == 0:
                found.append(visit)
    return found


def review_attempts(session: Session, visit: Visit, received: Received) -> None:
    """Bring the exceptions of this person's runs in line with all visits known now.

    A visit that arrives late can end a run that was told already: what is still open then is withdrawn.
    """
    columns = (Visit.id, Visit.officer_id, Visit.arrived_at, Visit.outcome, Visit.outcome_class)
    known = [Tried(*row) for row in session.execute(select(*columns).where(Visit.supervisee_id == visit.supervisee_id))]
    least = received.office.agency.attempts_for_exception
    told = reached(known, least)
    for tried in told:
        words = f"{least} attempts in a row without contact. Decide how to go on."
        about = About(tried.officer_id, visit.supervisee_id, tried.id)
        open_exceptions(session, [Concern(CODE, str(tried.id), words)], about, now=received.received_at)
    _withdraw(session, visit.supervisee_id, {str(tried.id) for tried in told}, received)


def _withdraw(session: Session, supervisee_id: uuid.UUID, holding: set[str], received: Received) -> None:
    mine = select(FieldException).where(FieldException.code == CODE, FieldException.supervisee_id == supervisee_id)
    for exception in session.scalars(mine.where(FieldException.closed_at.is_(None))).all():
        if exception.subject not in holding:
            session.delete(exception)
            record(
                session, received.actor, "exception.withdrawn", exception.subject, now=received.received_at, code=CODE
            )
