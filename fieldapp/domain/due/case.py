"""The facts about one supervisee that move due dates: levels, case types, status, events, exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.due.standard import EventKind

ACTIVE = "active"
IN_CUSTODY = "in_custody"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value (level key, case type or status) that holds from a local date until the next one begins."""

    since: date
    value: str


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that starts a clock of its own, on a local date. Statuses tell releases and resumptions too."""

    kind: EventKind
    date: date


@dataclass(frozen=True, slots=True)
class DueException:
    """An approved exception: moves (`moved_to`) or waives (None) the one occurrence of a standard due on `due`."""

    standard_key: str
    due: date
    moved_to: date | None
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Case:
    """One term of supervision. Histories may come in any order; of two entries on one day the later listed holds."""

    start: date
    ended: date | None = None
    """First day on which supervision is over."""
    levels: tuple[Dated, ...] = ()
    case_types: tuple[Dated, ...] = ()
    statuses: tuple[Dated, ...] = ()
    """active, administrative, in_custody, warrant or absconder; active before the first entry."""
    events: tuple[CaseEvent, ...] = ()
    exceptions: tuple[DueException, ...] = ()


def value_on(history: Iterable[Dated], day: date) -> str | None:
    """Return what held on `day`; before the first entry the first one holds, for a late entry is no change."""
    ordered = sorted(history, key=_since)
    held = [entry.value for entry in ordered if entry.since <= day]
    return held[-1] if held else ordered[0].value if ordered else None


def status_on(case: Case, day: date) -> str:
    """Return the status of the term on `day`; nobody is suspended before an entry says so."""
    held = [entry.value for entry in sorted(case.statuses, key=_since) if entry.since <= day]
    return held[-1] if held else ACTIVE


def events_of(case: Case, kind: EventKind | None) -> list[date]:
    """Return the dates of all events of one kind, oldest first, with those that the status history implies."""
    dates = {event.date for event in case.events if event.kind == kind}
    if kind in ("release", "resumed"):
        dates |= _resumptions(case, from_custody=kind == "release")
    return sorted(dates)


def _resumptions(case: Case, from_custody: bool) -> set[date]:
    """Return the days on which the term became active again; optionally only straight from custody."""
    found = set()
    before = ACTIVE
    for day in sorted({entry.since for entry in case.statuses}):
        now = status_on(case, day)
        if now == ACTIVE != before and (before == IN_CUSTODY or not from_custody):
            found.add(day)
        before = now
    return found


def _since(entry: Dated) -> date:
    return entry.since
