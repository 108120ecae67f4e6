"""Past contacts in words: what came of each, how long, how far from the address, what was flagged."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.people.past import PastContact
from fieldapp.models.agency import Agency
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.web.filters import distance
from fieldapp.web.filters import minutes
from fieldapp.web.filters import sentence
from fieldapp.web.filters import short_date

LOCATIONS = {
    "residence": "home",
    "employment": "work",
    "field": "in the field",
    "office": "at the office",
    "court": "at court",
    "jail": "in jail",
    "treatment": "at treatment",
    "law_enforcement": "with the police",
}
PLACES = {"residence": "home", "employment": "work"}
METHODS = {"phone": "by phone", "virtual": "by video", "written": "in writing"}
SHAPES = {"completed": ("ok", "s-ok"), "attempted": (None, "s-tried"), "not_attempted": (None, "s-tried")}
FLAGS = {
    "potential_violation": ("stop", "s-flag"),
    "safety": ("warn", "s-warn"),
    "welfare": ("warn", "heart-handshake"),
}
LONGEST = 180


@dataclass(frozen=True)
class PastLine:
    """One contact: a shape with its tone, a heading, a line of detail, and flags as (tone, shape, words)."""

    tone: str | None
    shape: str
    heading: str
    detail: str
    flags: Sequence[tuple[str, str, str]]


def past_line(past: PastContact, agency: Agency, today: dt.date, *, short: bool = False) -> PastLine:
    """Return the line of one contact; `short` leaves out where it was and what was flagged."""
    contact, visit = past.contact, past.visit
    tone, shape = SHAPES[contact.status]
    where = METHODS.get(contact.method) or LOCATIONS.get(contact.location, contact.location)
    words = outcome_words(contact.outcome, contact.status, PLACES.get(contact.location, ""))
    parts = [short_date(contact.on, today, agency), *([] if short and visit else [where]), words.lower()]
    return PastLine(tone, shape, ", ".join(parts), _detail(past, agency), () if short else _flags(visit))


def visit_words(visit: Visit) -> str:
    """Return what came of a visit, such as "Seen at the door" or "Attempted: nobody home"."""
    words = outcome_words(visit.outcome, visit.outcome_class, visit.place)
    return f"Attempted, {words.lower()}" if visit.outcome_class == "attempted" else words


def outcome_words(code: str, status: str, place: str) -> str:
    """Return an outcome's label at that place; for contacts without one whether it came about."""
    return _labels().get((place, code)) or ("Attempted" if status == "attempted" else "Seen")


@cache
def _labels() -> dict[tuple[str, str], str]:
    templates = shipped_library().templates
    return {(template.place, outcome.code): outcome.label for template in templates for outcome in template.outcomes}


def _detail(past: PastContact, agency: Agency) -> str:
    visit = past.visit
    parts = []
    if visit:
        stay = (visit.left_at - visit.arrived_at).total_seconds() / 60
        parts += [minutes(stay)] if stay >= 1 else []
        parts += [f"{distance(visit.distance_m, agency)} from the address"] if visit.distance_m is not None else []
        parts = [", ".join(parts)] if parts else []
        parts += [_cut(visit.outcome_note or visit.narrative)] if visit.outcome_note or visit.narrative else []
    return ". ".join(part.rstrip(".") for part in [*parts, past.officer] if part)


def _flags(visit: Visit | None) -> list[tuple[str, str, str]]:
    return [(*FLAGS[flag.kind], _flag_words(flag)) for flag in (visit.flags if visit else ()) if flag.kind in FLAGS]


def _flag_words(flag: VisitFlag) -> str:
    if flag.kind == "potential_violation":
        return f"Potential violation: {f'condition {flag.condition.number}' if flag.condition else flag.label}"
    return f"{sentence(flag.kind)}: {flag.label}"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
