"""Which visits somebody asks for: the filters of the board and of the list, read from an address, and as a query."""

import datetime as dt
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import exists
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import local_moment
from fieldapp.domain.errors import Invalid
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag

OUTCOME_CLASSES = ("completed", "attempted", "not_attempted")
DAYS = (1, 3, 7, 14)
MOST_PEOPLE = 20
MOST_PAGES = 100_000


@dataclass(frozen=True)
class Wanted:
    """A filter; what is empty does not restrict.

    `from_on` and `to_on` are local dates of the visit itself, both included; `days` counts local days of arrival at the
    office, today included.
    """

    officer: uuid.UUID | None = None
    people: tuple[uuid.UUID, ...] = ()
    flagged: bool = False
    outcome: str = ""
    days: int = 0
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    page: int = 1

    @property
    def any(self) -> bool:
        """True when somebody restricted what is shown, days apart: every board has some."""
        return bool(self.officer or self.people or self.flagged or self.outcome or self.from_on or self.to_on)


def read_wanted(given: Mapping[str, Sequence[str]], *, days: int = 0) -> Wanted:
    """Return the filter that an address asks for; `days` where it says nothing of them. Raises Invalid by field."""
    reading = _Reading(given)
    wanted = Wanted(
        officer=reading.id("officer"),
        people=reading.people(),
        flagged=reading.last("flagged") not in ("", "0"),
        outcome=reading.word("outcome", OUTCOME_CLASSES),
        days=int(reading.word("days", tuple(map(str, DAYS))) or days),
        from_on=reading.date("from"),
        to_on=reading.date("to"),
        page=reading.page(),
    )
    if wanted.from_on and wanted.to_on and wanted.from_on > wanted.to_on:
        reading.errors["to"] = "The last day lies before the first. Change one of them."
    if reading.errors:
        raise Invalid(reading.errors)
    return wanted


def wanted_visits(wanted: Wanted, today: dt.date, zone: str) -> list[ColumnElement[bool]]:
    """Return the conditions on Visit that this filter means; who may see them is another matter."""
    found: list[ColumnElement[bool]] = []
    if wanted.officer:
        found.append(Visit.officer_id == wanted.officer)
    if wanted.people:
        found.append(Visit.supervisee_id.in_(wanted.people))
    if wanted.flagged:
        found.append(exists().where(VisitFlag.visit_id == Visit.id))
    if wanted.outcome:
        found.append(Visit.outcome_class == wanted.outcome)
    if wanted.days:
        found.append(Visit.received_at >= local_moment(zone, today - dt.timedelta(days=wanted.days - 1), 0))
    if wanted.from_on:
        found.append(Visit.arrived_at >= local_moment(zone, wanted.from_on, 0))
    if wanted.to_on:
        found.append(Visit.arrived_at < local_moment(zone, wanted.to_on + dt.timedelta(days=1), 0))
    return found


def visited_people(session: Session, actor: Actor, today: dt.date, words: str) -> Sequence[Supervisee]:
    """Return the people whom visible visits are about and whose name or case number holds every given word.

    Raises Invalid on `q` for no word, nobody, or more than 20 people.
    """
    if not words.strip():
        raise Invalid({"q": "Write a name or a case number."})
    visited = visible_visits(actor, today).with_only_columns(Visit.supervisee_id)
    query = select(Supervisee).where(Supervisee.id.in_(visited))
    for word in words.split()[:5]:
        fields = (Supervisee.first_name, Supervisee.last_name, Supervisee.case_number)
        query = query.where(or_(*(field.icontains(word, autoescape=True) for field in fields)))
    found = session.scalars(query.order_by(Supervisee.last_name, Supervisee.first_name).limit(MOST_PEOPLE + 1)).all()
    if not found:
        raise Invalid({"q": "Nobody with visits has this name or case number. Check it, or write less of it."})
    if len(found) > MOST_PEOPLE:
        raise Invalid({"q": f"More than {MOST_PEOPLE} people match. Write more of the name, or the case number."})
    return found


def chosen_people(session: Session, actor: Actor, today: dt.date, ids: Sequence[uuid.UUID]) -> Sequence[Supervisee]:
    """Return those of the people asked for whose visits the actor may see, by name."""
    visited = visible_visits(actor, today).where(Visit.supervisee_id.in_(ids)).with_only_columns(Visit.supervisee_id)
    query = select(Supervisee).where(Supervisee.id.in_(visited))
    return session.scalars(query.order_by(Supervisee.last_name, Supervisee.first_name)).all() if ids else []


class _Reading:
    """Reads single fields and collects what is wrong with them."""

    def __init__(self, given: Mapping[str, Sequence[str]]):
        self.given = given
        self.errors: dict[str, str] = {}

    def last(self, name: str) -> str:
        return (list(self.given.get(name, ())) or [""])[-1].strip()

    def id(self, name: str) -> uuid.UUID | None:
        return self._id(name, self.last(name)) if self.last(name) else None

    def people(self) -> tuple[uuid.UUID, ...]:
        texts = [text for text in self.given.get("person", ()) if text.strip()][:MOST_PEOPLE]
        return tuple(id for id in (self._id("person", text) for text in texts) if id)

    def word(self, name: str, allowed: Sequence[str]) -> str:
        text = self.last(name)
        if text and text not in allowed:
            self.errors[name] = "Choose one of the list."
            return ""
        return text

    def date(self, name: str) -> dt.date | None:
        text = self.last(name)
        try:
            day = dt.date.fromisoformat(text) if text else None
        except ValueError:
            day = dt.date.min
        if day and not 1900 <= day.year <= 9000:
            self.errors[name] = "Write a day such as 2026-01-31."
            return None
        return day

    def page(self) -> int:
        text = self.last("page") or "1"
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST_PAGES:
            self.errors["page"] = "There is no such page. Begin with the first one."
            return 1
        return int(text)

    def _id(self, name: str, text: str) -> uuid.UUID | None:
        try:
            return uuid.UUID(text)
        except ValueError:
            self.errors[name] = "Choose one of the list."
            return None
