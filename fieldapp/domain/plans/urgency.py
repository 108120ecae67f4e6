"""How urgent a visit is, as the solver's priority: what is most overdue at the closest level comes first."""

import datetime as dt
from collections.abc import Set

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.people.file import level_on
from fieldapp.domain.plans.days import next_field_day

HORIZON_DAYS = 60
DAY_STEP = 6
LEVEL_STEP = 20
LAST_CHANCE = 60
# of two days' work the one with fewer visits is better only where each of them is worth about two of the others
DOUBLES_EVERY = 100


def urgency(row: DueRow, on: dt.date, holidays: Set[dt.date] = frozenset()) -> int:
    """1 to 1000, twice as much for each 100 points: the sum of a day's visits is what its plan is worth.

    Points: 500 on the due date, more for each day overdue (60 at most), less for each day left; more with the level;
    more where the deadline has passed, or passes before the officer's next day in the field.
    """
    due = row.required.due
    if due is None:
        return 1
    days = max(-HORIZON_DAYS, min(HORIZON_DAYS, (on - due).days))
    level = level_on(row.person, on)
    points = 500 + DAY_STEP * days + LEVEL_STEP * (level.level.rank if level else 0)
    if due < next_field_day(on, holidays):
        points += LAST_CHANCE
    return max(1, min(1000, round(2 ** (points / DOUBLES_EVERY))))
