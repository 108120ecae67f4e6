"""The contacts of the demo's last year: none where there can be none, and the same again on the same day."""

import datetime as dt
from collections import Counter

import pytest

from fieldapp.domain.demo.caseload import demo_people
from fieldapp.domain.demo.history import NEVER_MET
from fieldapp.domain.demo.history import Past
from fieldapp.domain.demo.history import active_spans
from fieldapp.domain.demo.history import contacts_of
from fieldapp.domain.demo.timetable import timetable
from fieldapp.domain.demo.working_days import works

MONDAY, SUNDAY, LAST = dt.date(2026, 11, 23), dt.date(2026, 11, 22), dt.date(2026, 12, 31)


def year_of(today: dt.date, seed: int = 1) -> list[Past]:
    return [one for person in demo_people(today) for one in contacts_of(person, today, seed)]


@pytest.mark.parametrize("today", [MONDAY, SUNDAY, LAST])
def test_contacts_lie_in_the_last_year_and_before_today(today: dt.date) -> None:
    year = year_of(today)

    assert all(today - dt.timedelta(days=366) <= one.on < today for one in year)
    assert 2500 < len(year) < 3500


@pytest.mark.parametrize("today", [MONDAY, SUNDAY, LAST])
def test_nobody_is_met_while_in_custody_or_gone(today: dt.date) -> None:
    for person in demo_people(today):
        spans = active_spans(person, today)
        met = [one.on for one in contacts_of(person, today, 1) if one.outcome.startswith("contact")]
        assert all(any(span.first <= on <= span.last for span in spans) for on in met), person.case_number


@pytest.mark.parametrize("today", [MONDAY, SUNDAY, LAST, dt.date(2026, 7, 7)])
def test_officers_work_from_monday_to_friday(today: dt.date) -> None:
    assert all(works(one.on) for one in year_of(today))


def test_one_person_has_one_contact_of_a_kind_on_a_day() -> None:
    days = Counter((one.person.case_number, one.kind, one.on) for one in year_of(LAST))

    assert max(days.values()) == 1


def test_same_day_and_seed_tell_the_same_year() -> None:
    assert year_of(MONDAY) == year_of(MONDAY)
    assert year_of(MONDAY) != year_of(MONDAY, seed=2)


@pytest.mark.parametrize("today", [MONDAY, SUNDAY, LAST, dt.date(2026, 7, 7)])
def test_some_are_tried_three_times_in_a_row_since_they_were_met(today: dt.date) -> None:
    for person in demo_people(today):
        if person.case_number in NEVER_MET:
            home = [one.outcome for one in contacts_of(person, today, 1) if one.kind == "home"]
            assert home[-3:] == ["no_one_home"] * 3
            assert home[-4].startswith("contact")


def test_no_officer_is_at_two_doors_at_once() -> None:
    visits = [one for one in year_of(MONDAY) if one.kind in ("home", "work")]
    now = dt.datetime(2026, 11, 23, 19, 10, tzinfo=dt.UTC)
    timed = sorted(timetable(visits, 1, now=now), key=lambda each: each.arrived_at)
    last: dict[str, dt.datetime] = {}
    for each in timed:
        email = each.past.person.line["officer_email"]
        assert email not in last or last[email] <= each.arrived_at
        assert each.arrived_at < each.left_at < each.received_at < now
        last[email] = each.left_at
