"""Cells that hold a list: conditions, cautions and the days of a job."""

import re

from fieldapp.domain.imports.cells import LONGEST_LINE
from fieldapp.domain.imports.cells import LONGEST_TEXT
from fieldapp.domain.imports.cells import clock_time
from fieldapp.domain.imports.cells import one_of
from fieldapp.domain.imports.cells import plain_text
from fieldapp.domain.imports.problem import CellRefused
from fieldapp.domain.imports.row import CautionCell
from fieldapp.domain.imports.row import ConditionCell
from fieldapp.models.case import CONDITION_KINDS

CAUTION_SUBJECTS = ("dog", "person", "weapon", "health", "address", "gang", "partner", "other")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = re.compile(r"(curfew|school)\s*:?\s*(\S+(?:\s*[ap]m)?)\s*[-–]\s*(\S+(?:\s*[ap]m)?)", re.IGNORECASE)
DAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|rsday|rs|r|urday)?")


def conditions(text: str) -> tuple[ConditionCell, ...]:
    """Return the conditions of `kind; kind: text; curfew HH:MM-HH:MM; school HH:MM-HH:MM`, each once, in order."""
    return tuple(dict.fromkeys(_condition(part) for part in _parts(text)))


def cautions(text: str) -> tuple[CautionCell, ...]:
    """Return the cautions of `subject: text; …`, each once, in their order."""
    return tuple(dict.fromkeys(_caution(part) for part in _parts(text)))


def work_days(text: str) -> str:
    """Return `mon-fri`, `tue-sat` or `mon,wed,fri` as ISO weekdays in digits ("12345"); a span may pass Sunday."""
    found: set[int] = set()
    for part in re.split(r"[,/\s]+", re.sub(r"\s*[-–]\s*", "-", text.lower())):
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return "".join(str(day + 1) for day in sorted(found))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in plain_text(text, LONGEST_TEXT).split(";") if part.strip()]


def _condition(part: str) -> ConditionCell:
    if part.lower().startswith(("curfew", "school")):
        return _with_hours(part)
    kind, _, detail = (piece.strip() for piece in part.partition(":"))
    try:
        kind = one_of(kind, CONDITION_KINDS)
    except CellRefused as error:
        raise CellRefused(f"“{kind}” is no kind of condition. {error}") from None
    if kind in ("no_contact", "other") and not detail:
        raise CellRefused(
            f"Say after a colon what is meant, such as {kind}: {'Jordan Pike' if kind == 'no_contact' else 'text'}."
        )
    return ConditionCell(kind, detail)


def _with_hours(part: str) -> ConditionCell:
    match = HOURS.fullmatch(part)
    try:
        if match:
            start, end = clock_time(match[2]), clock_time(match[3])
            if start != end:
                return ConditionCell(match[1].lower(), "", start, end)
    except CellRefused:
        pass
    example = "curfew 20:00-06:00" if part.lower().startswith("curfew") else "school 08:00-15:00"
    raise CellRefused(f"Write a {example.partition(' ')[0]} with both times, such as {example}.")


def _caution(part: str) -> CautionCell:
    subject, _, text = (piece.strip() for piece in part.partition(":"))
    try:
        subject = one_of(subject, CAUTION_SUBJECTS)
    except CellRefused as error:
        raise CellRefused(f"A caution begins with what it is about, then a colon. {error}") from None
    if not text:
        raise CellRefused(f"Say after a colon what the caution is, such as {subject}: text.")
    if len(text) > LONGEST_LINE * 2:
        raise CellRefused(f"This caution is {len(text)} characters long, at most {LONGEST_LINE * 2} fit. Shorten it.")
    return CautionCell(subject, text)


def _day(text: str) -> int:
    match = DAY.fullmatch(text)
    if not match:
        raise CellRefused("Write the days as mon-fri, tue-sat or mon,wed,fri.")
    return DAYS.index(match[1])
