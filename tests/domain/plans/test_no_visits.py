"""Hours without visits: what an agency may write, and that no second of a visit falls into them."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.no_visits import NoVisitHours
from fieldapp.domain.plans.no_visits import no_visit_ranges
from fieldapp.models.address import Employment
from fieldapp.models.case import Condition
from fieldapp.models.supervisee import Supervisee
from tests import people

THURSDAY, SUNDAY = dt.date(2026, 11, 19), dt.date(2026, 11, 22)
Hours = list[tuple[float, float]]


@pytest.fixture
def person(session: Session) -> Supervisee:
    people.agency(session, visit_minutes=15)
    return people.supervisee(session, people.officer(session), work=True)


def open_hours(session: Session, person: Supervisee, on: dt.date, place: str = "home", minutes: int = 30) -> Hours:
    session.refresh(person)
    windows = windows_on(person, place, people.agency(session), on, minutes=minutes)
    return [(opens / 3600, closes / 3600) for opens, closes in windows]


@pytest.mark.parametrize(
    ("text", "sunday", "thursday"),
    [
        ("", [(8, 20)], [(8, 20)]),
        ("Sun 12:00-13:00", [(8, 11.5), (13, 20)], [(8, 20)]),
        ("12:00-13:00", [(8, 11.5), (13, 20)], [(8, 11.5), (13, 20)]),
        ("20:00-07:00", [(8, 19.5)], [(8, 19.5)]),
        ("Sun 00:00-24:00", [], [(8, 20)]),
        ("Fri-Mon 08:00-10:00; Thu,Sun 19:00-20:00", [(10, 18.5)], [(8, 18.5)]),
        ("Sat 22:00-09:00", [(9, 20)], [(8, 20)]),
    ],
)
def test_no_second_of_a_visit_falls_into_hours_without_visits(
    session: Session, person: Supervisee, text: str, sunday: Hours, thursday: Hours
) -> None:
    people.agency(session, no_visit_hours=NoVisitHours().read(text))
    assert open_hours(session, person, SUNDAY) == sunday
    assert open_hours(session, person, THURSDAY) == thursday


def test_a_longer_visit_ends_in_time_too(session: Session, person: Supervisee) -> None:
    people.agency(session, no_visit_hours="12:00-13:00")
    assert open_hours(session, person, THURSDAY, minutes=60) == [(8, 11), (13, 20)]


@pytest.mark.parametrize(
    "text",
    ["noon", "12:00", "12:00-12:00", "24:00-08:00", "12:60-13:00", "25:00-26:00", "Son 12:00-13:00", "Sun12:00-13:00",
     "Sun- 12:00-13:00", "12:00-13:00, 14:00-15:00", "12:00-13:00;" * 15, "\N{ARABIC-INDIC DIGIT ONE}2:00-13:00"],
)  # fmt: skip
def test_what_is_no_range_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        NoVisitHours().read(text)


def test_what_was_read_is_read_the_same_again() -> None:
    kept = NoVisitHours().read("  sun  12:00-13:00 ;20:00-07:00; ")
    assert kept == NoVisitHours().read(kept) == "Sun 12:00-13:00; 20:00-07:00"
    assert len(no_visit_ranges(kept)) == 2


def test_nobody_is_at_home_in_school_hours(session: Session, person: Supervisee) -> None:
    school = {"kind": "school", "text": "Go to school.", "curfew_start": dt.time(8), "curfew_end": dt.time(15)}
    session.add(Condition(supervisee_id=person.id, number=1, from_on=people.TODAY, **school))
    session.flush()
    assert open_hours(session, person, THURSDAY) == [(15, 20)]
    assert open_hours(session, person, SUNDAY) == [(8, 20)]


def test_two_jobs_both_keep_somebody_from_home_and_each_place_has_its_own_shift(
    session: Session, person: Supervisee
) -> None:
    first = next(each for each in person.addresses if each.place == "work")
    second = people.address(session, person, "work")
    for address, start, end in ((first, 8, 12), (second, 14, 18)):
        times = {"start": dt.time(start), "end": dt.time(end), "days": "4", "from_on": dt.date(2026, 1, 5)}
        session.add(Employment(supervisee_id=person.id, address_id=address.id, employer="Bakery", **times))
    session.flush()
    assert open_hours(session, person, THURSDAY) == [(12, 14), (18, 20)]
    agency = people.agency(session)
    shifts = [windows_on(person, "work", agency, THURSDAY, address=each) for each in (first, second)]
    assert shifts == [((8 * 3600, 12 * 3600),), ((14 * 3600, 18 * 3600),)]
