"""Past contacts in words: what came of each, how long, how far from the address, what was flagged."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.people.past import PastContact
from fieldapp.domain.people.past import PastNote
from fieldapp.models.agency import Agency
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.web.filters import clock
from fieldapp.web.filters import distance
from fieldapp.web.filters import local
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
    """One contact or note: a shape with its tone, a heading, a line of detail, and flags as (tone, shape, words).

    Of a note, `note` is its id and `text` all of it as it was written.
    """

    tone: str | None
    shape: str
    heading: str
    detail: str
    flags: Sequence[tuple[str, str, str]] = ()
    note: uuid.UUID | None = None
    text: str = ""


def past_line(past: PastContact, agency: Agency, today: dt.date, *, short: bool = False) -> PastLine:
    """Return the line of one contact; `short` leaves out where it was and what was flagged."""
    contact, visit = past.contact, past.visit
    tone, shape = SHAPES[contact.status]
    where = METHODS.get(contact.method) or LOCATIONS.get(contact.location, contact.location)
    words = outcome_words(contact.outcome, contact.status, PLACES.get(contact.location, ""))
    parts = [short_date(contact.on, today, agency), *([] if short and visit else [where]), words.lower()]
    return PastLine(tone, shape, ", ".join(parts), _detail(past, agency), () if short else _flags(visit))


def history_lines(
    contacts: Sequence[PastContact], notes: Sequence[PastNote], agency: Agency, today: dt.date, most: int
) -> list[PastLine]:
    """Return contacts and notes together, newest first, at most so many."""
    lines = [(one.contact.at, past_line(one, agency, today)) for one in contacts]
    lines += [(one.note.at, note_line(one, agency, today)) for one in notes]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0], reverse=True)[:most]]


def note_line(past: PastNote, agency: Agency, today: dt.date) -> PastLine:
    """Return the line of a note."""
    at = local(past.note.at, agency)
    heading = f"{short_date(at.date(), today, agency)}, {clock(past.note.at, agency)}, note"
    return PastLine(None, "pencil", heading, past.officer, note=past.note.id, text=past.note.text)


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
