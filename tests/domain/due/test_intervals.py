"""Rules 1 to 4: which contacts count, the first deadline, too few in the history, and the n-th most recent one."""

import pytest

from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import contact
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import every
from tests.domain.due.build import home

PERSON = case(d(1, 1))
MONTHLY = every(30)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "attempted"},
        {"location": "office"},
        {"method": "phone"},
        {"party": "collateral"},
    ],
)
def test_a_contact_of_another_kind_does_not_count(facts):
    # No contact counts: 1 Jan + 30 days = 31 Jan.
    assert due(MONTHLY, PERSON, [contact(d(1, 10), **facts)], today=d(1, 11)) == d(1, 31)


def test_outcomes_can_be_demanded():
    inside = every(30, outcomes=frozenset({"contact_inside"}))
    assert due(inside, PERSON, home(d(1, 10), outcome="contact_at_door"), today=d(1, 11)) == d(1, 31)
    assert due(inside, PERSON, home(d(1, 10), outcome="contact_inside"), today=d(1, 11)) == d(2, 9)


def test_agency_may_let_a_collateral_contact_count():
    either = every(30, parties=frozenset({"direct", "collateral"}))
    assert due(either, PERSON, home(d(1, 10), party="collateral"), today=d(1, 11)) == d(2, 9)


def test_contacts_before_the_start_and_after_today_do_not_count():
    assert due(MONTHLY, PERSON, home(d(12, 31, 2025), d(1, 20)), today=d(1, 19)) == d(1, 31)


def test_without_a_first_deadline_one_full_period_runs_from_the_start():
    assert due(MONTHLY, PERSON, today=d(1, 1)) == d(1, 31)


def test_fewer_contacts_than_asked_leave_the_date_one_period_after_the_start():
    two = every(30, count=2)
    asked = ask(two, PERSON, home(d(1, 10)), today=d(1, 11))
    assert (asked.due, asked.remaining) == (d(1, 31), 1)


def test_the_nth_most_recent_contact_decides():
    # Two per 30 days, seen 10 and 25 Jan: the second most recent is 10 Jan, + 30 = 9 Feb.
    two = every(30, count=2)
    asked = ask(two, PERSON, home(d(1, 10), d(1, 25)), today=d(1, 26))
    assert (asked.due, asked.remaining, asked.cause.date) == (d(2, 9), 1, d(1, 25))
    assert due(two, PERSON, home(d(1, 10), d(1, 25), d(2, 3)), today=d(2, 4)) == d(2, 24)


def test_two_contacts_on_one_day_run_out_together():
    asked = ask(every(30, count=2), PERSON, home(d(1, 10), d(1, 10)), today=d(1, 11))
    assert (asked.due, asked.remaining) == (d(2, 9), 2)


def test_first_deadline_then_fewer_than_n_then_nth():
    # First within 10 days: 11 Jan. One made: start + 30 = 31 Jan.
    two = every(30, count=2, first=(10, "day"))
    assert due(two, PERSON, today=d(1, 2)) == d(1, 11)
    assert due(two, PERSON, home(d(1, 5)), today=d(1, 6)) == d(1, 31)


def test_monthly_from_the_last_of_january_runs_to_the_end_of_february():
    assert due(every(1, "month"), PERSON, home(d(1, 31)), today=d(2, 1)) == d(2, 28)


def test_unscheduled_share_of_a_rolling_standard():
    mixed = every(30, count=2, unscheduled_count=1)
    asked = ask(mixed, PERSON, home(d(1, 10), d(1, 20), scheduled=True), today=d(1, 21))
    assert (asked.due, asked.asks) == (d(1, 31), {"unscheduled"})


def test_first_calendar_period_is_the_first_full_one():
    # Start 15 Jan: the first full quarter is April to June. Start 1 Jan: January to March.
    quarterly = every(1, "quarter", cadence="calendar")
    assert due(quarterly, case(d(1, 15)), today=d(1, 16)) == d(6, 30)
    assert due(quarterly, PERSON, today=d(1, 2)) == d(3, 31)


def test_a_calendar_period_closed_late_leaves_the_next_end_of_month():
    # Nothing in January; seen 3 Feb: + 1 month = 3 Mar, pushed to 31 Mar.
    monthly = every(1, "month", cadence="calendar")
    assert ask(monthly, PERSON, today=d(2, 2)).state == "overdue"
    assert due(monthly, PERSON, home(d(2, 3)), today=d(2, 4)) == d(3, 31)
