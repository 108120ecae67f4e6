"""Lengths of time in the units of contact standards, and the arithmetic of days, business days, months and quarters."""

import calendar
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Literal

Unit = Literal["day", "business_day", "week", "month", "quarter", "year"]

ONE_DAY = timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
DAYS_IN = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Period:
    """A whole number (at least 1) of one unit, such as 30 days, 7 business days or 1 quarter."""

    number: int
    unit: Unit


def add_months(day: date, months: int) -> date:
    """Return the same day of the month, `months` later (negative: earlier), or that month's last day if shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    # Every month has 28 days, so most dates need no look at the calendar.
    return date(year, month, day.day if day.day <= 28 else min(day.day, calendar.monthrange(year, month)[1]))


def is_business_day(day: date, holidays: Set[date]) -> bool:
    """Say whether an agency works on that day: Monday to Friday and not one of its holidays."""
    return day.weekday() < 5 and day not in holidays


def add_business_days(day: date, number: int, holidays: Set[date]) -> date:
    """Return the `number`-th business day after `day`; the day itself is never counted."""
    left = number
    while left:
        day += ONE_DAY
        left -= is_business_day(day, holidays)
    return day


def add_period(day: date, period: Period, holidays: Set[date] = frozenset()) -> date:
    """Return the last day of `period` when it starts to run on `day`; months are clamped at their end."""
    if period.unit in MONTHS_IN:
        return add_months(day, period.number * MONTHS_IN[period.unit])
    if period.unit == "business_day":
        return add_business_days(day, period.number, holidays)
    return day + timedelta(days=period.number * DAYS_IN[period.unit])


def end_of_unit(day: date, unit: Unit) -> date:
    """Return the last day of the calendar week (Sunday), month, quarter or year around `day`.

    A period counted in days ends with its month, because that is how agencies close their books.
    """
    if unit == "week":
        return day + timedelta(days=6 - day.weekday())
    months = MONTHS_IN.get(unit, 1)
    last = (day.month + months - 1) // months * months
    return date(day.year, last, calendar.monthrange(day.year, last)[1])


def next_calendar_end(day: date, period: Period) -> date:
    """Return the end of the calendar unit reached one period after `day` (12 Feb, 2 months: 30 Apr)."""
    return end_of_unit(add_period(day, period), period.unit)


def previous_calendar_end(end: date, period: Period) -> date:
    """Return the last day before the calendar period that closes on `end` opened (30 Apr, 2 months: 28 Feb)."""
    return end_of_unit(add_period(end, Period(-period.number, period.unit)), period.unit)
