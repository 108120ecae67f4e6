"""The agency's settings and holidays: read from text, checked together, changed all or nothing."""

import datetime as dt
import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.plans.no_visits import NoVisitHours
from fieldapp.domain.setting_kinds import Choice
from fieldapp.domain.setting_kinds import Kind
from fieldapp.domain.setting_kinds import Number
from fieldapp.domain.setting_kinds import TimeOfDay
from fieldapp.domain.setting_kinds import Words
from fieldapp.domain.setting_kinds import Zone
from fieldapp.models.agency import Agency
from fieldapp.models.agency import Holiday

LONGEST_NAME = 120
LATITUDE = Number(-90, 90, "degrees north, WGS 84", optional=True)
LONGITUDE = Number(-180, 180, "degrees east, WGS 84", optional=True)
# the ranges of lunch and visits are those of a day's plan, the ranges of travel those of the travel times
KINDS: Mapping[str, Kind] = {
    "name": Words(LONGEST_NAME),
    "zone": Zone(),
    "distance_unit": Choice({"mi": "mi", "km": "km"}),
    "clock": Choice({"12": 12, "24": 24}),
    "supervisee_label": Words(60),
    "banner": Words(2000, optional=True),
    "office_label": Words(80),
    "office_lat": LATITUDE,
    "office_lon": LONGITUDE,
    "field_start": TimeOfDay(),
    "field_end": TimeOfDay(),
    "shift_start": TimeOfDay(),
    "shift_end": TimeOfDay(),
    "lunch_minutes": Number(0, 120, "minutes, 0 for none", whole=True),
    "lunch_earliest": TimeOfDay(),
    "lunch_latest": TimeOfDay(),
    "visit_minutes": Number(1, 240, "minutes", whole=True),
    "road_factor": Number(1, 5, "roads to straight lines"),
    "speed_kmh": Number(1, 200, "km/h"),
    "no_visit_hours": NoVisitHours(),
    "itinerary_approval": Choice({"none": "none", "required": "required"}),
    "position_tolerance_m": Number(10, 5000, "meters", whole=True),
    "poor_accuracy_m": Number(10, 5000, "meters", whole=True),
    "late_entry_hours": Number(1, 720, "hours", whole=True),
    "attempts_for_exception": Number(1, 20, "attempts", whole=True),
    "collateral_counts": Choice({"yes": True, "no": False}),
}
DATE = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def setting_lines(agency: Agency) -> list[tuple[str, str, str]]:
    """Return name, value as text, and what it takes, for each setting in the order of the table."""
    return [(name, kind.write(getattr(agency, name)), kind.takes) for name, kind in KINDS.items()]


def read_settings(assignments: Iterable[str]) -> dict[str, Any]:
    """Return the values of texts NAME=VALUE. Raises Invalid, with a sentence for each that cannot be used."""
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for text in assignments:
        name, equals, value = text.partition("=")
        name = name.strip()
        if name not in KINDS:
            errors[name] = f"{name} is no setting of the agency. `fieldapp agency show` lists them."
        elif not equals:
            errors[name] = f"{name} has no value. Write {name}=VALUE: {KINDS[name].takes}."
        elif name in found:
            errors[name] = f"{name} is given twice. Give it once."
        else:
            try:
                found[name] = KINDS[name].read(value)
            except ValueError:
                errors[name] = f"{name} cannot be “{value}”. Give {KINDS[name].takes}."
    if errors:
        raise Invalid(errors)
    return found


def change_agency(session: Session, actor: Actor | None, values: Mapping[str, Any], *, now: dt.datetime) -> list[str]:
    """Set what `read_settings` returned; all of it or nothing. Returns the names of those that changed.

    Raises Invalid where values do not go together with each other or with those that stay.
    """
    agency = the_agency(session)
    errors = _contradictions({name: values.get(name, getattr(agency, name)) for name in KINDS})
    if errors:
        raise Invalid(errors)
    changed = [name for name in KINDS if name in values and values[name] != getattr(agency, name)]
    for name in changed:
        setattr(agency, name, values[name])
    if changed:
        record(session, actor, "agency.changed", agency.id, now=now, fields=changed)
    return changed


def holidays(session: Session) -> Sequence[Holiday]:
    """Return all holidays, earliest first."""
    return session.scalars(select(Holiday).order_by(Holiday.on)).all()


def add_holiday(session: Session, actor: Actor | None, on: dt.date, name: str, *, now: dt.datetime) -> Holiday:
    """Add a day on which the agency does not work. Raises Invalid (field name), Conflict where it is one already."""
    try:
        name = Words(LONGEST_NAME).read(name)
    except ValueError:
        raise Invalid({"name": f"Give the holiday's name, at most {LONGEST_NAME} characters."}) from None
    there = session.get(Holiday, on)
    if there:
        raise Conflict(f"{on} is a holiday already: {there.name}. To name it anew, remove it first.")
    made = Holiday(on=on, name=name)
    session.add(made)
    session.flush()
    record(session, actor, "holiday.added", on.isoformat(), now=now)
    return made


def remove_holiday(session: Session, actor: Actor | None, on: dt.date, *, now: dt.datetime) -> None:
    """Make it a day like any other. Raises NotFound where it is no holiday."""
    there = session.get(Holiday, on)
    if there is None:
        raise NotFound(f"{on} is no holiday. `fieldapp agency show` lists them.")
    session.delete(there)
    record(session, actor, "holiday.removed", on.isoformat(), now=now)


def read_date(text: str) -> dt.date:
    """Return the date written YYYY-MM-DD, of 1900 to 2099. Raises Invalid (field date)."""
    try:
        if DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise Invalid({"date": f"“{text}” is no date. Write it as YYYY-MM-DD, such as 2026-12-25."})


def _contradictions(whole: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    if (whole["office_lat"] is None) != (whole["office_lon"] is None):
        found["office_lat"] = "office_lat and office_lon go together. Give both, or neither."
    if whole["shift_end"] <= whole["shift_start"]:
        found["shift_end"] = "shift_end must be later than shift_start. Give both if both change."
    if whole["lunch_latest"] <= whole["lunch_earliest"]:
        found["lunch_latest"] = "lunch_latest must be later than lunch_earliest. Give both if both change."
    # field hours may end after midnight
    if whole["field_end"] == whole["field_start"]:
        found["field_end"] = "field_end must differ from field_start. Give both if both change."
    return found
