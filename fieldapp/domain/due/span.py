"""The stretches of time in which a standard asks something of one person, each with the reason why its clock began."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Literal

from fieldapp.domain.due.case import ACTIVE
from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import status_on
from fieldapp.domain.due.case import value_on
from fieldapp.domain.due.standard import EventKind
from fieldapp.domain.due.standard import Standard

CauseKind = Literal["start", "level", "case_type", "standard", "contact"] | EventKind


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a clock runs: the start, a change of level or case type, a new standard, a contact, or an event; and when."""

    kind: CauseKind
    date: date


@dataclass(frozen=True, slots=True)
class Span:
    """A standard's clock runs from `anchor` to before `ends`; `scope` is when the person came under the standard.

    The two differ after a suspension: it ends the span, but not the scope.
    """

    scope: date
    anchor: date
    ends: date | None
    cause: Cause

    def holds(self, day: date) -> bool:
        """Say whether `day` is inside."""
        return self.anchor <= day and (self.ends is None or day < self.ends)


def spans(standard: Standard, case: Case) -> list[Span]:
    """Return the spans of a standard, oldest first.

    A change of level or case type starts one where the standard depends on it, resuming after a suspension starts
    one, and so does a standard that is new to the agency.
    """
    return [
        _since_in_force(standard, span) for span in _raw_spans(standard, case) if _outlives(span, standard.first_day)
    ]


def span_on(standard: Standard, case: Case, day: date) -> Span | None:
    """Return the span around `day`; None while the standard is suspended or not for this person."""
    for span in spans(standard, case):
        if span.holds(day):
            return span
    return None


def _raw_spans(standard: Standard, case: Case) -> Iterator[Span]:
    scope: date | None = None
    running: Span | None = None
    before: tuple[str | None, str | None] | None = None
    for day in _turns(case):
        now = value_on(case.levels, day), value_on(case.case_types, day)
        fits = standard.fits(*now)
        runs = fits and status_on(case, day) == ACTIVE
        if running and not runs:
            yield replace(running, ends=day)
            running = None
        scope = (scope or day) if fits else None
        if scope and runs and not running:
            kind = _kind(before, now) if scope == day else "resumed"
            running = Span(scope, day, case.ended, Cause(kind, day))
        before = now
    if running:
        yield running


def _turns(case: Case) -> list[date]:
    """Return the days on which anything may change, from the start of supervision to before its end."""
    days = {entry.since for history in (case.levels, case.case_types, case.statuses) for entry in history}
    return sorted({case.start, *(day for day in days if day > case.start and (not case.ended or day < case.ended))})


def _kind(before: tuple[str | None, str | None] | None, now: tuple[str | None, str | None]) -> CauseKind:
    if before is None:
        return "start"
    return "level" if before[0] != now[0] else "case_type"


def _outlives(span: Span, day: date) -> bool:
    return span.ends is None or span.ends > day


def _since_in_force(standard: Standard, span: Span) -> Span:
    if span.anchor >= standard.first_day:
        return span
    return replace(span, anchor=standard.first_day, cause=Cause("standard", standard.first_day))
