"""The repeating parts of a standard: so many contacts of a sort in every period."""

from dataclasses import dataclass
from datetime import date

from fieldapp.domain.due.contact import Asks
from fieldapp.domain.due.periods import ONE_DAY
from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.periods import add_period
from fieldapp.domain.due.periods import next_calendar_end
from fieldapp.domain.due.periods import previous_calendar_end
from fieldapp.domain.due.standard import Standard

ONE_MONTH = Period(1, "month")


@dataclass(frozen=True, slots=True)
class Clause:
    """`count` contacts of the sort `asks` in every `period`, rolling or due when the calendar period ends."""

    asks: Asks
    count: int
    period: Period
    calendar: bool

    def after(self, day: date) -> date:
        """Return the due date one period after a contact, or after an occurrence due on `day` (rules 4 and 5)."""
        return next_calendar_end(day, self.period) if self.calendar else add_period(day, self.period)

    def from_start(self, anchor: date) -> date:
        """Return the due date one full period after the clock began (rule 3).

        By the calendar this is the end of the first full period; a clock that begins on 1 April has the whole
        second quarter before it, hence the day before counts.
        """
        return self.after(anchor - ONE_DAY) if self.calendar else self.after(anchor)

    def met_until(self, due: date) -> date | None:
        """Return the last day of the period before the one that ends on `due`; None for a rolling cadence."""
        return previous_calendar_end(due, self.period) if self.calendar else None


def clauses(standard: Standard) -> list[Clause]:
    """Return the repeating parts of a standard, the main one first; none for cadence once."""
    if standard.period is None:
        return []
    calendar = standard.cadence == "calendar"
    found = [Clause("contact", standard.count, standard.period, calendar)]
    if standard.each_month:
        found.append(Clause("contact", 1, ONE_MONTH, calendar=True))
    if standard.positive_count:
        found.append(Clause("positive", standard.positive_count, standard.period, calendar))
    if standard.unscheduled_count:
        found.append(Clause("unscheduled", standard.unscheduled_count, standard.period, calendar))
    return found
