"""Rule 10: five states and five buckets."""

import pytest

from fieldapp.domain.due.requirement import requirements
from fieldapp.domain.due.state import bucket_of
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import every
from tests.domain.due.build import home

PERSON = case(d(1, 1))


@pytest.mark.parametrize(
    ("today", "state", "late"),
    [
        (d(1, 23), "due_later", 0),
        (d(1, 24), "due_soon", 0),  # seven days before 31 Jan
        (d(1, 30), "due_soon", 0),
        (d(1, 31), "due_today", 0),
        (d(2, 1), "overdue", 1),
        (d(2, 4), "overdue", 4),
    ],
)
def test_state_of_a_contact_due_on_the_last_of_january(today, state, late):
    asked = ask(every(30), PERSON, today=today)
    assert (asked.state, asked.days_overdue(today)) == (state, late)


def test_a_calendar_period_is_met_until_it_ends():
    monthly = every(1, "month", cadence="calendar")
    seen = home(d(1, 9))
    states = [ask(monthly, PERSON, seen, today=day).state for day in (d(1, 9), d(1, 31), d(2, 1), d(2, 21), d(3, 1))]
    assert states == ["met", "met", "due_later", "due_soon", "overdue"]


def test_a_met_standard_is_never_overdue():
    asked = ask(every(first=(15, "day")), PERSON, home(d(1, 9)), today=d(12, 1))
    assert (asked.state, asked.bucket, asked.days_overdue(d(12, 1))) == ("met", None, 0)


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (d(11, 22), "overdue"),
        (d(11, 23), "this_week"),  # Monday, today
        (d(11, 29), "this_week"),  # Sunday
        (d(11, 30), "this_month"),
        (d(12, 1), "next_month"),
        (d(12, 31), "next_month"),
        (d(1, 1, 2027), "later"),
    ],
)
def test_bucket_of_a_due_date_seen_from_monday_23_november(due, bucket):
    assert bucket_of(due, d(11, 23)) == bucket


def test_this_week_may_reach_into_the_next_month():
    assert bucket_of(d(5, 3), d(4, 30)) == "this_week"  # Thu 30 Apr to Sun 3 May 2026


def test_next_month_after_january_31_is_all_of_february():
    assert bucket_of(d(2, 28), d(1, 31)) == "next_month"
    assert bucket_of(d(3, 1), d(1, 31)) == "later"


def test_requirements_come_earliest_first_and_those_met_for_good_last():
    once = every(first=(15, "day"), key="once", label="A first visit")
    late, soon = every(20, key="late", label="Z"), every(30, key="soon", label="B")
    other = every(30, key="other", label="C", level_key="high")
    asked = requirements([once, soon, other, late], PERSON, home(d(1, 9)), today=d(1, 10))
    assert [one.standard.key for one in asked] == ["late", "soon", "once"]


def test_requirements_leave_out_attempts():
    asked = requirements([every(30)], PERSON, home(d(1, 9), status="attempted"), today=d(1, 10))
    assert [(one.due, one.last) for one in asked] == [(d(1, 31), None)]
