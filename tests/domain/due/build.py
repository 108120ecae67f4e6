"""Short ways to write dates, contacts, standards and cases in the tests of the due rules."""

from datetime import date
from typing import Any

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import CaseEvent
from fieldapp.domain.due.case import Dated
from fieldapp.domain.due.contact import Contact
from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.periods import Unit
from fieldapp.domain.due.requirement import ContactRequirement
from fieldapp.domain.due.requirement import requirement
from fieldapp.domain.due.standard import Standard
from fieldapp.domain.due.standard_check import check_standard

LONG_AGO = date(2000, 1, 1)
HOME = frozenset({"residence"})
WORK = frozenset({"employment"})


def d(month: int, day: int, year: int = 2026) -> date:
    """A date; 2026 unless said otherwise. 1 January 2026 is a Thursday."""
    return date(year, month, day)


def contact(day: date, **facts: Any) -> Contact:
    """A completed, unscheduled, positive visit at home."""
    usual = {
        "method": "in_person",
        "location": "residence",
        "party": "direct",
        "status": "completed",
        "positive": True,
        "scheduled": False,
    }
    return Contact(day, **(usual | facts))


def home(*days: date, **facts: Any) -> list[Contact]:
    return [contact(day, **facts) for day in days]


def every(
    number: int | None = None, unit: Unit = "day", *, first: tuple[int, Unit] | None = None, **fields: Any
) -> Standard:
    """A checked home contact standard: `every(30)` is rolling, `every(first=(15, "day"))` is once."""
    usual = {
        "key": "home",
        "label": "Home contact",
        "cadence": "rolling" if number else "once",
        "effective_from": LONG_AGO,
        "locations": HOME,
        "period": Period(number, unit) if number else None,
        "initial": Period(*first) if first else None,
    }
    standard = Standard(**(usual | fields))
    check_standard(standard)
    return standard


def on_event(event: str, number: int, unit: Unit = "day", **fields: Any) -> Standard:
    return every(event=event, event_within=Period(number, unit), **fields)


def case(start: date, **facts: Any) -> Case:
    return Case(start, **facts)


def levels(*entries: tuple[date, str]) -> tuple[Dated, ...]:
    return tuple(Dated(*entry) for entry in entries)


def event(kind: Any, day: date) -> CaseEvent:
    return CaseEvent(kind, day)


def ask(standard: Standard, person: Case, contacts: Any = (), *, today: date, holidays: Any = ()) -> ContactRequirement:
    """What the standard asks; fails if it asks nothing."""
    found = requirement(standard, person, contacts, today=today, holidays=frozenset(holidays))
    assert found is not None
    return found


def due(standard: Standard, person: Case, contacts: Any = (), *, today: date, holidays: Any = ()) -> date | None:
    return ask(standard, person, contacts, today=today, holidays=holidays).due
