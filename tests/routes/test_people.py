"""People: the list with its search, and one person's file."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CautionFlag
from fieldapp.models.supervisee import TermStatusChange
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard
from tests.routes.officer_pages import HX
from tests.routes.officer_pages import due_person
from tests.routes.officer_pages import queries
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import with_standard
from tests.routes.officer_pages import words


def test_the_list_is_by_last_name_with_level_and_address(client: FlaskClient, database: Session, officer: User) -> None:
    people.supervisee(database, officer, first_name="Ann", last_name="Young", level="high", case_number="X-1")
    person = people.supervisee(database, officer, first_name="Bob", last_name="Old", case_number="X-2")
    people.home(person).line = "1418 Alder Street"
    database.commit()
    said = words(whole_page(people.sign_in(client, officer).get("/people")))

    assert "2 people Old, Bob Medium X-2. 1418 Alder Street, Baltimore Young, Ann High X-1." in said


def test_search_is_posted_and_answers_htmx_with_the_list_alone(
    client: FlaskClient, database: Session, officer: User
) -> None:
    people.supervisee(database, officer, first_name="Ann", last_name="Young")
    people.supervisee(database, officer, first_name="Bob", last_name="Old")
    database.commit()
    part = people.sign_in(client, officer).post("/people", data={"words": "you"}, headers=HX).get_data(as_text=True)
    page = whole_page(client.post("/people", data={"words": "you"}))

    assert part.strip().startswith('<section class="block" id="people">')
    assert "1 person Young, Ann" in words(part)
    assert 'value="you"' in page
    assert "Old, Bob" not in page


def test_finding_nobody_and_having_nobody_say_what_to_do(client: FlaskClient, officer: User) -> None:
    people.sign_in(client, officer)

    assert "No people yet" in words(whole_page(client.get("/people")))
    assert "Nobody found" in words(whole_page(client.post("/people", data={"words": "<b>x"})))


def test_a_file_says_what_is_asked_where_and_what_happened(
    client: FlaskClient, database: Session, officer: User
) -> None:
    with_standard(database)
    standard(database, "office", "", days=300)
    given = {"first_name": "Marcus", "last_name": "Bell", "phone": "(410) 555-0142", "case_number": "X-7"}
    person = due_person(database, officer, 4, conditions=["no_alcohol"], **given)
    people.home(person).verified_on = dt.date(2026, 6, 2)
    noted = {"source": "", "noted_on": dt.date(2026, 10, 1)}
    database.add(CautionFlag(supervisee_id=person.id, subject="dog", text="large dog", **noted))
    made = visits.visit(database, officer, person, outcome="refused_entry", outcome_note="Not without a lawyer")
    visits.flag(database, made, "potential_violation", condition_id=person.conditions[0].id)
    contact(
        database,
        person,
        people.TODAY,
        visit_id=made.id,
        officer_id=officer.id,
        status="attempted",
        outcome="refused_entry",
    )
    database.commit()
    html = whole_page(people.sign_in(client, officer).get(f"/people/{person.id}"))
    said = words(html)

    assert "Marcus Bell Medium since Jan 5 Person under supervision. Probation. X-7 Call" in said
    assert 'href="tel:4105550142"' in html
    assert "Home contact 1 per 30 days Overdue 4 days Last Oct 16" in said
    assert "Office contact 1 per 300 days Overdue 18 days None yet" in said
    assert "Cautions Large dog" in said
    assert "Baltimore. At home 08:00 to 20:00 Verified Jun 2 Add to plan Visit now" in said
    assert "Nov 19, home, refused entry 19 min, 102 ft from the address. Not without a lawyer" in said
    assert "Potential violation: condition 1" in said
    assert f'href="/people/{person.id}/briefing/home"' in html


def test_suspended_and_bare_files_say_so(client: FlaskClient, database: Session, officer: User) -> None:
    with_standard(database)
    person = people.supervisee(database, officer)
    person.terms[0].status = "in_custody"
    database.add(TermStatusChange(term_id=person.terms[0].id, on=people.TODAY, status="in_custody"))
    people.home(person).to_on = people.TODAY - dt.timedelta(days=1)
    database.commit()
    said = words(whole_page(people.sign_in(client, officer).get(f"/people/{person.id}")))

    assert "In custody: no contacts are asked for" in said
    assert "No standard asks for a contact today." in said
    assert "None on file. The administrator can add one." in said
    assert "No contacts yet." in said
    assert "Call" not in said


def test_supervisors_read_the_file_in_the_offices_frame_without_officers_buttons(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(database, officer)
    boss, admin = people.supervisor(database), people.administrator(database)
    database.commit()
    for user in (boss, admin):
        theirs = signed_in(client, user)
        html = whole_page(theirs.get(f"/people/{person.id}"))
        assert 'class="desk"' in html
        assert "Add to plan" not in html
        assert person.last_name in whole_page(theirs.get("/people"))


def test_names_from_the_database_are_shown_as_text(client: FlaskClient, database: Session, officer: User) -> None:
    person = people.supervisee(database, officer, first_name="<img src=x>", last_name="“Bob”")
    database.commit()
    people.sign_in(client, officer)
    for path in ("/people", f"/people/{person.id}", f"/people/{person.id}/briefing/home"):
        assert "<img" not in whole_page(client.get(path))


def test_reading_a_file_is_audited_once(client: FlaskClient, database: Session, officer: User) -> None:
    person = people.supervisee(database, officer)
    database.commit()
    people.sign_in(client, officer).get(f"/people/{person.id}")
    read = database.scalars(select(AuditEntry).where(AuditEntry.event == "supervisee.read")).all()

    assert [(entry.actor_id, entry.subject) for entry in read] == [(officer.id, str(person.id))]


def test_strangers_find_nothing(client: FlaskClient, database: Session, officer: User) -> None:
    person = people.supervisee(database, officer, last_name="Hidden")
    database.commit()
    for user in strangers(database):
        theirs = signed_in(client, user)
        assert theirs.get(f"/people/{person.id}").status_code == 404
        assert b"Hidden" not in theirs.get("/people").data
        assert b"Hidden" not in theirs.post("/people", data={"words": "hidden"}, headers=HX).data.split(b"value=")[0]
    for path in ("/people", f"/people/{person.id}"):
        assert client.get(path).headers["Location"].startswith("/sign-in?next=")
    assert client.post("/people", headers=HX).headers["HX-Redirect"] == "/sign-in"


@pytest.mark.parametrize("path", ["/people", "/people/{id}"])
def test_queries_do_not_grow_with_the_caseload(
    app: Flask, client: FlaskClient, database: Session, officer: User, path: str
) -> None:
    with_standard(database)
    database.commit()
    people.sign_in(client, officer)
    counted = []
    for many in (5, 295):
        made = [people.supervisee(database, officer) for _ in range(many)]
        for days in range(many // 15):
            contact(database, made[0], people.TODAY - dt.timedelta(days=days), officer_id=officer.id)
        database.commit()
        counted.append(queries(app, client, path.format(id=made[0].id)))

    assert abs(counted[0] - counted[1]) <= 1, "with contacts one more question: their officers' names"
    assert max(counted) <= 24


def test_the_file_calls_people_as_the_agency_does(client: FlaskClient, database: Session, officer: User) -> None:
    people.agency(database, supervisee_label="Person on license")
    person = people.supervisee(database, officer)
    database.commit()
    said = words(whole_page(people.sign_in(client, officer).get(f"/people/{person.id}")))

    assert "Person on license. Probation" in said
