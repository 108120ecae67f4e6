"""Why something is due, in words: "Home contact, high: 1 per 30 days, last Sep 18"."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import date

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.requirement import ContactRequirement
from fieldapp.domain.due.standard import Standard

ShowDate = Callable[[date], str]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CAUSES = {
    "start": "supervision began",
    "level": "level changed",
    "case_type": "case type changed",
    "standard": "standard in force from",
    "resumed": "active again",
    "release": "released",
    "address_change": "new address",
    "new_job": "new job",
    "new_concern": "new concern",
}


def short_date(day: date) -> str:
    """Return a date as the screens show it, such as "Sep 18"."""
    return f"{MONTHS[day.month - 1]} {day.day}"


def reason(required: ContactRequirement, show: ShowDate = short_date) -> str:
    """Return who asks for what, how often, and what the date is reckoned from, in one line."""
    return f"{_title(required.standard)}: {rule_and_last(required, show)}"


def rule_and_last(required: ContactRequirement, show: ShowDate = short_date) -> str:
    """Return the same without who asks for what: "1 per 30 days, last Sep 18"."""
    return ", ".join(_parts(required, show))


def due_words(required: ContactRequirement, today: date, show: ShowDate = short_date) -> str:
    """Return when it is due: "overdue 4 days, due Nov 22", "due today", "due Nov 28" or "met"."""
    if required.due is None:
        return "met"
    late = required.days_overdue(today)
    if late:
        return f"overdue {_number(late, 'day')}, due {show(required.due)}"
    if required.due == today:
        return "due today"
    aim = required.aim
    if aim and today <= aim:
        return f"due {show(aim)}, latest {show(required.due)}"
    return f"{'met, next ' if required.state == 'met' else ''}due {show(required.due)}"


def rule_words(standard: Standard) -> str:
    """Return how often, such as "1 per 30 days" or "3 per quarter, one each month, 2 positive"."""
    return ", ".join(_rule(standard))


def _title(standard: Standard) -> str:
    level = standard.level_label or standard.level_key
    return f"{standard.label}, {level}" if level else standard.label


def _rule(standard: Standard) -> Iterator[str]:
    if standard.period:
        number = f"{standard.count} positive" if standard.positive_only else f"{standard.count}"
        yield f"{number} per {_length(standard.period)}"
    elif standard.initial:
        yield f"first within {_number(standard.initial.number, standard.initial.unit)}"
    if standard.each_month:
        yield "one each month"
    if standard.positive_count:
        yield f"{standard.positive_count} positive"
    if standard.unscheduled_count:
        yield f"{standard.unscheduled_count} unscheduled"


def _parts(required: ContactRequirement, show: ShowDate) -> Iterator[str]:
    standard, cause = required.standard, required.cause
    if cause.kind == standard.event and standard.event_within:
        yield f"within {_number(standard.event_within.number, standard.event_within.unit)} of {_event(required, show)}"
    else:
        yield from _rule(standard)
        if cause.kind != "contact":
            yield f"{CAUSES[cause.kind]} {show(cause.date)}"
    if required.remaining > 1:
        yield f"{required.remaining} still to do"
    yield from (f"must be {asked}" for asked in ("positive", "unscheduled") if asked in required.asks)
    yield f"last {show(required.last)}" if required.last else "none yet"
    yield from _exception(required, show)


def _event(required: ContactRequirement, show: ShowDate) -> str:
    words = {"resumed": "resuming", "release": "release"}.get(required.cause.kind, CAUSES[required.cause.kind])
    return f"{words} {show(required.cause.date)}"


def _exception(required: ContactRequirement, show: ShowDate) -> Iterator[str]:
    exception = required.exception
    if exception and exception.moved_to:
        yield f"moved from {show(exception.due)}"
    elif exception:
        yield f"{show(exception.due)} waived"


def _length(period: Period) -> str:
    """Return a period after "per": "month", "30 days"."""
    return period.unit if period.number == 1 else _number(period.number, period.unit)


def _number(number: int, unit: str) -> str:
    words = unit.replace("_", " ")
    return f"{number} {words}" if number == 1 else f"{number} {words}s"
