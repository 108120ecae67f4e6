"""What the standards ask of one person today: the rows of the due list."""

from collections.abc import Iterable
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import DueException
from fieldapp.domain.due.contact import COMPLETED
from fieldapp.domain.due.contact import Asks
from fieldapp.domain.due.contact import Contact
from fieldapp.domain.due.deadline import Deadline
from fieldapp.domain.due.deadline import Ledger
from fieldapp.domain.due.deadline import deadlines
from fieldapp.domain.due.deadline import open_ledger
from fieldapp.domain.due.span import Cause
from fieldapp.domain.due.span import span_on
from fieldapp.domain.due.standard import Standard
from fieldapp.domain.due.state import Bucket
from fieldapp.domain.due.state import State
from fieldapp.domain.due.state import bucket_of
from fieldapp.domain.due.state import state_of


@dataclass(frozen=True, slots=True)
class ContactRequirement:
    """What one standard asks of one person, computed and never stored."""

    standard: Standard
    state: State
    bucket: Bucket | None
    """None: nothing further is due."""
    due: date | None
    rule_due: date | None
    """The date by the rule; `due` differs where `exception` moved it."""
    aim: date | None
    """The day on which it should be done, before the latest day `due`."""
    cause: Cause
    """What the date is reckoned from, with its day."""
    asks: frozenset[Asks]
    """What the contact must be: any counting `contact`, or a `positive` or `unscheduled` one."""
    remaining: int
    last: date | None
    """The most recent contact that counts."""
    exception: DueException | None

    def days_overdue(self, today: date) -> int:
        """Return how many days the due date is past; 0 if it is not."""
        return max(0, (today - self.due).days) if self.due else 0


def requirement(
    standard: Standard, case: Case, contacts: Sequence[Contact], *, today: date, holidays: Set[date] = frozenset()
) -> ContactRequirement | None:
    """Return what a standard asks of a person.

    None: it is suspended, not in force, not for this person, or asks nothing because its event has not happened.
    Contacts and events after `today` are left out. Dates are local dates of the agency, `holidays` its days off.
    """
    span = span_on(standard, case, today) if standard.applies_on(today) else None
    if span is None:
        return None
    ledger = open_ledger(standard, case, span, contacts, today, holidays)
    found = deadlines(ledger)
    if found:
        return _due(ledger, found, today)
    return _met(ledger) if standard.initial or ledger.events else None


def requirements(
    standards: Iterable[Standard],
    case: Case,
    contacts: Iterable[Contact],
    *,
    today: date,
    holidays: Set[date] = frozenset(),
) -> list[ContactRequirement]:
    """Return what all standards ask of a person, earliest first; those with nothing further due come last."""
    completed = [one for one in contacts if one.status == COMPLETED]
    asked = (requirement(one, case, completed, today=today, holidays=holidays) for one in standards)
    return sorted((one for one in asked if one), key=_order)


def _due(ledger: Ledger, found: Sequence[Deadline], today: date) -> ContactRequirement:
    standard, first = ledger.standard, found[0]
    together = [one for one in found if one.due == first.due]
    return ContactRequirement(
        standard,
        state_of(first, today, standard.soon_days),
        bucket_of(first.due, today),
        first.due,
        first.rule_due,
        first.aim,
        first.cause,
        frozenset(one.asks for one in together),
        first.remaining,
        _last(ledger),
        first.exception,
    )


def _met(ledger: Ledger) -> ContactRequirement:
    last = _last(ledger)
    cause = Cause("contact", last) if last else ledger.span.cause
    return ContactRequirement(ledger.standard, "met", None, None, None, None, cause, frozenset(), 0, last, None)


def _last(ledger: Ledger) -> date | None:
    return ledger.first[-1].date if ledger.first else None


def _order(one: ContactRequirement) -> tuple[date, str, str]:
    return one.due or date.max, one.standard.label, one.standard.key
