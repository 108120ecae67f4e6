"""The kind `check_in`: an officer said "I'm here"."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.wire.caseload import find_address
from fieldapp.domain.wire.caseload import find_person
from fieldapp.domain.wire.caseload import find_stop
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import distance_m
from fieldapp.domain.wire.position import read_position
from fieldapp.domain.wire.received import Received
from fieldapp.models.field import CheckIn


@dataclass(frozen=True)
class CheckInBody:
    """What the phone signed. `arrived_at`: when it was tapped, None from a phone of an earlier version."""

    supervisee: uuid.UUID
    stop: uuid.UUID | None
    address: uuid.UUID
    arrived_at: dt.datetime | None
    position: Position


def read_check_in(raw: Any) -> CheckInBody:
    """Return the body of a check-in. Raises Invalid."""
    fields = fields_of(raw, "body")
    return CheckInBody(
        supervisee=fields.uuid("supervisee"),
        stop=fields.maybe_uuid("stop"),
        address=fields.uuid("address"),
        arrived_at=fields.maybe_moment("arrived_at"),
        position=read_position(fields.object("position")),
    )


def apply_check_in(session: Session, received: Received, raw: Any) -> None:
    """Note that the officer is there. Raises Invalid, NotFound."""
    body = read_check_in(raw)
    # no later than its signature: a clock that was set right in between must not leave somebody at a door for hours
    at = min(body.arrived_at or received.made_at, received.made_at)
    person = find_person(session, received, body.supervisee, at)
    address = find_address(session, person, body.address)
    session.add(
        CheckIn(
            id=received.id,
            officer_id=received.actor.id,
            supervisee_id=person.id,
            stop_id=find_stop(session, received, body.stop, person),
            address_id=address.id,
            at=at,
            position_state=body.position.state,
            lat=body.position.lat,
            lon=body.position.lon,
            position_accuracy_m=body.position.accuracy_m,
            distance_m=distance_m(body.position, *address.sure_position),
        )
    )
    session.flush()
