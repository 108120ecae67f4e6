"""North Dakota: minimum, medium and maximum."""

import pytest

from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import every
from tests.domain.due.build import home

PERSON = case(d(1, 15))
FIRST_HOME_ONLY = every(first=(90, "day"))
HOME_YEARLY = every(365, first=(90, "day"), cadence="calendar")


@pytest.mark.parametrize("standard", [FIRST_HOME_ONLY, HOME_YEARLY])
def test_first_home_visit_is_due_within_ninety_days(standard):
    # 15 Jan + 90 days: 16 of Jan, 28 of Feb, 31 of Mar = 75; 15 Apr. A first contact is not pushed to the month's end.
    assert due(standard, PERSON, today=d(1, 15)) == d(4, 15)


def test_minimum_asks_for_no_home_visit_after_the_first():
    asked = ask(FIRST_HOME_ONLY, PERSON, home(d(3, 2)), today=d(12, 31))
    assert (asked.due, asked.state, asked.last) == (None, "met", d(3, 2))


def test_medium_and_maximum_home_visit_after_a_year_at_the_end_of_the_month():
    # 2 Mar 2026 + 365 days = 2 Mar 2027, pushed to 31 Mar 2027.
    assert due(HOME_YEARLY, PERSON, home(d(3, 2)), today=d(3, 3)) == d(3, 31, 2027)


@pytest.mark.parametrize(
    ("months", "expected"),
    [(3, d(5, 31)), (2, d(4, 30)), (1, d(3, 31))],  # 12 Feb + 3 = 12 May; + 2 = 12 Apr; + 1 = 12 Mar
)
def test_face_to_face_is_due_at_the_end_of_the_month(months, expected):
    standard = every(months, "month", cadence="calendar", locations=frozenset())
    assert due(standard, PERSON, home(d(2, 12), location="office"), today=d(2, 13)) == expected


def test_fifteenth_of_january_every_four_months_is_the_end_of_may():
    standard = every(4, "month", cadence="calendar")
    assert due(standard, case(d(1, 1)), home(d(1, 15)), today=d(1, 16)) == d(5, 31)
