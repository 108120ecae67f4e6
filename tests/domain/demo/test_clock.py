"""The demo's day of field work, whatever the time at which the demo is made."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from fieldapp.domain.demo.clock import field_day

ZONE = ZoneInfo("America/New_York")


def at(hour: int, minute: int = 0, day: int = 23) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "starts", "lunch"),
    [(at(0, 5), 0, 0), (at(6), 3.5, 0), (at(12), 9.5, 30), (at(15, 40), 13, 0), (at(23, 55), 13, 0)],
)
def test_day_begins_some_hours_before_now_on_the_same_date(now: dt.datetime, starts: float, lunch: int) -> None:
    day = field_day(now)

    assert (day.on, day.start, day.lunch_minutes) == (dt.date(2026, 11, 23), starts * 3600, lunch)
    assert day.on == day.planned_at.astimezone(ZONE).date()
    assert day.planned_at <= day.begun_at <= now


def test_field_hours_open_early_only_for_an_early_day() -> None:
    assert field_day(at(6)).field_start == dt.time(3, 30)
    assert field_day(at(15)).field_start == dt.time(8)


def test_visits_planned_past_now_are_drawn_together_in_their_order() -> None:
    day = field_day(at(1))
    planned = [day.begun_at + dt.timedelta(minutes=20 * number) for number in range(1, 6)]

    done = [day.done(moment, planned[-1]) for moment in planned]

    assert done == sorted(done)
    assert day.begun_at < done[0]
    assert done[-1] < day.now


def test_what_is_planned_before_now_happens_as_planned() -> None:
    day = field_day(at(15))

    assert day.done(at(13), at(14)) == at(13)


def test_soon_after_midnight_hardly_anything_is_done() -> None:
    assert [field_day(at(0, minute)).most_visits for minute in (0, 10, 20, 30)] == [0, 0, 3, 5]
