"""What fell due in the past and whether it was done on time: the figures of the supervisor, where late stays late."""

from collections.abc import Iterator
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.contact import Contact
from fieldapp.domain.due.deadline import Deadline
from fieldapp.domain.due.deadline import Ledger
from fieldapp.domain.due.deadline import deadlines
from fieldapp.domain.due.deadline import open_ledger
from fieldapp.domain.due.deadline import repeated
from fieldapp.domain.due.periods import ONE_DAY
from fieldapp.domain.due.span import Cause
from fieldapp.domain.due.span import Span
from fieldapp.domain.due.span import spans
from fieldapp.domain.due.standard import Standard

Result = Literal["on_time", "late", "missed", "open"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing that fell due. `open` is overdue and can still be done late; `missed` no longer can."""

    due: date
    rule_due: date
    cause: Cause
    completed: date | None
    result: Result

    @property
    def on_time(self) -> bool:
        """Say whether it was done by its due date."""
        return self.result == "on_time"


def occurrences(
    standard: Standard, case: Case, contacts: Sequence[Contact], *, today: date, holidays: Set[date] = frozenset()
) -> list[Occurrence]:
    """Return everything that a version of a standard made due and that was done or is past, oldest first.

    One contact completes at most one occurrence. When a further period passes without a contact, one more
    occurrence falls due and the one before is missed. What was waived, or was not yet due when the person left the
    standard or was suspended, does not appear. Months are counted by `due`.
    """
    found: dict[tuple[date, date | None], Occurrence] = {}
    for span in spans(standard, case):
        if span.anchor <= today:
            for one in _in_span(standard, case, span, contacts, today, holidays):
                found.setdefault((one.due, one.completed), one)
    return sorted((one for one in found.values() if standard.applies_on(one.due)), key=lambda one: one.due)


def _in_span(
    standard: Standard, case: Case, span: Span, contacts: Sequence[Contact], today: date, holidays: Set[date]
) -> Iterator[Occurrence]:
    until = min(today, span.ends - ONE_DAY) if span.ends else today
    running = until == today
    ledger = open_ledger(standard, case, span, contacts, until, holidays)
    for day in sorted({one.date for one in ledger.made}):
        state = ledger.on(day, contacts_until=day - ONE_DAY)
        after = {_key(one) for one in deadlines(ledger.on(day, contacts_until=day))}
        done = next((one for one in deadlines(state) if _key(one) not in after), None)
        if done:
            *missed, last = _until(done, state, day)
            yield from (_occurrence(one, None, "missed") for one in missed)
            yield _occurrence(last, day, "on_time" if day <= last.due else "late")
    for waiting in deadlines(ledger):
        yield from _unfinished(waiting, ledger, until if running else until + ONE_DAY, running)


def _unfinished(waiting: Deadline, ledger: Ledger, before: date, running: bool) -> Iterator[Occurrence]:
    """Yield what fell due before a day and was not done; the last one can still be done while the span runs."""
    if waiting.due < before:
        *missed, last = _until(waiting, ledger, before)
        yield from (_occurrence(one, None, "missed") for one in missed)
        yield _occurrence(last, None, "open" if running else "missed")


def _until(first: Deadline, ledger: Ledger, before: date) -> Iterator[Deadline]:
    """Yield a deadline and its repetitions that are due before a day."""
    yield first
    following = repeated(first, ledger)
    while following and following.due < before:
        yield following
        following = repeated(following, ledger)


def _key(deadline: Deadline) -> tuple[object, ...]:
    return deadline.rule_due, deadline.asks, deadline.clause


def _occurrence(deadline: Deadline, completed: date | None, result: Result) -> Occurrence:
    return Occurrence(deadline.due, deadline.rule_due, deadline.cause, completed, result)
