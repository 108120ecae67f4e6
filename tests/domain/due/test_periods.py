"""Arithmetic of months at their ends, leap years, quarters, business days and holidays."""

import pytest

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.periods import add_business_days
from fieldapp.domain.due.periods import add_months
from fieldapp.domain.due.periods import add_period
from fieldapp.domain.due.periods import end_of_unit
from fieldapp.domain.due.periods import next_calendar_end
from fieldapp.domain.due.periods import previous_calendar_end
from tests.domain.due.build import d


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (d(1, 31), 1, d(2, 28)),
        (d(1, 31, 2028), 1, d(2, 29, 2028)),
        (d(2, 29, 2028), 12, d(2, 28, 2029)),
        (d(3, 31), 1, d(4, 30)),
        (d(12, 31), 2, d(2, 28, 2027)),
        (d(11, 15), 2, d(1, 15, 2027)),
        (d(3, 31), -1, d(2, 28)),
        (d(1, 10), -1, d(12, 10, 2025)),
    ],
)
def test_months_are_clamped_to_the_last_day(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(30, "day"), d(3, 2)),
        (Period(6, "week"), d(3, 14)),
        (Period(1, "month"), d(2, 28)),
        (Period(1, "quarter"), d(4, 30)),
        (Period(1, "year"), d(1, 31, 2027)),
        (Period(2, "business_day"), d(2, 3)),  # Sat 31 Jan: Mon 2, Tue 3 Feb
    ],
)
def test_each_unit_is_added_in_its_own_way(period, expected):
    assert add_period(d(1, 31), period) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("day", d(2, 28)),
        ("week", d(2, 15)),  # 12 Feb 2026 is a Thursday
        ("month", d(2, 28)),
        ("quarter", d(3, 31)),
        ("year", d(12, 31)),
    ],
)
def test_a_calendar_unit_ends_on_its_last_day(unit, expected):
    assert end_of_unit(d(2, 12), unit) == expected


def test_last_days_are_their_own_end():
    assert end_of_unit(d(2, 29, 2028), "month") == d(2, 29, 2028)
    assert end_of_unit(d(2, 15), "week") == d(2, 15)
    assert end_of_unit(d(12, 31), "quarter") == d(12, 31)


def test_calendar_periods_end_with_their_month_or_quarter():
    assert next_calendar_end(d(2, 12), Period(2, "month")) == d(4, 30)
    assert next_calendar_end(d(1, 15), Period(4, "month")) == d(5, 31)
    assert next_calendar_end(d(11, 30), Period(1, "quarter")) == d(3, 31, 2027)


def test_calendar_periods_open_after_the_end_of_the_one_before():
    assert previous_calendar_end(d(4, 30), Period(2, "month")) == d(2, 28)
    assert previous_calendar_end(d(6, 30), Period(1, "quarter")) == d(3, 31)
    assert previous_calendar_end(d(1, 18), Period(1, "week")) == d(1, 11)


def test_business_days_leave_out_weekends_and_holidays():
    # Fri 18 Dec 2026: Mon 21, 22, 23, 24, (25 a holiday, 26 and 27 the weekend), Mon 28.
    christmas = {d(12, 25)}
    assert add_business_days(d(12, 18), 4, christmas) == d(12, 24)
    assert add_business_days(d(12, 18), 5, christmas) == d(12, 28)


def test_a_holiday_on_a_sunday_costs_no_business_day():
    assert add_business_days(d(12, 18), 1, {d(12, 20)}) == d(12, 21)
