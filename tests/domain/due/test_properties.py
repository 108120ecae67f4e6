"""What must hold for every standard, person and list of contacts."""

from dataclasses import replace
from datetime import date
from datetime import timedelta

from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from fieldapp.domain.due.case import Case
from fieldapp.domain.due.case import CaseEvent
from fieldapp.domain.due.case import Dated
from fieldapp.domain.due.contact import Contact
from fieldapp.domain.due.contact import counts
from fieldapp.domain.due.history import occurrences
from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.requirement import requirement
from fieldapp.domain.due.requirement import requirements
from fieldapp.domain.due.standard import Standard
from fieldapp.domain.due.standard_check import check_standard
from fieldapp.domain.due.state import STATES

FIRST = date(2026, 1, 1)
SUSPENDED = ("administrative", "in_custody", "warrant", "absconder")

days = st.integers(0, 500).map(lambda number: FIRST + timedelta(days=number))
units = st.sampled_from(["day", "week", "month", "quarter"])
periods = st.builds(Period, st.integers(1, 90), st.just("day")) | st.builds(Period, st.integers(1, 6), units)
contacts_ = st.builds(
    Contact,
    days,
    method=st.sampled_from(["in_person", "phone"]),
    location=st.sampled_from(["residence", "office"]),
    party=st.sampled_from(["direct", "collateral", "both"]),
    status=st.sampled_from(["completed", "attempted"]),
    positive=st.booleans(),
    scheduled=st.booleans(),
)
histories = st.lists(contacts_, max_size=12)
cases = st.builds(
    Case,
    days.map(lambda day: FIRST + (day - FIRST) // 5),
    levels=st.lists(st.builds(Dated, days, st.sampled_from(["high", "low"])), max_size=4).map(tuple),
    statuses=st.lists(st.builds(Dated, days, st.sampled_from(["active", *SUSPENDED])), max_size=4).map(tuple),
    events=st.lists(
        st.builds(CaseEvent, st.sampled_from(["address_change", "release"]), days), max_size=3
    ).map(tuple),
)  # fmt: skip


@st.composite
def standards(draw, cadences=("rolling", "calendar", "once")):
    cadence = draw(st.sampled_from(cadences))
    repeats = cadence != "once"
    event = draw(st.sampled_from([None, "address_change", "release"]))
    count = draw(st.integers(1, 4)) if repeats else 1
    standard = Standard(
        "key",
        "Home contact",
        cadence,
        FIRST,
        level_key=draw(st.sampled_from([None, "high"])),
        locations=draw(st.sampled_from([frozenset(), frozenset({"residence"})])),
        positive_only=draw(st.booleans()),
        count=count,
        period=draw(periods) if repeats else None,
        positive_count=draw(st.integers(0, count)) if repeats else 0,
        unscheduled_count=draw(st.integers(0, count)) if repeats else 0,
        each_month=repeats and draw(st.booleans()),
        initial=draw(st.none() | periods) if repeats or event else draw(periods),
        event=event,
        event_within=draw(periods) if event else None,
    )
    check_standard(standard)
    return standard


@given(standards(), cases, histories, contacts_, days)
def test_an_attempted_contact_never_changes_anything(standard, case, contacts, extra, today):
    attempt = replace(extra, status="attempted")
    more = [*contacts, attempt]
    assert requirement(standard, case, more, today=today) == requirement(standard, case, contacts, today=today)
    assert occurrences(standard, case, more, today=today) == occurrences(standard, case, contacts, today=today)


@given(standards(), cases, histories, st.randoms(use_true_random=False), days)
def test_order_does_not_matter(standard, case, contacts, random, today):
    shuffled = random.sample(contacts, len(contacts))
    events = tuple(random.sample(case.events, len(case.events)))
    other = replace(case, events=events)
    assert requirement(standard, other, shuffled, today=today) == requirement(standard, case, contacts, today=today)
    assert occurrences(standard, other, shuffled, today=today) == occurrences(standard, case, contacts, today=today)


@given(standards(cadences=("rolling", "once")), cases, histories, contacts_, days)
def test_a_qualifying_contact_never_makes_a_rolling_date_earlier(standard, case, contacts, extra, today):
    # A first deadline longer than the period (first in 90 days, then every 30) is the one lawful exception.
    standard = replace(standard, initial=standard.initial and Period(1, "day"), each_month=False)
    assume(counts(standard, extra))
    before = requirement(standard, case, contacts, today=today)
    after = requirement(standard, case, [*contacts, extra], today=today)
    assert (before is None) == (after is None)
    if before and after:
        assert (after.due or date.max) >= (before.due or date.max)


@given(standards(), cases, histories, days)
def test_nothing_is_due_before_the_start(standard, case, contacts, today):
    asked = requirement(standard, case, contacts, today=today)
    assert asked is None or asked.due is None or asked.due >= case.start
    assert all(one.due >= case.start for one in occurrences(standard, case, contacts, today=today))


@given(standards(), cases, histories, st.lists(st.integers(0, 200), min_size=2, max_size=8))
def test_state_only_becomes_more_urgent_while_nothing_happens(standard, case, contacts, steps):
    everything = [one.date for one in contacts] + [one.since for one in (*case.levels, *case.statuses)]
    quiet = max([case.start, *everything, *(one.date for one in case.events)])
    seen = [requirement(standard, case, contacts, today=quiet + timedelta(days=step)) for step in sorted(steps)]
    assert len({one is None for one in seen}) == 1
    assert len({one.due for one in seen if one}) <= 1
    ranks = [STATES.index(one.state) for one in seen if one]
    assert ranks == sorted(ranks)


@given(standards(), cases, histories, days, st.sampled_from(SUSPENDED))
def test_nothing_is_asked_while_suspended(standard, case, contacts, today, status):
    before = tuple(one for one in case.statuses if one.since < today)
    suspended = replace(case, statuses=(*before, Dated(today, status)))
    assert requirement(standard, suspended, contacts, today=today) is None


@given(standards(), cases, histories, days)
def test_one_contact_completes_one_occurrence_at_most_and_results_are_true(standard, case, contacts, today):
    found = occurrences(standard, case, contacts, today=today)
    made = [one.date for one in contacts if counts(standard, one)]
    completed = [one.completed for one in found if one.completed]
    assert len(set(completed)) == len(completed)
    assert set(completed) <= set(made)
    for one in found:
        if one.completed:
            assert one.on_time == (one.completed <= one.due)
        else:
            assert one.result in ("missed", "open")
            assert one.due < today or one.result == "missed"


@given(standards(), cases, histories, days)
def test_overdue_today_is_open_in_the_history(standard, case, contacts, today):
    asked = requirement(standard, case, contacts, today=today)
    is_open = any(one.result == "open" for one in occurrences(standard, case, contacts, today=today))
    assert is_open == (asked is not None and asked.state == "overdue")


@settings(max_examples=50)
@given(st.lists(standards(), max_size=5), cases, histories, days)
def test_requirements_are_sorted_and_those_of_each_standard(many, case, contacts, today):
    found = requirements(many, case, contacts, today=today)
    dates = [one.due or date.max for one in found]
    assert dates == sorted(dates)
    single = [requirement(one, case, contacts, today=today) for one in many]
    assert sorted(map(repr, found)) == sorted(repr(one) for one in single if one)
