"""Idaho: general caseload (min, moderate, high) and sex offence caseload (low, moderate, high)."""

import pytest

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.requirement import requirement
from tests.domain.due.build import WORK
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels

GENERAL = frozenset({"general"})
SEX_OFFENCE = frozenset({"sex_offence"})
EMPLOYMENT = every(
    key="work", first=(30, "day"), event="new_job", event_within=Period(30, "day"), locations=WORK,
    parties=frozenset(), methods=frozenset(),
)  # fmt: skip


def person(level, case_type="general", **facts):
    return case(d(1, 1), levels=levels((d(1, 1), level)), case_types=levels((d(1, 1), case_type)), **facts)


@pytest.mark.parametrize(
    ("level", "days", "second"),
    [
        ("min", 365, d(1, 20, 2027)),  # 20 Jan 2026 + 365 days: a year without 29 Feb
        ("moderate", 365, d(1, 20, 2027)),
        ("high", 90, d(4, 20)),  # 11 days of Jan, 28 of Feb, 31 of Mar = 70; 20 more
    ],
)
def test_general_home_contact_first_within_thirty_days_then_by_level(level, days, second):
    standard = every(days, first=(30, "day"), level_key=level, case_types=GENERAL)
    assert due(standard, person(level), today=d(1, 1)) == d(1, 31)  # 1 Jan + 30 days
    assert due(standard, person(level), home(d(1, 20)), today=d(1, 21)) == second


@pytest.mark.parametrize(
    ("level", "days", "second"),
    [
        ("min", 180, d(7, 4)),  # 5 Jan + 180: 26 Jan, 28 Feb, 31, 30, 31, 30 = 176 to 30 Jun; 4 more
        ("moderate", 45, d(2, 19)),  # 26 days of January; 19 more
        ("high", 15, d(1, 20)),
    ],
)
def test_general_face_to_face_first_within_three_business_days_then_by_level(level, days, second):
    standard = every(days, first=(3, "business_day"), level_key=level, case_types=GENERAL, locations=frozenset())
    # Thu 1 Jan: Fri 2, Mon 5, Tue 6 Jan. With Fri 2 Jan a holiday: Mon 5, Tue 6, Wed 7 Jan.
    assert due(standard, person(level), today=d(1, 1)) == d(1, 6)
    assert due(standard, person(level), today=d(1, 1), holidays={d(1, 2)}) == d(1, 7)
    assert due(standard, person(level), home(d(1, 5), location="office"), today=d(1, 6)) == second


@pytest.mark.parametrize(
    ("level", "days", "expected"),
    [
        ("low", 90, d(5, 11)),  # 10 Feb + 90: 18 Feb, 31, 30 = 79; 11 May
        ("mod", 60, d(4, 11)),  # 18 + 31 = 49; 11 Apr
        ("high", 30, d(3, 12)),  # 18; 12 Mar
    ],
)
@pytest.mark.parametrize("location", ["residence", "employment"])
def test_sex_offence_home_and_employment_by_level(level, days, expected, location):
    standard = every(days, level_key=level, case_types=SEX_OFFENCE, locations=frozenset({location}))
    visit = home(d(2, 10), location=location)
    assert due(standard, person(level, "sex_offence"), visit, today=d(2, 11)) == expected


def test_sex_offence_standard_asks_nothing_of_the_general_caseload():
    standard = every(30, level_key="high", case_types=SEX_OFFENCE)
    assert requirement(standard, person("high"), [], today=d(2, 1)) is None


def test_employment_is_verified_once_within_thirty_days():
    assert due(EMPLOYMENT, person("high"), today=d(1, 2)) == d(1, 31)
    verified = ask(EMPLOYMENT, person("high"), home(d(1, 20), location="employment"), today=d(1, 21))
    assert (verified.due, verified.state, verified.bucket) == (None, "met", None)


def test_a_job_change_asks_for_verification_again_within_thirty_days():
    # 1 Mar + 30 days = 31 Mar.
    changed = person("high", events=(event("new_job", d(3, 1)),))
    first = home(d(1, 20), location="employment")
    asked = ask(EMPLOYMENT, changed, first, today=d(3, 2))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(3, 31), "new_job", d(3, 1))
    assert ask(EMPLOYMENT, changed, first + home(d(3, 5), location="employment"), today=d(3, 6)).state == "met"


def test_the_earlier_of_first_verification_and_job_change_is_shown():
    # Job changed 10 Jan (due 9 Feb), but the first verification is due 31 Jan already.
    changed = person("high", events=(event("new_job", d(1, 10)),))
    assert due(EMPLOYMENT, changed, today=d(1, 11)) == d(1, 31)
