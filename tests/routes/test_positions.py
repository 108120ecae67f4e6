"""Positions: looked up from the import page with honest progress, and looked at one by one."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.positions.work import put_off
from fieldapp.models.address import Address
from fieldapp.models.audit import AuditEntry
from fieldapp.models.user import User
from fieldapp.settings import Settings
from tests import people
from tests.app_fixtures import Clock
from tests.domain.positions.addresses import answered
from tests.domain.positions.addresses import approximate
from tests.domain.positions.addresses import claimed
from tests.domain.positions.addresses import house
from tests.domain.positions.addresses import without_position

HTMX = {"HX-Request": "true"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a geocoder, which nothing in these tests asks."""
    return replace(settings, geocoder="town")


@pytest.fixture
def administrator(database: Session) -> User:
    user = people.administrator(database)
    database.commit()
    return user


@pytest.fixture
def office(client: FlaskClient, administrator: User) -> FlaskClient:
    return people.sign_in(client, administrator)


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def missing(database: Session, *lines: str) -> list[Address]:
    made = [without_position(database, line) for line in lines]
    database.commit()
    return made


def test_import_page_offers_to_look_missing_positions_up_and_says_who_is_told(
    office: FlaskClient, database: Session
) -> None:
    missing(database, "1 Sample Street", "2 Sample Street")
    page = text(office, "/import")
    assert "2 addresses have no position" in page
    assert "to town, the geocoder" in page
    assert 'action="/positions/lookup"' in page


def test_lookup_begins_without_javascript_and_is_seen_after_a_reload(office: FlaskClient, database: Session) -> None:
    missing(database, "1 Sample Street", "2 Sample Street", "3 Sample Street")
    begun = office.post("/positions/lookup")
    assert (begun.status_code, begun.location) == (303, "/positions")
    assert "0 of 3 addresses" in text(office, "/positions")
    answered(database, house())
    answered(database, None)
    database.commit()
    page = text(office, "/import")
    assert "2 of 3 addresses</b> looked up: 1 found, 0 approximate, 1 not found." in page
    assert '<progress max="3" value="2"' in page


def test_lookup_renews_itself_while_it_goes_on_and_stops_when_it_is_over(
    office: FlaskClient, database: Session
) -> None:
    missing(database, "1 Sample Street")
    part = office.post("/positions/lookup", headers=HTMX)
    assert part.status_code == 200
    assert part.get_data(as_text=True).lstrip().startswith("<section")
    assert 'hx-trigger="every 2s"' in part.get_data(as_text=True)
    assert '"Fieldapp-Poll": "1"' in part.get_data(as_text=True)
    stopped = office.post("/positions/lookup/stop", headers=HTMX).get_data(as_text=True)
    assert "every 2s" not in stopped
    assert "0 of 1 address," in stopped
    assert "every 2s" not in text(office, "/positions/lookup")


def test_run_that_nobody_works_on_is_not_called_under_way(office: FlaskClient, database: Session, clock: Clock) -> None:
    missing(database, "1 Sample Street")
    office.post("/positions/lookup")
    assert "Waits for fieldapp serve" in text(office, "/positions/lookup")
    claimed(database)
    database.commit()
    assert "Town is asked" in text(office, "/positions/lookup")
    clock.move(minutes=5)
    assert "Waits for fieldapp serve" in text(office, "/positions/lookup")


def test_silent_geocoder_is_named_with_the_time_of_the_next_question(office: FlaskClient, database: Session) -> None:
    missing(database, "1 Sample Street")
    office.post("/positions/lookup")
    put_off(database, claimed(database), now=people.NOW)
    database.commit()
    assert "The geocoder does not answer. Asked again at" in text(office, "/positions/lookup")


def test_without_a_geocoder_nothing_is_looked_up(
    settings: Settings, app: Flask, office: FlaskClient, database: Session
) -> None:
    missing(database, "1 Sample Street")
    app.config["FIELDAPP"] = replace(settings, geocoder="none")
    page = text(office, "/import")
    assert "Geocoding is off" in page
    assert 'action="/positions/lookup"' not in page
    assert office.post("/positions/lookup").status_code == 409


def test_list_names_address_and_person_of_what_is_approximate_and_what_is_missing(
    office: FlaskClient, database: Session
) -> None:
    guess = approximate(database, line="7 Guess Street")
    missing(database, "8 Missing Street")
    page = text(office, "/positions")
    assert page.index("Approximate") < page.index("7 Guess Street") < page.index("8 Missing Street")
    person = database.get_one(people.Supervisee, guess.supervisee_id)
    assert f"{person.last_name}, {person.first_name}, {person.case_number}" in page


def test_list_without_anything_says_so(office: FlaskClient) -> None:
    assert "Every address has its position" in text(office, "/positions")


def test_pin_is_set_with_two_numbers_and_the_address_leaves_the_list(office: FlaskClient, database: Session) -> None:
    (address,) = missing(database, "8 Missing Street")
    page = text(office, f"/positions/{address.id}")
    assert "8 Missing Street" in page
    assert "<title>Position" in page
    saved = office.post(f"/positions/{address.id}", data={"lat": "39.3", "lon": "-76.6", "seen": ""})
    assert (saved.status_code, saved.location) == (303, "/positions")
    assert "8 Missing Street" not in text(office, "/positions")
    database.refresh(address)
    assert (address.lat, address.position_quality) == (39.3, "pinned")


def test_wrong_numbers_bring_the_form_back_as_it_was_sent(office: FlaskClient, database: Session) -> None:
    (address,) = missing(database, "8 Missing Street")
    answer = office.post(f"/positions/{address.id}", data={"lat": "39.3", "lon": "<b>", "seen": ""})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Longitude must be a number" in page
    assert 'value="39.3"' in page
    assert "<b>" not in page.split("<form")[-1].split("</form")[0]


def test_guess_is_confirmed_from_the_form_as_the_page_gives_it(office: FlaskClient, database: Session) -> None:
    address = approximate(database)
    database.commit()
    page = text(office, f"/positions/{address.id}")
    assert "Save this position" in page
    fields = {
        name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("seen", "lat", "lon")
    }
    assert office.post(f"/positions/{address.id}", data=fields).status_code == 303
    database.refresh(address)
    assert address.position_quality == "pinned"


def test_reading_an_address_is_in_the_audit_log(office: FlaskClient, database: Session) -> None:
    address = approximate(database)
    database.commit()
    text(office, f"/positions/{address.id}")
    database.rollback()
    read = select(AuditEntry).where(AuditEntry.event == "supervisee.read")
    assert database.scalars(read).one().subject == str(address.supervisee_id)


def test_supervisor_of_another_team_finds_nothing(client: FlaskClient, database: Session) -> None:
    address = approximate(database)
    supervisor = people.supervisor(database)
    database.commit()
    people.sign_in(client, supervisor)
    assert "Every address has its position" in text(client, "/positions")
    assert client.get(f"/positions/{address.id}").status_code == 404
    assert client.post(f"/positions/{address.id}", data={"lat": "39", "lon": "-76"}).status_code == 404
