"""The kinds `skip` and `unskip`: a stop of the day is left out for a reason, or brought back."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_stops
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.plans.arrange import held_plan
from fieldapp.domain.plans.arrange import time_for_phone
from fieldapp.domain.plans.skip import REASONS
from fieldapp.domain.plans.skip import settle_skips
from fieldapp.domain.plans.skip import skip_words
from fieldapp.domain.wire.caseload import find_person
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.received import Event
from fieldapp.domain.wire.received import Received
from fieldapp.models.field import StopSkip
from fieldapp.models.plan import Stop

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class SkipBody:
    """What the phone signed. `reason` is one of REASONS, "" in an `unskip`."""

    stop: uuid.UUID
    supervisee: uuid.UUID
    reason: str = ""
    note: str = ""


def read_skip(raw: Any) -> SkipBody:
    """Return the body of a skip. Raises Invalid."""
    fields = fields_of(raw, "body")
    reason = fields.word("reason", tuple(REASONS))
    note = fields.text("note", LONGEST_NOTE, absent="")
    return SkipBody(fields.uuid("stop"), fields.uuid("supervisee"), reason, note)


def read_unskip(raw: Any) -> SkipBody:
    """Return the body of an unskip. Raises Invalid."""
    fields = fields_of(raw, "body")
    return SkipBody(fields.uuid("stop"), fields.uuid("supervisee"))


def apply_skip(session: Session, received: Received, raw: Any) -> None:
    """Leave the stop out of the day: no attempt, no credit, and a visit to it counts all the same.

    Raises Invalid; NotFound where neither the stop nor the person is the officer's.
    """
    body = read_skip(raw)
    decision = _decide(session, received, body)
    if body.reason == "unsafe":
        words = (
            f"The officer did not stop there. {skip_words(body.reason, body.note)}. Consider a caution for this place."
        )
        about = About(decision.officer_id, decision.supervisee_id)
        concern = Concern("unsafe-skipped", str(received.id), words)
        open_exceptions(session, [concern], about, now=received.received_at)


def apply_unskip(session: Session, received: Received, raw: Any) -> None:
    """Bring a skipped stop back into the day. Raises Invalid, NotFound as apply_skip() does."""
    _decide(session, received, read_unskip(raw))


def _decide(session: Session, received: Received, body: SkipBody) -> StopSkip:
    """Keep the decision, and let the last one about the stop hold. A plan made anew forgets its old stops."""
    stop = _held_stop(session, received, body)
    person = stop.supervisee_id if stop else find_person(session, received, body.supervisee, received.made_at).id
    decision = StopSkip(
        id=received.id,
        officer_id=received.actor.id,
        supervisee_id=person,
        stop_id=stop.id if stop else None,
        at=received.true_moment(received.made_at),
        reason=body.reason,
        note=body.note,
    )
    session.add(decision)
    session.flush()
    if stop and settle_skips(session, stop):
        time_for_phone(session, stop.plan, received.office.travel, received.office.agency.zone)
        session.flush()
        received.events.append(Event(f"stop.{stop.state}", stop.id, {"reason": body.reason}))
    return decision


def _held_stop(session: Session, received: Received, body: SkipBody) -> Stop | None:
    """Return the stop while it is in one of the officer's own plans, held with the plan."""
    mine = visible_stops(received.actor).where(Stop.id == body.stop, Stop.supervisee_id == body.supervisee)
    plan_id = session.scalars(mine.with_only_columns(Stop.plan_id)).first()
    if plan_id is None:
        return None
    plan = held_plan(session, received.actor, plan_id)
    return next((stop for stop in plan.stops if stop.id == body.stop), None)
