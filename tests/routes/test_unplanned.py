"""The caseload that a phone carries along: who is on it, what it says, what it weighs, and that it is on record."""

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import brotli
import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.address import Employment
from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CautionFlag
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people

MOST_BYTES = 60_000
TEXTS = (
    "You must not use or possess alcohol, and must submit to testing as directed.",
    "You must not possess any firearm, ammunition or other dangerous weapon.",
    "You must remain at your residence from 21:00 to 06:00 unless excused by your officer.",
    "You must not have contact with the person named in the order of the court.",
    "You must work at least 30 hours a week or look for work as your officer directs.",
)
STREETS = ("Eutaw", "Linden", "Calhoun", "Fulton", "Monroe", "Ashland", "Hollins", "Preston", "Biddle", "Lanvale")


def caution(session: Session, person: Supervisee, text: str) -> None:
    noted = people.TODAY - dt.timedelta(days=30)
    session.add(
        CautionFlag(
            supervisee_id=person.id, subject="dog", text=text, source="visit of another officer", noted_on=noted
        )
    )


def facts(html: str, person: Supervisee) -> dict[str, Any]:
    """What the person's line carries."""
    found = re.search(rf"data-person=\"{person.id}\" data-facts='([^']*)'", html)
    assert found, "the person has no line"
    carried: dict[str, Any] = json.loads(unescape(found[1]))
    return carried


@pytest.fixture
def officer(database: Session) -> User:
    people.agency(database)
    officer = people.officer(database)
    database.commit()
    return officer


def test_line_carries_what_a_visit_and_the_moment_before_the_door_need(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(
        database, officer, ["no_weapons", "curfew"], first_name="Marcus", last_name="Bell", work=True
    )
    caution(database, person, "Large dog, not friendly")
    work = next(address for address in person.addresses if address.place == "work")
    database.add(
        Employment(
            supervisee_id=person.id, address_id=work.id, employer="Depot", employer_aware="no", from_on=people.TODAY
        )
    )
    database.commit()
    html = people.sign_in(client, officer).get("/unplanned").get_data(as_text=True)
    carried = facts(html, person)

    html5lib.HTMLParser(strict=True).parse(html)
    assert "1 caution" in html
    assert carried["name"] == "Marcus Bell"
    assert carried["cautions"][0][0] == "Large dog, not friendly"
    assert [condition[:2] for condition in carried["conditions"]] == [[1, "no_weapons"], [2, "curfew"]]
    (home, at_work) = carried["places"]
    assert home[:3] == ["home", str(people.home(person).id), people.home(person).text]
    assert home[4:6] == [round(people.HOME[0], 5), round(people.HOME[1], 5)]
    assert "does not know" in at_work[7]


def test_nobody_of_another_caseload_and_no_address_that_ended_is_carried(
    client: FlaskClient, database: Session, officer: User
) -> None:
    mine = people.supervisee(database, officer)
    people.home(mine).to_on = people.TODAY - dt.timedelta(days=1)
    other = people.supervisee(database, people.officer(database))
    left = people.supervisee(database)
    people.assign(database, left, officer, to_on=people.TODAY - dt.timedelta(days=1))
    database.commit()
    html = people.sign_in(client, officer).get("/unplanned").get_data(as_text=True)

    assert facts(html, mine)["places"] == []
    assert str(other.id) not in html
    assert str(left.id) not in html


def test_fetching_it_is_on_record_with_the_people_listed_once(
    client: FlaskClient, database: Session, officer: User
) -> None:
    first = people.supervisee(database, officer)
    database.commit()
    people.sign_in(client, officer)
    for _ in range(2):
        client.get("/unplanned", headers={"Fieldapp-Poll": "1"})
    second = people.supervisee(database, officer)
    database.commit()
    client.get("/unplanned")
    database.rollback()

    query = select(AuditEntry).where(AuditEntry.event == "caseload.carried").order_by(AuditEntry.sequence)
    one, again, more = database.scalars(query)
    assert (one.actor_id, one.subject, one.details["people"]) == (officer.id, str(officer.id), [str(first.id)])
    assert (again.details["listed_in"], "people" in again.details) == (one.sequence, False)
    assert more.details["people"] == sorted([str(first.id), str(second.id)])


def test_page_that_the_phone_fetches_by_itself_is_carried_and_not_read(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(database, officer)
    database.commit()
    people.sign_in(client, officer)
    client.get(f"/people/{person.id}", headers={"Fieldapp-Poll": "1"})
    client.get(f"/people/{person.id}")
    database.rollback()

    events = database.scalars(
        select(AuditEntry.event).where(AuditEntry.subject == str(person.id)).order_by(AuditEntry.sequence)
    ).all()
    assert events == ["supervisee.carried", "supervisee.read"]


def test_three_hundred_people_weigh_at_most_60_kb_on_the_way(app: Flask, database: Session, officer: User) -> None:
    level = people.supervisee(database, officer)
    for number in range(1, 300):
        person = people.supervisee(
            database, officer, first_name=f"{['Terrell', 'Dana', 'Robin', 'Casey'][number % 4]}", work=number % 2 == 0,
            last_name=f"{STREETS[number * 7 % 10]}{['son', 'man', 'ez', 'ski', 'ley'][number % 5]}{number}",
        )  # fmt: skip
        person.conditions = [
            type(level).conditions.property.mapper.class_(
                number=i, kind=kind, text=TEXTS[(number + i) % 5], from_on=people.TODAY
            )
            for i, kind in enumerate(("no_alcohol", "no_weapons", "curfew", "employment"), start=1)
        ]
        for address in person.addresses:
            address.line = f"{number * 37 % 4999} {STREETS[number % 10]} Street, apartment {number % 23}"
            address.lat, address.lon = 39.2 + number * 0.0007321, -76.7 + number * 0.0005177
        if number % 3 == 0:
            caution(database, person, f"Dog behind the {STREETS[number % 10]} side fence, said by neighbor {number}")
    database.commit()
    html = people.sign_in(app.test_client(), officer).get("/unplanned").data

    assert html.count(b"data-person=") == 300
    weight = len(brotli.compress(html, quality=5))
    assert weight <= MOST_BYTES, f"{weight} bytes"
