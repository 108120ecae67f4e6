"""Rule 9: an approved exception moves or waives one occurrence."""

from fieldapp.domain.due.case import DueException
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import on_event

MONTHLY = every(30)  # start 1 Jan: due 31 Jan


def approved(day, moved_to=None, key="home"):
    return DueException(key, day, moved_to, "in hospital", "supervisor")


def person(*exceptions, **facts):
    return case(d(1, 1), exceptions=exceptions, **facts)


def test_a_moved_occurrence_is_due_on_its_new_day():
    asked = ask(MONTHLY, person(approved(d(1, 31), d(2, 10))), today=d(2, 5))
    assert (asked.due, asked.rule_due, asked.state) == (d(2, 10), d(1, 31), "due_soon")
    assert asked.exception is not None
    assert (asked.exception.reason, asked.exception.approved_by) == ("in hospital", "supervisor")


def test_a_moved_occurrence_does_not_move_the_next_one():
    # Seen 8 Feb: + 30 days = 10 Mar, as without the exception.
    asked = ask(MONTHLY, person(approved(d(1, 31), d(2, 10))), home(d(2, 8)), today=d(2, 9))
    assert (asked.due, asked.exception) == (d(3, 10), None)


def test_an_occurrence_can_be_moved_twice_and_back_without_end():
    moves = approved(d(1, 31), d(2, 10)), approved(d(2, 10), d(2, 20)), approved(d(2, 20), d(1, 31))
    assert due(MONTHLY, person(*moves[:2]), today=d(2, 1)) == d(2, 20)
    assert due(MONTHLY, person(*moves), today=d(1, 15)) == d(1, 31)


def test_a_waived_occurrence_gives_way_to_the_next():
    # 31 Jan waived: + 30 days = 2 Mar. By the calendar: 28 Feb.
    assert due(MONTHLY, person(approved(d(1, 31))), today=d(2, 1)) == d(3, 2)
    calendar = every(1, "month", cadence="calendar")
    asked = ask(calendar, person(approved(d(1, 31))), today=d(1, 20))
    assert (asked.due, asked.state) == (d(2, 28), "met")


def test_two_occurrences_in_a_row_can_be_waived():
    assert due(MONTHLY, person(approved(d(1, 31)), approved(d(3, 2))), today=d(2, 1)) == d(4, 1)


def test_a_waived_first_visit_is_not_asked_again():
    asked = ask(every(first=(15, "day")), person(approved(d(1, 16))), today=d(2, 1))
    assert (asked.due, asked.state, asked.last, asked.cause.kind) == (None, "met", None, "start")


def test_a_waived_first_contact_gives_way_to_the_first_full_period():
    assert due(every(30, first=(10, "day")), person(approved(d(1, 11))), today=d(1, 5)) == d(2, 10)


def test_a_waived_event_is_not_asked_again():
    moved = person(approved(d(3, 31)), events=(event("address_change", d(3, 1)),))
    assert ask(on_event("address_change", 30), moved, today=d(4, 5)).state == "met"


def test_an_exception_for_another_day_or_standard_changes_nothing():
    assert due(MONTHLY, person(approved(d(1, 30)), approved(d(1, 31), key="work")), today=d(1, 5)) == d(1, 31)


def test_a_moved_first_contact_keeps_no_earlier_aim():
    aimed = every(30, first=(3, "business_day"), initial_aim=1)
    assert ask(aimed, person(approved(d(1, 6), d(1, 9))), today=d(1, 5)).aim is None
