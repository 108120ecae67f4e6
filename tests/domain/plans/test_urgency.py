"""Urgency: days overdue, level, and whether the deadline falls before the officer's next day in the field."""

import datetime as dt
import types
from typing import Any
from typing import cast

import pytest

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.plans.urgency import urgency

FRIDAY = dt.date(2026, 11, 20)
MONDAY = dt.date(2026, 11, 23)


def row(due: dt.date | None, rank: int = 3) -> DueRow:
    level = types.SimpleNamespace(from_on=dt.date(2020, 1, 1), level=types.SimpleNamespace(rank=rank))
    person: Any = types.SimpleNamespace(levels=[level])
    return DueRow(person, cast(Any, types.SimpleNamespace(due=due)), "home")


def on(days: int, rank: int = 3) -> int:
    """The urgency on Friday of what is due so many days later."""
    return urgency(row(FRIDAY + dt.timedelta(days=days), rank), FRIDAY)


def test_more_days_overdue_are_more_urgent_up_to_sixty() -> None:
    urgencies = [on(days) for days in (20, 5, 0, -5, -20, -60)]
    assert urgencies == sorted(set(urgencies))
    assert on(-60) == on(-400)
    assert on(60) == on(400)


def test_closer_supervision_is_more_urgent() -> None:
    assert on(0, rank=1) < on(0, rank=3) < on(0, rank=4)


def test_a_deadline_before_the_next_field_day_counts_more_than_a_level() -> None:
    # who is due on Saturday is overdue by Monday; who is due on Monday can be seen then
    assert on(1, rank=2) > on(3, rank=4)


def test_a_holiday_moves_the_next_field_day() -> None:
    due_monday = row(MONDAY)
    assert urgency(due_monday, FRIDAY, {MONDAY}) > urgency(due_monday, FRIDAY)


def test_one_long_overdue_visit_is_worth_several_that_can_wait() -> None:
    assert on(-30) > 4 * on(14)


@pytest.mark.parametrize("rank", [0, 4, 99])
def test_urgency_is_a_priority_that_the_solver_takes(rank: int) -> None:
    assert all(1 <= on(days, rank) <= 1000 for days in (-9999, -1, 0, 1, 9999))
    assert urgency(row(None), FRIDAY) == 1
