"""The US federal holidays of a year (5 U.S.C. 6103), as the demo agency keeps them."""

import datetime as dt

SATURDAY, SUNDAY = 5, 6
MONDAY, THURSDAY = 0, 3


def federal_holidays(year: int) -> dict[dt.date, str]:
    """Return the days off of a year with their names; a holiday at a weekend is kept on Friday or Monday."""
    fixed = {
        dt.date(year, 1, 1): "New Year’s Day",
        dt.date(year, 6, 19): "Juneteenth",
        dt.date(year, 7, 4): "Independence Day",
        dt.date(year, 11, 11): "Veterans Day",
        dt.date(year, 12, 25): "Christmas Day",
    }
    moving = {
        nth_weekday(year, 1, MONDAY, 3): "Birthday of Martin Luther King, Jr.",
        nth_weekday(year, 2, MONDAY, 3): "Washington’s Birthday",
        nth_weekday(year, 6, MONDAY, 1) - dt.timedelta(days=7): "Memorial Day",
        nth_weekday(year, 9, MONDAY, 1): "Labor Day",
        nth_weekday(year, 10, MONDAY, 2): "Columbus Day",
        nth_weekday(year, 11, THURSDAY, 4): "Thanksgiving Day",
    }
    # the last Monday of May is the one before the first Monday of June
    return {observed(day): name for day, name in fixed.items()} | moving


def nth_weekday(year: int, month: int, weekday: int, n: int) -> dt.date:
    """Return the n-th such weekday (0 is Monday) of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def observed(day: dt.date) -> dt.date:
    """Return the working day on which a holiday of a fixed date is kept."""
    if day.weekday() == SATURDAY:
        return day - dt.timedelta(days=1)
    return day + dt.timedelta(days=1) if day.weekday() == SUNDAY else day
