"""What fell due and was done on time, late or not at all."""

from fieldapp.domain.due.case import DueException
from fieldapp.domain.due.history import occurrences
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels
from tests.domain.due.build import on_event

PERSON = case(d(1, 1))
MONTHLY = every(30)
CALENDAR = every(1, "month", cadence="calendar")


def past(standard, person, contacts, today):
    return [(one.due, one.completed, one.result) for one in occurrences(standard, person, contacts, today=today)]


def test_a_completion_by_the_due_date_is_on_time():
    # Due 31 Jan, done 31 Jan; then due 2 Mar, done 20 Feb; the next, 22 Mar, is not past yet.
    found = occurrences(MONTHLY, PERSON, home(d(1, 31), d(2, 20)), today=d(3, 1))
    assert [(one.due, one.completed, one.on_time) for one in found] == [
        (d(1, 31), d(1, 31), True),
        (d(3, 2), d(2, 20), True),
    ]


def test_a_late_completion_stays_late():
    # Due 31 Jan, done 3 Feb.
    assert past(MONTHLY, PERSON, home(d(2, 3)), d(2, 10)) == [(d(1, 31), d(2, 3), "late")]
    assert past(MONTHLY, PERSON, home(d(2, 3), d(2, 20)), d(2, 25))[0] == (d(1, 31), d(2, 3), "late")


def test_an_overdue_occurrence_is_open_from_the_day_after():
    assert past(MONTHLY, PERSON, [], d(1, 31)) == []
    assert past(MONTHLY, PERSON, [], d(2, 1)) == [(d(1, 31), None, "open")]


def test_another_falls_due_after_each_further_period_without_a_contact():
    # 31 Jan, + 30 = 2 Mar, + 30 = 1 Apr.
    missed = [(d(1, 31), None, "missed"), (d(3, 2), None, "missed")]
    assert past(MONTHLY, PERSON, [], d(4, 5)) == [*missed, (d(4, 1), None, "open")]
    assert past(MONTHLY, PERSON, home(d(4, 4)), d(4, 5)) == [*missed, (d(4, 1), d(4, 4), "late")]


def test_calendar_months_are_counted_one_by_one():
    found = past(CALENDAR, PERSON, home(d(1, 9), d(2, 9), d(2, 20)), d(4, 2))
    assert found == [
        (d(1, 31), d(1, 9), "on_time"),
        (d(2, 28), d(2, 9), "on_time"),
        (d(3, 31), None, "open"),
    ]


def test_attempts_complete_nothing():
    assert past(MONTHLY, PERSON, home(d(1, 20), status="attempted"), d(2, 1)) == [(d(1, 31), None, "open")]


def test_a_moved_occurrence_is_judged_by_its_new_day():
    moved = case(d(1, 1), exceptions=(DueException("home", d(1, 31), d(2, 10), "ill", "s"),))
    found = occurrences(MONTHLY, moved, home(d(2, 8)), today=d(2, 9))
    assert [(one.due, one.rule_due, one.on_time) for one in found] == [(d(2, 10), d(1, 31), True)]


def test_a_waived_occurrence_does_not_appear():
    waived = case(d(1, 1), exceptions=(DueException("home", d(1, 31), None, "ill", "s"),))
    assert past(MONTHLY, waived, [], d(3, 3)) == [(d(3, 2), None, "open")]


def test_a_repetition_can_be_waived_too():
    waived = case(d(1, 1), exceptions=(DueException("home", d(3, 2), None, "ill", "s"),))
    assert past(MONTHLY, waived, [], d(4, 5)) == [(d(1, 31), None, "missed"), (d(4, 1), None, "open")]


def test_suspension_ends_what_was_not_yet_due_and_keeps_what_was():
    custody = levels((d(2, 10), "in_custody"), (d(3, 20), "active"))
    person = case(d(1, 1), statuses=custody)
    # Never seen: 31 Jan is missed, 2 Mar never came; from 20 Mar the next is 19 Apr.
    assert past(MONTHLY, person, [], d(4, 1)) == [(d(1, 31), None, "missed")]
    # Seen 20 Jan: due 19 Feb, after custody began.
    assert past(MONTHLY, person, home(d(1, 20)), d(4, 1)) == [(d(1, 31), d(1, 20), "on_time")]


def test_what_was_due_on_the_last_day_before_a_suspension_is_missed():
    person = case(d(1, 1), statuses=levels((d(2, 1), "warrant")))
    assert past(MONTHLY, person, [], d(2, 1)) == [(d(1, 31), None, "missed")]


def test_a_level_left_behind_keeps_its_history():
    high = every(30, level_key="high")
    person = case(d(1, 1), levels=levels((d(1, 1), "high"), (d(2, 15), "low"), (d(12, 1), "high")))
    assert past(high, person, home(d(2, 3)), d(3, 1)) == [(d(1, 31), d(2, 3), "late")]


def test_each_version_of_a_standard_keeps_the_occurrences_of_its_own_time():
    # Two versions of one rule: 31 Jan belongs to the old one, 2 Mar to the new one.
    old = every(30, effective_from=d(1, 1), effective_to=d(2, 15))
    new = every(30, effective_from=d(2, 16), in_force_since=d(1, 1))
    assert past(old, PERSON, [], d(3, 5)) == [(d(1, 31), None, "missed")]
    assert past(new, PERSON, [], d(3, 5)) == [(d(3, 2), None, "open")]


def test_first_visit_that_never_came_is_one_occurrence_only():
    assert past(every(first=(15, "day")), PERSON, [], d(12, 1)) == [(d(1, 16), None, "open")]


def test_an_event_is_answered_late_once():
    person = case(d(1, 1), events=(event("address_change", d(3, 1)), event("address_change", d(4, 10))))
    found = past(on_event("address_change", 30), person, home(d(4, 12)), d(5, 30))
    assert found == [(d(3, 31), d(4, 12), "late")]


def test_an_event_after_a_contact_is_not_answered_by_it():
    person = case(d(1, 1), events=(event("address_change", d(3, 1)),))
    assert past(on_event("address_change", 30), person, home(d(2, 1)), d(4, 1)) == [(d(3, 31), None, "open")]


def test_a_visit_that_is_not_positive_closes_the_month_but_not_the_quarter():
    # Two positive a quarter, one in each month; April brings one without seeing the person.
    standard = every(1, "quarter", cadence="calendar", count=3, positive_count=2, each_month=True, parties=frozenset())
    contacts = home(d(1, 9)) + home(d(2, 9), d(3, 9), d(4, 9), positive=False)
    assert past(standard, PERSON, contacts, d(4, 10)) == [
        (d(1, 31), d(1, 9), "on_time"),
        (d(2, 28), d(2, 9), "on_time"),
        (d(3, 31), d(3, 9), "on_time"),
        (d(3, 31), None, "open"),
        (d(4, 30), d(4, 9), "on_time"),
    ]


def test_nothing_has_fallen_due_before_the_start():
    assert past(MONTHLY, case(d(6, 1)), [], d(5, 1)) == []


def test_second_of_two_contacts_completes_the_occurrence():
    two = every(30, count=2)
    assert past(two, PERSON, home(d(1, 10), d(1, 20)), d(1, 25)) == [(d(1, 31), d(1, 20), "on_time")]
