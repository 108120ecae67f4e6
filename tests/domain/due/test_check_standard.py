"""Standards that cannot be used are refused with the field and the remedy."""

from dataclasses import replace

import pytest

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.requirement import requirement
from fieldapp.domain.due.standard_check import check_standard
from fieldapp.domain.errors import Invalid
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import event
from tests.domain.due.build import every

GOOD = every(30, first=(10, "day"))
ONCE = every(first=(10, "day"))


@pytest.mark.parametrize(
    ("standard", "field", "remedy"),
    [
        (replace(GOOD, key=" "), "key", "write"),
        (replace(GOOD, label=""), "label", "write"),
        (replace(GOOD, locations=frozenset({"moon"})), "locations", "moon is not known; choose from court"),
        (replace(GOOD, methods=frozenset({"fax"})), "methods", "choose"),
        (replace(GOOD, parties=frozenset({"dog"})), "parties", "choose"),
        (replace(GOOD, effective_to=d(1, 1, 1999)), "effective_to", "choose"),
        (replace(GOOD, in_force_since=d(1, 1)), "in_force_since", "choose"),
        (replace(GOOD, soon_days=-1), "soon_days", "0 or more"),
        (replace(GOOD, period=Period(0, "day")), "period", "from 1 to 3660"),
        (replace(GOOD, period=Period(10**9, "day")), "period", "from 1 to 3660"),
        (replace(GOOD, period=None), "period", "say how long"),
        (replace(GOOD, period=Period(5, "business_day")), "period", "another unit"),
        (replace(ONCE, period=Period(5, "day")), "period", "leave it empty"),
        (replace(ONCE, initial=None), "cadence", "needs an initial deadline or an event"),
        (replace(GOOD, count=0), "count", "from 1"),
        (replace(ONCE, count=2), "count", "one contact"),
        (replace(ONCE, each_month=True), "count", "one contact"),
        (replace(GOOD, positive_count=2), "positive_count", "from 0 to count"),
        (replace(GOOD, unscheduled_count=-1), "unscheduled_count", "from 0 to count"),
        (replace(GOOD, initial=Period(-1, "day")), "initial", "from 1"),
        (replace(GOOD, initial=None, initial_positive=True), "initial", "give the deadline"),
        (replace(GOOD, initial_aim=10), "initial_aim", "below"),
        (replace(GOOD, event="new_job"), "event_within", "both or neither"),
        (replace(GOOD, event_within=Period(5, "day")), "event_within", "both or neither"),
    ],
)
def test_a_standard_that_cannot_be_used_names_the_field_and_the_remedy(standard, field, remedy):
    with pytest.raises(Invalid) as caught:
        check_standard(standard)
    assert list(caught.value.errors) == [field]
    assert remedy in caught.value.errors[field]


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(Invalid) as caught:
        check_standard(replace(GOOD, key="", count=0, soon_days=-1))
    assert set(caught.value.errors) == {"key", "count", "soon_days"}


def test_good_standards_pass():
    check_standard(GOOD)
    check_standard(replace(GOOD, initial_aim=9, effective_to=GOOD.effective_from))


def test_an_unchecked_event_without_its_deadline_asks_nothing():
    broken = replace(ONCE, initial=None, event="new_job")
    assert requirement(broken, case(d(1, 1)), [], today=d(1, 5)) is None
    moved = case(d(1, 1), events=(event("new_job", d(1, 2)),))
    assert requirement(broken, moved, [], today=d(1, 5)) is None
