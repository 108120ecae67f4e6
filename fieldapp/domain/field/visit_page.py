"""What the page of a running visit needs, all at once: it goes on working when the office cannot be reached."""

import datetime as dt
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_stops
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.checklist.template import PLACES
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.errors import NotFound
from fieldapp.domain.field.hints import Hint
from fieldapp.domain.field.hints import hints
from fieldapp.domain.people.file import PersonFile
from fieldapp.domain.people.file import last_visits
from fieldapp.domain.people.file import person_file
from fieldapp.models.address import Address
from fieldapp.models.case import Condition
from fieldapp.models.plan import Stop
from fieldapp.models.visit import Visit


@dataclass(frozen=True)
class VisitPage:
    """A visit about to be made. `stop` is None for an unplanned one; `visited` is the visit that the stop already has.

    `hints` are keyed by item id; `days_late` is how long the contact has been overdue, 0 where it is not.
    """

    file: PersonFile
    place: str
    address: Address
    stop: Stop | None
    visited: Visit | None
    template: Template
    hints: Mapping[str, Hint]
    days_late: int

    @property
    def conditions(self) -> Sequence[Condition]:
        """The conditions in force, by number."""
        return self.file.conditions


def visit_page_of_stop(
    session: Session, actor: Actor, stop_id: uuid.UUID, today: dt.date, library: Library
) -> VisitPage:
    """Return the page of a planned visit. Raises NotFound when stop or person are not (or no longer) the actor's."""
    stop = one(session, visible_stops(actor), Stop.id, stop_id, "This stop")
    file = person_file(session, actor, stop.supervisee_id, today)
    visited = session.scalars(visible_visits(actor, today).where(Visit.stop_id == stop.id)).first()
    return _page(session, actor, file, stop.address, stop, visited, today, library)


def visit_page_of_person(
    session: Session, actor: Actor, person_id: uuid.UUID, place: str, today: dt.date, library: Library
) -> VisitPage:
    """Return the page of an unplanned visit to a person's home or work. Raises NotFound, also without an address."""
    file = person_file(session, actor, person_id, today)
    address = address_at(file.person, place, today) if place in PLACES else None
    if address is None:
        raise NotFound("There is no such address on file for this person. Ask the office to add it, or visit another.")
    return _page(session, actor, file, address, None, None, today, library)


def _page(
    session: Session,
    actor: Actor,
    file: PersonFile,
    address: Address,
    stop: Stop | None,
    visited: Visit | None,
    today: dt.date,
    library: Library,
) -> VisitPage:
    template = library.in_force(address.place, today)
    before = last_visits(session, actor, file.person.id, today, limit=6)
    known = {"disclosure.employer_aware": file.job.employer_aware} if file.job else {}
    late = [row.required.days_overdue(today) for row in file.due if row.place == address.place]
    return VisitPage(
        file=file,
        place=address.place,
        address=address,
        stop=stop,
        visited=visited,
        template=template,
        hints=hints(template, file.conditions, before, known),
        days_late=max(late, default=0),
    )
