"""Days on which the demo's officers made their visits: Monday to Friday without federal holidays."""

import datetime as dt
from functools import cache

from fieldapp.domain.demo.holidays import SATURDAY
from fieldapp.domain.demo.holidays import federal_holidays

ONE_DAY = dt.timedelta(days=1)


def works(day: dt.date) -> bool:
    """Say whether the agency works on that day."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def working_day_before(day: dt.date) -> dt.date:
    """Return that day or the last working day before it."""
    while not works(day):
        day -= ONE_DAY
    return day


def next_working_day(day: dt.date, latest: dt.date) -> dt.date:
    """Return that day or the next working day; where that would be after `latest`, the last one before the day."""
    found = day
    while not works(found):
        found += ONE_DAY
    return found if found <= latest else working_day_before(min(day, latest))


@cache
def _days_off(year: int) -> frozenset[dt.date]:
    return frozenset({*federal_holidays(year), *(on for on in federal_holidays(year + 1) if on.year == year)})
