"""The briefing before a door: cautions first, then what matters there, for those who answer for the person."""

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.address import Employment
from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CautionFlag
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.caseload.standards import contact
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words


@pytest.fixture
def marcus(database: Session, officer: User) -> Supervisee:
    kinds = ["no_alcohol", "treatment", "curfew"]
    made = people.supervisee(database, officer, kinds, work=True, first_name="Marcus", last_name="Bell")
    made.conditions[2].curfew_start, made.conditions[2].curfew_end = dt.time(20), dt.time(6)
    database.commit()
    return made


@pytest.fixture
def stop(database: Session, officer: User, marcus: Supervisee) -> Stop:
    made = people.plan(database, officer, marcus).stops[0]
    made.windows = [[8 * 3600, 20 * 3600]]
    database.commit()
    return made


def caution(database: Session, person: Supervisee, text: str, **fields: Any) -> None:
    given = {"subject": "dog", "source": "county sheriff", "noted_on": dt.date(2026, 10, 16), **fields}
    database.add(CautionFlag(supervisee_id=person.id, text=text, **given))
    database.commit()


def test_cautions_come_first_with_source_age_and_review(
    client: FlaskClient, database: Session, officer: User, marcus: Supervisee, stop: Stop
) -> None:
    caution(database, marcus, "large dog, loose in the yard")
    caution(database, marcus, "firearm surrendered", noted_on=dt.date(2025, 2, 1), review_on=dt.date(2026, 11, 1))
    html = whole_page(people.sign_in(client, officer).get(f"/stops/{stop.id}/briefing"))
    said = words(html)

    assert "Briefing Updated 14:00" in said
    assert "Marcus Bell Home visit, Medium" in said
    assert "2 cautions Large dog, loose in the yard County sheriff, 34 days ago" in said
    assert "Firearm surrendered County sheriff, 21 months ago Review due since Nov 1" in said
    assert "Hours At home 08:00 to 20:00 Curfew 20:00 to 06:00" in said
    assert "1 Condition about no_alcohol. 3 Condition about curfew." in said
    assert "treatment" not in said
    assert f'href="/stops/{stop.id}/visit#here"' in html
    assert "Saves your position and the time" in said


def test_nothing_is_said_of_what_the_office_has_no_data_on(client: FlaskClient, officer: User, stop: Stop) -> None:
    said = words(whole_page(people.sign_in(client, officer).get(f"/stops/{stop.id}/briefing")))

    assert "No cautions on file" in said
    assert "No earlier visits" in said
    for word in ("Warrant", "Monitor", "Protected", "At this address"):
        assert word not in said


def test_persons_met_before_are_named_and_children_are_not(
    client: FlaskClient, database: Session, officer: User, marcus: Supervisee
) -> None:
    made = visits.visit(database, officer, marcus, narrative="Room and mail checked.")
    visits.row(
        database, made, "people.persons", name="Lorraine Bell", relation="mother", age="adult", stay="cohabitant"
    )
    visits.row(database, made, "people.persons", name="Timmy", relation="nephew", age="minor", stay="visitor")
    contact(database, marcus, people.TODAY, visit_id=made.id, officer_id=officer.id)
    contact(database, marcus, dt.date(2026, 9, 28), status="attempted", outcome="no_one_home")
    contact(database, marcus, dt.date(2026, 9, 3), "employment")
    database.commit()
    said = words(whole_page(people.sign_in(client, officer).get(f"/people/{marcus.id}/briefing/home")))

    assert "At this address Lorraine Bell Mother. Lives here" in said
    assert "A child Nephew. Visitor. No name shown. No photos" in said
    assert "Timmy" not in said
    assert "Last three visits Nov 19, seen inside 19 min, 102 ft from the address. Room and mail checked" in said
    assert "Sep 28, home, nobody home Sep 3, work, seen at work" in said


@pytest.mark.parametrize(
    ("aware", "sentence"),
    [("no", "The employer does not know"), ("unknown", "The employer may not know"), ("yes", None)],
)
def test_a_workplace_whose_employer_does_not_know_asks_for_discretion(
    client: FlaskClient, database: Session, officer: User, marcus: Supervisee, aware: str, sentence: str | None
) -> None:
    work = next(found for found in marcus.addresses if found.place == "work")
    shift = {"start": dt.time(9), "end": dt.time(15), "from_on": dt.date(2026, 1, 5), "days": "12345"}
    given = {"supervisee_id": marcus.id, "address_id": work.id, "employer": "Kessler Tire", "employer_aware": aware}
    database.add(Employment(**given, **shift))
    database.commit()
    html = whole_page(people.sign_in(client, officer).get(f"/people/{marcus.id}/briefing/work"))
    said = words(html)

    assert "Hours At work 09:00 to 15:00" in said
    assert "Job Kessler Tire, 09:00 to 15:00" in said
    assert f'href="/people/{marcus.id}/visit/work#here"' in html
    assert ("Be discreet" in said) == (sentence is not None)
    assert sentence is None or sentence in said


def test_supervisors_read_it_and_are_not_offered_to_be_there(
    client: FlaskClient, database: Session, marcus: Supervisee, stop: Stop
) -> None:
    boss = people.supervisor(database)
    database.commit()
    html = whole_page(people.sign_in(client, boss).get(f"/stops/{stop.id}/briefing"))

    assert "Marcus Bell" in html
    assert "I’m here" not in html
    assert 'href="/board"' in html


def test_each_reading_is_audited_and_a_refused_one_is_not(
    client: FlaskClient, database: Session, officer: User, marcus: Supervisee, stop: Stop
) -> None:
    people.sign_in(client, officer)
    client.get(f"/stops/{stop.id}/briefing")
    client.get(f"/people/{marcus.id}/briefing/home")
    client.get(f"/people/{marcus.id}/briefing/garden")
    database.expire_all()
    read = database.scalars(select(AuditEntry).where(AuditEntry.event == "supervisee.read")).all()

    assert [(entry.actor_id, entry.subject) for entry in read] == [(officer.id, str(marcus.id))] * 2


def test_strangers_find_nothing(client: FlaskClient, database: Session, marcus: Supervisee, stop: Stop) -> None:
    paths = [f"/stops/{stop.id}/briefing", f"/people/{marcus.id}/briefing/home"]
    for user in strangers(database):
        theirs = signed_in(client, user)
        for path in paths:
            answer = theirs.get(path)
            assert (answer.status_code, b"Marcus" in answer.data) == (404, False)
    for path in paths:
        assert client.get(path).headers["Location"].startswith("/sign-in?next=")


def test_another_language_is_named_in_words(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    officer = people.officer(database)
    person = people.supervisee(database, officer, language="es")
    database.commit()
    people.sign_in(client, officer)
    assert "Spanish" in client.get(f"/people/{person.id}/briefing/home").text
