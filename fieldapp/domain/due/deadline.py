"""The due dates of one standard for one person at one moment, one for each clock that runs."""

from collections.abc import Iterator
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import DueException
from fieldapp.domain.due.case import events_of
from fieldapp.domain.due.clause import Clause
from fieldapp.domain.due.clause import clauses
from fieldapp.domain.due.contact import Asks
from fieldapp.domain.due.contact import Contact
from fieldapp.domain.due.contact import counting
from fieldapp.domain.due.contact import dates_of
from fieldapp.domain.due.periods import ONE_DAY
from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.periods import add_period
from fieldapp.domain.due.span import Cause
from fieldapp.domain.due.span import Span
from fieldapp.domain.due.standard import Standard


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date by which something is due."""

    due: date
    rule_due: date
    """The date by the rule; differs from `due` where an approved exception moved it."""
    cause: Cause
    asks: Asks
    remaining: int
    """How many contacts are still to be made by then."""
    clause: Clause | None
    """The clause that repeats it when nobody comes; None: it does not repeat."""
    aim: date | None = None
    met_until: date | None = None
    """Calendar cadence: the current period is complete, and nothing more is asked up to this day."""
    exception: DueException | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the deadlines of one standard in one span are computed from."""

    standard: Standard
    span: Span
    first: Sequence[Contact]
    """Accepted contacts of the whole term: a first contact stays made after a change of level."""
    made: Sequence[Contact]
    """Accepted contacts in the span."""
    events: Sequence[date]
    exceptions: Sequence[DueException]
    holidays: Set[date]

    def on(self, day: date, *, contacts_until: date) -> "Ledger":
        """Return the ledger as it stood on `day`, with contacts only up to another day."""
        return replace(
            self,
            first=[one for one in self.first if one.date <= contacts_until],
            made=[one for one in self.made if one.date <= contacts_until],
            events=[event for event in self.events if event <= day],
        )


def open_ledger(
    standard: Standard, case: Case, span: Span, contacts: Sequence[Contact], until: date, holidays: Set[date]
) -> Ledger:
    """Gather the contacts (already accepted or not), events and exceptions that bear on a span up to `until`."""
    first = counting(standard, contacts, case.start, until)
    return Ledger(
        standard,
        span,
        first,
        [one for one in first if span.anchor <= one.date],
        [day for day in events_of(case, standard.event) if span.scope <= day <= until] if standard.event_within else [],
        [one for one in case.exceptions if one.standard_key == standard.key],
        holidays,
    )


def deadlines(ledger: Ledger) -> list[Deadline]:
    """Return what is due, earliest first, exceptions applied; of equal dates the one that asks for most is first."""
    found = [moved for one in (*_routine(ledger), *_event(ledger)) if (moved := excepted(one, ledger)) is not None]
    found.sort(key=lambda one: (one.due, -one.remaining, one.asks == "contact"))
    return found


def repeated(deadline: Deadline, ledger: Ledger) -> Deadline | None:
    """Return the deadline that follows when nobody came by this one; None if it does not repeat."""
    if deadline.clause is None:
        return None
    due = deadline.clause.after(deadline.due)
    return excepted(replace(deadline, due=due, rule_due=due, aim=None, exception=None), ledger)


def excepted(deadline: Deadline, ledger: Ledger) -> Deadline | None:
    """Apply approved exceptions: one names an occurrence by the date on which it is due. None: waived for good."""
    left = list(ledger.exceptions)
    while hit := next((one for one in left if one.due == deadline.due), None):
        left.remove(hit)
        if hit.moved_to is not None:
            deadline = replace(deadline, due=hit.moved_to, aim=None, exception=hit)
        elif deadline.clause is None:
            return None
        else:
            clause, due = deadline.clause, deadline.clause.after(deadline.due)
            deadline = replace(
                deadline, due=due, rule_due=due, aim=None, met_until=clause.met_until(due), exception=hit
            )
    return deadline


def _routine(ledger: Ledger) -> Iterator[Deadline]:
    """Yield the first contact while it is not made (rule 2), and after it what repeats (rules 3 to 5)."""
    standard = ledger.standard
    repeats = clauses(standard)
    asks: Asks = "positive" if standard.initial_positive else "contact"
    if standard.initial and not dates_of(standard, ledger.first, asks):
        yield _first(ledger, standard.initial, asks, repeats[0] if repeats else None)
        return
    for clause in repeats:
        yield _next(ledger, clause)


def _first(ledger: Ledger, initial: Period, asks: Asks, repeats: Clause | None) -> Deadline:
    aim = ledger.standard.initial_aim
    anchor = ledger.span.anchor
    due = add_period(anchor, initial, ledger.holidays)
    return Deadline(
        due,
        due,
        ledger.span.cause,
        asks,
        1,
        repeats,
        aim=add_period(anchor, Period(aim, initial.unit), ledger.holidays) if aim else None,
    )


def _next(ledger: Ledger, clause: Clause) -> Deadline:
    dates = dates_of(ledger.standard, ledger.made, clause.asks)
    if len(dates) < clause.count:
        due = clause.from_start(ledger.span.anchor)
        return Deadline(due, due, ledger.span.cause, clause.asks, clause.count - len(dates), clause)
    recent = dates[-clause.count :]
    due = clause.after(recent[0])
    # Contacts on one day, or in one calendar period, leave the period together.
    remaining = 1
    while remaining < clause.count and clause.after(recent[remaining]) <= due:
        remaining += 1
    cause = Cause("contact", recent[-1])
    return Deadline(due, due, cause, clause.asks, remaining, clause, met_until=clause.met_until(due))


def _event(ledger: Ledger) -> Iterator[Deadline]:
    """Yield the earliest event that no contact has answered; one contact answers all events up to its day (rule 7)."""
    standard = ledger.standard
    if not standard.event or not standard.event_within:
        return
    answered = ledger.first[-1].date if ledger.first else ledger.span.scope - ONE_DAY
    for event in ledger.events:
        if event > answered:
            # What happened during a suspension waits until supervision resumes.
            begins = max(event, ledger.span.anchor)
            due = add_period(begins, standard.event_within, ledger.holidays)
            yield Deadline(due, due, Cause(standard.event, event), "contact", 1, None)
            return
