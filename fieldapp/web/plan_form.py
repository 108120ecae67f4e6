"""The form of the plan page: what it first holds, what was typed, and the wish that it says."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.request import Place
from fieldapp.models.agency import Agency
from fieldapp.web.filters import clock

TEXTS = ("day", "start", "end", "start_at", "end_at", "lunch_minutes", "minutes", "partner", "here_lat", "here_lon")
HERE = "here"


@dataclass(frozen=True)
class PlanForm:
    """The fields as text; `picked` are the values `<supervisee>:<place>[:<address>]` of the ticked boxes.

    `here_lat` and `here_lon` are the phone's position, "" unless the officer asked for it.
    """

    day: str
    start: str
    end: str
    start_at: str
    end_at: str
    lunch_minutes: str
    minutes: str
    picked: tuple[str, ...]
    partner: str = ""
    here_lat: str = ""
    here_lon: str = ""


def blank_form(
    agency: Agency, day: dt.date, places: Mapping[str, Place], picked: Iterable[str], *, start: dt.time, partner: bool
) -> PlanForm:
    """Return the form as it first stands, by the agency's settings."""
    place = next(iter(places), "office")
    return PlanForm(
        day=day.isoformat(),
        start=f"{start:%H:%M}",
        end=f"{agency.shift_end:%H:%M}",
        start_at=place,
        end_at=place,
        lunch_minutes=str(agency.lunch_minutes),
        minutes=str(agency.visit_minutes),
        picked=tuple(picked),
        partner="yes" if partner else "",
    )


def with_here(form: PlanForm, places: Mapping[str, Place]) -> Mapping[str, Place]:
    """Return the places with the phone's own beside them, to some ten meters, where the form brings a position."""
    try:
        here = Place(round(float(form.here_lat), 4), round(float(form.here_lon), 4), "Your position")
    except (ValueError, Invalid):
        return places
    return {**places, HERE: here}


def posted_form(fields: MultiDict[str, str]) -> PlanForm:
    """Return the form as it was sent; the same box twice is one."""
    texts = {name: fields.get(name, "").strip() for name in TEXTS}
    return PlanForm(**texts, picked=tuple(dict.fromkeys(fields.getlist("stop"))))


def shift_words(form: PlanForm, agency: Agency) -> dict[str, str]:
    """Return `start` and `end` of the shift on the agency's clock; what is no time stays as it was typed."""
    return {"start": _said(form.start, agency), "end": _said(form.end, agency)}


def wish_of(form: PlanForm, places: Mapping[str, Place]) -> DayWish:
    """Return the wish. Raises Invalid, whose errors name the field and the remedy."""
    minutes = _whole(form.minutes, "minutes", "Give the length of a visit in whole minutes.")
    return DayWish(
        on=read_day(form.day),
        start=_time(form.start, "start"),
        end=_time(form.end, "end"),
        start_place=_place(places, form.start_at, "start_at"),
        end_place=_place(places, form.end_at, "end_at"),
        lunch_minutes=_whole(form.lunch_minutes or "0", "lunch_minutes", "Give lunch in whole minutes, 0 for none."),
        picks=tuple(read_pick(value, minutes) for value in form.picked),
        with_partner=bool(form.partner),
    )


def read_pick(value: str, minutes: int) -> Pick:
    """Return the pick that a value `<supervisee>:<place>`, or `<supervisee>:<place>:<address>`, names. Raises Invalid.

    Without an address the latest of that place is meant.
    """
    id, _, rest = value.partition(":")
    place, _, address = rest.partition(":")
    try:
        return Pick(uuid.UUID(id), place, minutes, address_id=uuid.UUID(address) if address else None)
    except ValueError:
        raise Invalid({"stop": "Pick the person again from the list."}) from None


def read_latest(text: str) -> dt.time | None:
    """Return the latest time of a visit, None for an empty field. Raises Invalid."""
    return _time(text.strip(), "latest") if text.strip() else None


def picked_people(form: PlanForm) -> set[uuid.UUID]:
    """Return who is picked; values that name nobody are left out."""
    found = set()
    for value in form.picked:
        try:
            found.add(uuid.UUID(value.partition(":")[0]))
        except ValueError:
            continue
    return found


def read_day(text: str) -> dt.date:
    """Return the date written YYYY-MM-DD. Raises Invalid."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Invalid({"day": "Write the day as year-month-day, such as 2026-11-20."}) from None


def _said(text: str, agency: Agency) -> str:
    try:
        return clock(_time(text, "start"), agency)
    except Invalid:
        return text


def _time(text: str, name: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise Invalid({name: "Write the time as hours and minutes, such as 09:00."}) from None


def _whole(text: str, name: str, remedy: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Invalid({name: remedy})
    return int(text)


def _place(places: Mapping[str, Place], key: str, name: str) -> Place:
    if key == HERE and key not in places:
        raise Invalid({name: "The phone gave no position. Allow it and choose again, or choose another place."})
    if key not in places:
        raise Invalid({name: "This place has no position yet. Ask the administrator to set it, or choose another."})
    return places[key]
