"""A calendar program asks: counted, written down, and never told anything of a person."""

import datetime as dt

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.calendar.address import living_feed
from fieldapp.domain.calendar.address import make_feed
from fieldapp.domain.calendar.fetch import MOST_FETCHES
from fieldapp.domain.calendar.fetch import fetch
from fieldapp.domain.errors import TryLater
from fieldapp.models.calendar import CalendarFeed
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.web.ical import ical
from tests import people

NOW = people.NOW
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60)
LATITUDE, LONGITUDE = st.floats(-90, 90), st.floats(-180, 180)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def person(session: Session, officer: User) -> Supervisee:
    person = people.supervisee(session, officer, ["no_drugs"])
    people.plan(session, officer, person)
    return person


@pytest.fixture
def secret(session: Session, officer: User, person: Supervisee) -> str:
    return make_feed(session, people.actor(officer), now=NOW)


def feed(session: Session, officer: User) -> CalendarFeed:
    found = living_feed(session, people.actor(officer))
    assert found
    return found


def stop_at(session: Session, person: Supervisee) -> Stop:
    """The one stop at this person's."""
    return session.scalars(select(Stop).where(Stop.supervisee_id == person.id)).one()


def test_asking_is_written_down(session: Session, officer: User, secret: str) -> None:
    assert feed(session, officer).fetched_at is None
    assert len(fetch(session, secret, now=NOW)) == 1
    assert feed(session, officer).fetched_at == NOW


def test_who_asks_too_often_waits_until_the_hour_is_over(session: Session, officer: User, secret: str) -> None:
    fetch(session, secret, now=NOW)
    feed(session, officer).fetches = MOST_FETCHES
    with pytest.raises(TryLater) as refused:
        fetch(session, secret, now=NOW + dt.timedelta(minutes=10))

    assert refused.value.seconds == 50 * 60
    assert fetch(session, secret, now=NOW + dt.timedelta(hours=1))
    assert feed(session, officer).fetches == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(TEXT, min_size=12, max_size=12), lat=LATITUDE, lon=LONGITUDE)
def test_no_word_about_any_person_changes_a_single_byte(
    session: Session, officer: User, person: Supervisee, secret: str, words: list[str], lat: float, lon: float
) -> None:
    feed(session, officer).fetches = 0
    before = ical(fetch(session, secret, now=NOW))
    home, stop = people.home(person), stop_at(session, person)
    person.first_name, person.last_name, person.phone, person.case_type = words[0], words[1], words[2], words[3][:32]
    home.line, home.city, home.state, home.zip, home.notes = words[4:9]
    home.lat, home.lon = lat, lon
    stop.purpose, stop.plan.start_label, officer.name = words[9:]
    stop.plan.start_lat, stop.plan.start_lon, officer.home_lat, officer.home_lon = lat, lon, lat, lon
    session.flush()

    assert ical(fetch(session, secret, now=NOW + dt.timedelta(minutes=1))) == before


def test_names_streets_and_positions_are_nowhere_in_the_file(
    session: Session, officer: User, person: Supervisee, secret: str
) -> None:
    text = ical(fetch(session, secret, now=NOW)).decode()
    home = people.home(person)

    private = [person.first_name, person.last_name, person.case_number, officer.name, *home.line.split(" ", 1)[1:]]
    private += [home.city, str(home.lat), str(home.lon), "39.2", "-76.", str(person.id), str(home.id), secret]
    assert [word for word in private if word.lower() in text.lower()] == []
    assert "BEGIN:VEVENT" in text
