"""England and Wales: first home visit by level, earlier on a new concern."""

import pytest

from fieldapp.domain.due.periods import Period
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels

HIGH, MEDIUM, LOW = (
    every(first=first, level_key=level, event="new_concern", event_within=Period(5, "business_day"))
    for level, first in (("high", (15, "day")), ("medium", (6, "week")), ("low", (12, "week")))
)


@pytest.mark.parametrize(
    ("standard", "expected"),
    [
        (HIGH, d(1, 20)),  # 5 Jan + 15 days
        (MEDIUM, d(2, 16)),  # 5 Jan + 42 days: 26 of January, 16 Feb
        (LOW, d(3, 30)),  # 5 Jan + 84 days: 26 + 28 = 54; 30 Mar
    ],
)
def test_first_home_visit_by_level(standard, expected):
    person = case(d(1, 5), levels=levels((d(1, 5), standard.level_key)))
    assert due(standard, person, today=d(1, 6)) == expected
    assert ask(standard, person, home(d(1, 18)), today=d(6, 1)).state == "met"


def test_a_new_concern_brings_the_first_visit_forward():
    # Concern on Mon 12 Jan: five business days later is Mon 19 Jan.
    person = case(d(1, 5), levels=levels((d(1, 5), "low")), events=(event("new_concern", d(1, 12)),))
    asked = ask(LOW, person, today=d(1, 13))
    assert (asked.due, asked.cause.kind) == (d(1, 19), "new_concern")


def test_a_new_concern_after_the_first_visit_asks_for_another():
    person = case(d(1, 5), levels=levels((d(1, 5), "low")), events=(event("new_concern", d(4, 6)),))
    assert due(LOW, person, home(d(2, 1)), today=d(4, 7)) == d(4, 13)
