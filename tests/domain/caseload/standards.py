"""Contact standards for tests, as rows."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.models.contact import Contact
from fieldapp.models.standard import ContactStandard
from fieldapp.models.supervisee import Supervisee

LOCATIONS = {"home": ["residence"], "work": ["employment"], "": ["office"]}


def standard(
    session: Session, key: str = "home", place: str = "home", days: int = 30, **fields: Any
) -> ContactStandard:
    """A standard for everybody: one contact at that place in so many days."""
    given = {
        "key": key, "label": {"home": "Home contact", "work": "Job check"}.get(place, "Office contact"), "place": place,
        "cadence": "rolling", "effective_from": dt.date(2020, 1, 1), "locations": LOCATIONS[place],
        "methods": ["in_person"], "parties": ["direct"], "outcomes": [], "case_types": [],
        "period_number": days, "period_unit": "day", **fields,
    }  # fmt: skip
    made = ContactStandard(**given)
    session.add(made)
    session.flush()
    return made


def contact(session: Session, person: Supervisee, on: dt.date, location: str = "residence", **fields: Any) -> Contact:
    """A completed contact in person on that day."""
    given = {
        "at": dt.datetime.combine(on, dt.time(16), dt.UTC), "on": on, "method": "in_person", "location": location,
        "party": "direct", "status": "completed", "outcome": "contact_inside", "source": "import", **fields,
    }  # fmt: skip
    made = Contact(supervisee_id=person.id, **given)
    session.add(made)
    session.flush()
    return made
