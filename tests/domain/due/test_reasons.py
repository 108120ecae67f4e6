"""The reason for each row of the due list, in words."""

import pytest

from fieldapp.domain.due.case import DueException
from fieldapp.domain.due.reason import due_words
from fieldapp.domain.due.reason import reason
from fieldapp.domain.due.reason import rule_words
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels
from tests.domain.due.build import on_event

HIGH = every(30, level_key="high", first=(10, "day"))
PERSON = case(d(9, 1), levels=levels((d(9, 1), "high")))


def why(standard, person, contacts=(), *, today):
    return reason(ask(standard, person, contacts, today=today))


def test_last_contact_is_the_reason():
    assert why(HIGH, PERSON, home(d(9, 18)), today=d(9, 20)) == "Home contact, high: 1 per 30 days, last Sep 18"


def test_label_of_the_level_is_preferred_to_its_key():
    named = every(30, level_key="level-3", level_label="high")
    person = case(d(9, 1), levels=levels((d(9, 1), "level-3")))
    assert why(named, person, home(d(9, 18)), today=d(9, 20)).startswith("Home contact, high: ")


def test_start_of_supervision_is_the_reason_for_a_first_contact():
    assert why(HIGH, PERSON, today=d(9, 2)) == "Home contact, high: 1 per 30 days, supervision began Sep 1, none yet"
    first = why(every(first=(1, "week")), PERSON, today=d(9, 2))
    assert first == "Home contact: first within 1 week, supervision began Sep 1, none yet"


def test_the_event_is_the_reason():
    moved = case(d(9, 1), events=(event("address_change", d(10, 3)),))
    text = why(on_event("address_change", 30), moved, home(d(9, 18)), today=d(10, 4))
    assert text == "Home contact: within 30 days of new address Oct 3, last Sep 18"


@pytest.mark.parametrize(("kind", "words"), [("release", "release"), ("resumed", "resuming")])
def test_return_from_custody_is_the_reason(kind, words):
    back = case(d(9, 1), statuses=levels((d(9, 5), "in_custody"), (d(10, 3), "active")))
    text = why(on_event(kind, 5, "business_day"), back, today=d(10, 4))
    assert text == f"Home contact: within 5 business days of {words} Oct 3, none yet"


def test_resuming_restarts_a_routine_standard():
    back = case(d(9, 1), statuses=levels((d(9, 5), "warrant"), (d(10, 3), "active")))
    assert why(every(30), back, today=d(10, 4)) == "Home contact: 1 per 30 days, active again Oct 3, none yet"


def test_a_change_of_level_is_the_reason():
    raised = case(d(9, 1), levels=levels((d(9, 1), "low"), (d(10, 3), "high")))
    text = why(HIGH, raised, home(d(9, 18)), today=d(10, 4))
    assert text == "Home contact, high: 1 per 30 days, level changed Oct 3, last Sep 18"


def test_what_is_still_to_do_and_of_which_sort():
    standard = every(1, "quarter", cadence="calendar", count=3, positive_count=2, unscheduled_count=1, each_month=True)
    text = why(standard, case(d(1, 1)), home(d(1, 9), d(2, 9), d(3, 9), positive=False, scheduled=True), today=d(3, 10))
    assert text == (
        "Home contact: 3 per quarter, one each month, 2 positive, 1 unscheduled, supervision began Jan 1, "
        "2 still to do, must be positive, must be unscheduled, last Mar 9"
    )


def test_an_exception_is_named():
    def person(moved_to):
        return case(d(9, 1), exceptions=(DueException("home", d(10, 1), moved_to, "ill", "s"),))

    assert why(every(30), person(d(10, 9)), today=d(10, 2)).endswith("none yet, moved from Oct 1")
    assert why(every(30), person(None), today=d(10, 2)).endswith("none yet, Oct 1 waived")


def test_dates_are_shown_as_the_caller_likes():
    asked = ask(HIGH, PERSON, home(d(9, 18)), today=d(9, 20))
    assert reason(asked, lambda day: f"{day.day}.{day.month}.").endswith("last 18.9.")
    assert due_words(asked, d(9, 20), lambda day: f"{day.day}.{day.month}.") == "due 18.10."


def test_rules_in_words():
    assert rule_words(every(1, "month", positive_only=True)) == "1 positive per month"
    assert rule_words(every(2, "month")) == "1 per 2 months"
    assert rule_words(on_event("release", 5)) == ""


def test_a_met_standard_says_so():
    asked = ask(every(first=(15, "day")), PERSON, home(d(9, 9)), today=d(10, 1))
    assert reason(asked) == "Home contact: first within 15 days, last Sep 9"
    assert due_words(asked, d(10, 1)) == "met"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (d(9, 2), "due Oct 1"),
        (d(10, 1), "due today"),
        (d(10, 2), "overdue 1 day, due Oct 1"),
        (d(10, 5), "overdue 4 days, due Oct 1"),
    ],
)
def test_when_it_is_due_in_words(today, words):
    assert due_words(ask(every(30), PERSON, today=today), today) == words


def test_a_complete_calendar_period_names_the_next_date():
    asked = ask(every(1, "month", cadence="calendar"), PERSON, home(d(9, 9)), today=d(9, 10))
    assert due_words(asked, d(9, 10)) == "met, next due Oct 31"


def test_the_aim_comes_before_the_latest_day():
    # Tue 1 Sep: Wed 2 is the first, Fri 4 the third business day.
    aimed = every(30, first=(3, "business_day"), initial_aim=1)
    assert due_words(ask(aimed, PERSON, today=d(9, 1)), d(9, 1)) == "due Sep 2, latest Sep 4"
    assert due_words(ask(aimed, PERSON, today=d(9, 3)), d(9, 3)) == "due Sep 4"
