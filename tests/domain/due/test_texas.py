"""Texas parole: home visit after a change of address and after custody; some unscheduled or at a weekend."""

from fieldapp.domain.due.requirement import requirement
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels
from tests.domain.due.build import on_event

AFTER_MOVE = on_event("address_change", 30)
AFTER_CUSTODY = on_event("release", 5)
SOME_UNSCHEDULED = every(1, "quarter", cadence="calendar", count=3, unscheduled_count=1, weekend_is_unscheduled=True)
MOVED = case(d(1, 1), events=(event("address_change", d(3, 1)),))
BACK = case(d(1, 1), statuses=levels((d(2, 1), "in_custody"), (d(3, 2), "active")))


def test_nothing_is_asked_before_an_address_change():
    assert requirement(AFTER_MOVE, MOVED, [], today=d(2, 28)) is None


def test_home_visit_within_thirty_days_of_an_address_change():
    # 1 Mar + 30 days = 31 Mar.
    asked = ask(AFTER_MOVE, MOVED, home(d(2, 20)), today=d(3, 2))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(3, 31), "address_change", d(3, 1))


def test_a_visit_on_the_day_of_the_move_or_later_answers_it():
    assert ask(AFTER_MOVE, MOVED, home(d(3, 1)), today=d(3, 2)).state == "met"
    assert ask(AFTER_MOVE, MOVED, home(d(3, 30)), today=d(4, 2)).state == "met"


def test_home_visit_within_five_days_of_return_from_custody():
    # 2 Mar + 5 days = 7 Mar; the status history alone tells of the release.
    asked = ask(AFTER_CUSTODY, BACK, home(d(1, 20)), today=d(3, 3))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(3, 7), "release", d(3, 2))


def test_the_end_of_a_warrant_is_no_release():
    person = case(d(1, 1), statuses=levels((d(2, 1), "warrant"), (d(3, 2), "active")))
    assert requirement(AFTER_CUSTODY, person, [], today=d(3, 3)) is None
    assert due(on_event("resumed", 5), person, today=d(3, 3)) == d(3, 7)


def test_of_two_moves_without_a_visit_the_earlier_date_stands():
    twice = case(d(1, 1), events=(event("address_change", d(3, 20)), event("address_change", d(3, 1))))
    assert due(AFTER_MOVE, twice, today=d(3, 21)) == d(3, 31)
    assert ask(AFTER_MOVE, twice, home(d(3, 25)), today=d(3, 26)).state == "met"


def test_one_of_three_must_be_unscheduled():
    planned = home(d(1, 5), d(2, 3), d(3, 3), scheduled=True)  # Mon, Tue, Tue
    asked = ask(SOME_UNSCHEDULED, case(d(1, 1)), planned, today=d(3, 4))
    assert (asked.due, asked.asks) == (d(3, 31), {"unscheduled"})
    asked = ask(SOME_UNSCHEDULED, case(d(1, 1)), planned + home(d(3, 9)), today=d(3, 10))
    assert (asked.due, asked.state) == (d(6, 30), "met")


def test_a_planned_visit_on_a_saturday_counts_as_unscheduled_there():
    saturday = home(d(1, 5), d(2, 3), d(3, 7), scheduled=True)
    assert due(SOME_UNSCHEDULED, case(d(1, 1)), saturday, today=d(3, 8)) == d(6, 30)
