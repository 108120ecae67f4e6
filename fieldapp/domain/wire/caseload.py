"""Finds what a submission speaks of, among what its officer may see."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_stops
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.errors import NotFound
from fieldapp.domain.wire.received import Received
from fieldapp.models.address import Address
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee


def find_person(session: Session, received: Received, id: uuid.UUID, happened_at: dt.datetime) -> Supervisee:
    """Return the person, who was the officer's on the day or is today. Raises NotFound."""
    days = {received.local_date(happened_at), received.local_date(received.received_at + received.skew)}
    for day in sorted(days):
        found = session.scalars(visible_supervisees(received.actor, day).where(Supervisee.id == id)).first()
        if found:
            return found
    raise NotFound("The person is not on this officer's caseload. Assign the case, or ask the officer.")


def find_address(session: Session, person: Supervisee, id: uuid.UUID, place: str | None = None) -> Address:
    """Return the person's address, which must be of that kind where one is given. Raises NotFound."""
    found = session.get(Address, id)
    if found is None or found.supervisee_id != person.id or (place and found.place != place):
        raise NotFound("The address is not one of this person's. It may have been removed meanwhile.")
    return found


def find_stop(session: Session, received: Received, id: uuid.UUID | None, person: Supervisee) -> uuid.UUID | None:
    """Return the stop's id while it is in one of the officer's plans; a plan made anew forgets its old stops."""
    if id is None:
        return None
    mine = visible_stops(received.actor).where(Stop.id == id, Stop.supervisee_id == person.id)
    # held until the visit that names it is in: a stop that is removed meanwhile would keep a sound visit out
    return session.scalars(mine.with_only_columns(Stop.id).with_for_update(read=True, key_share=True, of=Stop)).first()
