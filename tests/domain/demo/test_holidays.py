"""The days off of the demo agency, against the calendars that the US Office of Personnel Management publishes."""

import datetime as dt

from fieldapp.domain.demo.holidays import federal_holidays
from fieldapp.domain.demo.working_days import next_working_day
from fieldapp.domain.demo.working_days import working_day_before
from fieldapp.domain.demo.working_days import works


def test_holidays_of_2026_are_those_published() -> None:
    published = ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"]

    assert sorted(federal_holidays(2026)) == [dt.date.fromisoformat(f"2026-{day}") for day in published]


def test_holiday_at_a_weekend_is_kept_on_friday_or_monday() -> None:
    assert dt.date(2027, 7, 5) in federal_holidays(2027)
    assert dt.date(2021, 12, 31) in federal_holidays(2022)
    assert not works(dt.date(2021, 12, 31))


def test_days_move_to_the_next_or_the_last_day_of_work() -> None:
    thanksgiving, saturday = dt.date(2026, 11, 26), dt.date(2026, 11, 28)

    assert working_day_before(thanksgiving) == dt.date(2026, 11, 25)
    assert next_working_day(saturday, dt.date(2026, 12, 31)) == dt.date(2026, 11, 30)
    assert next_working_day(saturday, dt.date(2026, 11, 29)) == dt.date(2026, 11, 27)
