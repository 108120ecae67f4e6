"""How urgent a visit is, as the solver's priority: what is most overdue at the closest level comes first."""

import datetime as dt

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.people.file import level_on

HORIZON_DAYS = 60
LEVEL_STEP = 20


def urgency(row: DueRow, today: dt.date) -> int:
    """1 to 1000: 500 on the due date, more for each day overdue (at most 60), less for each day left; plus level."""
    due = row.required.due
    if due is None:
        return 1
    days = max(-HORIZON_DAYS, min(HORIZON_DAYS, (today - due).days))
    level = level_on(row.person, today)
    return max(1, min(1000, 500 + 6 * days + LEVEL_STEP * (level.level.rank if level else 0)))
