"""Filters of visits: read from an address with every mistake named, and what each lets through."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.office.wanted import Wanted
from fieldapp.domain.office.wanted import chosen_people
from fieldapp.domain.office.wanted import read_wanted
from fieldapp.domain.office.wanted import visited_people
from fieldapp.domain.office.wanted import wanted_visits
from fieldapp.models.visit import Visit
from tests import people
from tests import visits
from tests.people import NOW
from tests.people import TODAY

ZONE = "America/New_York"
DAY = dt.timedelta(days=1)


def found(session: Session, wanted: Wanted) -> set[uuid.UUID]:
    return set(session.scalars(select(Visit.id).where(*wanted_visits(wanted, TODAY, ZONE))))


def test_empty_address_asks_for_everything() -> None:
    assert read_wanted({}) == Wanted()
    assert read_wanted({"officer": [""], "from": [" "], "flagged": ["0"]}, days=3) == Wanted(days=3)


def test_every_part_of_an_address_is_read() -> None:
    officer, person = uuid.uuid4(), uuid.uuid4()
    given = {
        "officer": [str(officer)],
        "person": [str(person), ""],
        "flagged": ["1"],
        "outcome": ["attempted"],
        "days": ["7"],
        "from": ["2026-11-01"],
        "to": ["2026-11-19"],
        "page": ["2"],
    }
    assert read_wanted(given, days=3) == Wanted(
        officer, (person,), True, "attempted", 7, dt.date(2026, 11, 1), dt.date(2026, 11, 19), 2
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("officer", "Whitfield"),
        ("person", "1"),
        ("outcome", "seen"),
        ("days", "5"),
        ("from", "11/01/2026"),
        ("to", "0001-01-01"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "²"),
        ("page", "9" * 400),
    ],
)
def test_what_cannot_be_used_is_named_by_its_field(field: str, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_wanted({field: [text]})
    assert list(caught.value.errors) == [field]


def test_days_in_the_wrong_order_are_told() -> None:
    with pytest.raises(Invalid) as caught:
        read_wanted({"from": ["2026-11-02"], "to": ["2026-11-01"]})
    assert list(caught.value.errors) == ["to"]


def test_each_filter_lets_its_own_visits_through(session: Session) -> None:
    people.agency(session)
    officer, other = people.officer(session), people.officer(session)
    person = people.supervisee(session, officer)
    seen = visits.visit(session, officer, person)
    tried = visits.visit(session, other, people.supervisee(session, other), outcome="no_one_home")
    visits.flag(session, seen, "safety")
    visits.flag(session, seen, "welfare")
    assert found(session, Wanted()) == {seen.id, tried.id}
    assert found(session, Wanted(officer=other.id)) == {tried.id}
    assert found(session, Wanted(people=(person.id,))) == {seen.id}
    assert found(session, Wanted(flagged=True)) == {seen.id}
    assert found(session, Wanted(outcome="attempted")) == {tried.id}


def test_days_count_arrival_and_dates_the_visit_both_in_the_agencys_zone(session: Session) -> None:
    people.agency(session)
    officer = people.officer(session)
    person = people.supervisee(session, officer)
    # 23:30 of Nov 18 in Baltimore is Nov 19 in UTC; it came in two days later than a visit of Nov 16
    night = visits.visit(session, officer, person, arrived_at=dt.datetime(2026, 11, 19, 4, 30, tzinfo=dt.UTC))
    early = visits.visit(session, officer, person, arrived_at=NOW - 3 * DAY, received_at=NOW)
    assert found(session, Wanted(days=1)) == {early.id}
    assert found(session, Wanted(days=3)) == {early.id, night.id}
    assert found(session, Wanted(from_on=TODAY - DAY, to_on=TODAY - DAY)) == {night.id}
    assert found(session, Wanted(to_on=TODAY - 2 * DAY)) == {early.id}


def test_people_are_found_by_every_word_of_name_and_case_number(session: Session) -> None:
    people.agency(session)
    officer = people.officer(session)
    actor = people.actor(people.supervisor(session))
    bell = people.supervisee(session, officer, first_name="Marcus", last_name="Bell", case_number="T-77")
    also = people.supervisee(session, officer, first_name="Lorraine", last_name="Bell", case_number="100%")
    people.supervisee(session, officer, first_name="Marcus", last_name="Belloc")
    for person in (bell, also):
        visits.visit(session, officer, person)
    assert visited_people(session, actor, TODAY, "bell") == [also, bell]
    assert visited_people(session, actor, TODAY, "Marcus BELL") == [bell]
    assert visited_people(session, actor, TODAY, "t-77") == [bell]
    assert visited_people(session, actor, TODAY, "100%") == [also]
    for nobody in ("Belloc", "_", "", " "):
        with pytest.raises(Invalid, match=r"Nobody|Write a name"):
            visited_people(session, actor, TODAY, nobody)


def test_too_many_people_are_asked_to_be_fewer(session: Session) -> None:
    people.agency(session)
    officer = people.officer(session)
    for _ in range(21):
        visits.visit(session, officer, people.supervisee(session, officer, last_name="Bell"))
    with pytest.raises(Invalid, match="More than 20"):
        visited_people(session, people.actor(officer), TODAY, "bell")


def test_people_of_another_team_are_neither_found_nor_named(session: Session) -> None:
    people.agency(session)
    stranger = people.officer(session, people.team(session))
    person = people.supervisee(session, stranger, last_name="Hidden")
    visits.visit(session, stranger, person)
    actor = people.actor(people.supervisor(session))
    with pytest.raises(Invalid, match="Nobody"):
        visited_people(session, actor, TODAY, "Hidden")
    assert chosen_people(session, actor, TODAY, (person.id,)) == []
    assert chosen_people(session, people.actor(stranger), TODAY, (person.id,)) == [person]
