"""The kind `order`: the officer put the day's stops in another order."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.arrange import arrange
from fieldapp.domain.plans.arrange import held_plan
from fieldapp.domain.plans.arrange import time_for_phone
from fieldapp.domain.plans.onward import Onward
from fieldapp.domain.plans.onward import read_onward
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.received import Event
from fieldapp.domain.wire.received import Received

MOST_NAMED = 500


@dataclass(frozen=True)
class OrderBody:
    """What the phone signed: all stops of the plan as the phone knew it, in the order wanted.

    `onward`: how the day goes on from where the officer was; None of an order made by hand.
    """

    plan: uuid.UUID
    stops: list[uuid.UUID]
    onward: Onward | None = None


def read_order(raw: Any) -> OrderBody:
    """Return the body of an order. Raises Invalid."""
    fields = fields_of(raw, "body")
    body = OrderBody(fields.uuid("plan"), fields.uuids("stops", MOST_NAMED), read_onward(fields))
    if not body.stops:
        raise Invalid({"body.stops": "body.stops names no stop."})
    return body


def apply_order(session: Session, received: Received, raw: Any) -> None:
    """Put the officer's own plan in this order and time it again, unless a later arrangement is there already.

    Raises Invalid; NotFound for a plan that is not the officer's.
    """
    body = read_order(raw)
    plan = held_plan(session, received.actor, body.plan)
    made = (received.true_moment(received.made_at), str(received.id))
    if plan.arranged_at and made <= (plan.arranged_at, str(plan.arranged_by or "")):
        return
    plan.arranged_at, plan.arranged_by = made[0], received.id
    arrange(plan, body.stops)
    time_for_phone(session, plan, received.office.travel, received.office.agency.zone)
    session.flush()
    event = "plan.replanned" if body.onward else "plan.arranged"
    received.events.append(Event(event, plan.id, {"stops": len(plan.stops)}))
