"""What an officer reads before a door: the file, where they go, who was there before, what happened last."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_stops
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.errors import NotFound
from fieldapp.domain.people.file import PersonFile
from fieldapp.domain.people.file import person_file
from fieldapp.domain.people.past import PastContact
from fieldapp.domain.people.past import PastNote
from fieldapp.domain.people.past import past_contacts
from fieldapp.domain.people.past import past_notes
from fieldapp.domain.people.past import persons_seen
from fieldapp.models.address import Address
from fieldapp.models.case import Condition
from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit

LAST = 3
# treatment and other conditions are for the office; these can be kept or broken where the officer stands
AT_HOME = ("no_contact", "no_alcohol", "no_drugs", "no_weapons", "curfew", "no_internet", "no_minors")
AT_WORK = (*AT_HOME, "employment")


@dataclass(frozen=True)
class Briefing:
    """One door. `stop` is None for an unplanned visit; `seen` are persons present before, by the checklist's names.

    `visited`: a visit to the stop was made already.
    """

    file: PersonFile
    place: str
    address: Address
    stop: Stop | None
    conditions: Sequence[Condition]
    seen: Sequence[dict[str, Any]]
    last: Sequence[PastContact]
    notes: Sequence[PastNote]
    visited: bool


def briefing_of_stop(session: Session, actor: Actor, stop_id: uuid.UUID, today: dt.date) -> Briefing:
    """Return the briefing of a planned visit. Raises NotFound when stop or person are not the actor's (any more)."""
    stop = one(session, visible_stops(actor), Stop.id, stop_id, "This stop")
    file = person_file(session, actor, stop.supervisee_id, today)
    return _briefing(session, file, stop.place, stop.address, stop)


def briefing_of_person(session: Session, actor: Actor, id: uuid.UUID, place: str, today: dt.date) -> Briefing:
    """Return the briefing of an unplanned visit. Raises NotFound for another's person, or without such an address."""
    file = person_file(session, actor, id, today)
    address = address_at(file.person, place, today)
    if address is None:
        raise NotFound("No such address is on file for this person. Go back and choose another place.")
    return _briefing(session, file, place, address, None)


def _briefing(session: Session, file: PersonFile, place: str, address: Address, stop: Stop | None) -> Briefing:
    past = past_contacts(session, file.person.id, LAST, at_the_door=True)
    kinds = AT_WORK if place == "work" else AT_HOME
    return Briefing(
        file=file,
        place=place,
        address=address,
        stop=stop,
        conditions=[condition for condition in file.conditions if condition.kind in kinds],
        seen=persons_seen(past, place),
        last=past,
        notes=past_notes(session, file.person.id, LAST),
        visited=stop is not None
        and session.scalars(select(Visit.id).where(Visit.stop_id == stop.id)).first() is not None,
    )
