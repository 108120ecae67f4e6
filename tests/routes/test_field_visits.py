"""The visit page, its checklist, the outbox page and the phone's modules: who gets them and what they say."""

import datetime as dt
import json
import re
import uuid
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.case import Condition
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from fieldapp.web.assets import build
from fieldapp.web.assets import modules
from tests import people
from tests.phone import Phone
from tests.phone import answer


@pytest.fixture
def officer(database: Session) -> User:
    made = people.officer(database)
    database.commit()
    return made


def stop_of(database: Session, officer: User, *conditions: str, **person: Any) -> Stop:
    someone = people.supervisee(database, officer, conditions, **person)
    stop = people.plan(database, officer, someone).stops[0]
    database.commit()
    return stop


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r"data-visit='([^']*)'", html)
    assert found
    data: dict[str, Any] = json.loads(found[1].replace("&#39;", "'"))
    return data


def test_page_holds_every_question_and_presets_nothing(client: FlaskClient, database: Session, officer: User) -> None:
    stop = stop_of(database, officer, "no_drugs")
    html = people.sign_in(client, officer).get(f"/stops/{stop.id}/visit").get_data(as_text=True)

    html5lib.HTMLParser(strict=True).parse(html)
    assert "checked" not in html
    assert "selected" not in html
    for item in ("safety.weapon_visible", "compliance.paraphernalia", "people.persons", "actions.next_report"):
        assert f'id="{item}"' in html
    data = data_of(html)
    assert (data["stop"], data["supervisee"]) == (str(stop.id), str(stop.supervisee_id))
    assert [(row["number"], row["kind"]) for row in data["conditions"]] == [(1, "no_drugs")]


def test_names_that_look_like_markup_stay_names(client: FlaskClient, database: Session, officer: User) -> None:
    stop = stop_of(database, officer, first_name="<img src=x>", last_name="O'Brien \"'")
    html = people.sign_in(client, officer).get(f"/stops/{stop.id}/visit").get_data(as_text=True)

    assert "<img src=x>" not in html
    assert data_of(html)["name"] == "<img src=x> O'Brien \"'"


def test_hint_names_the_condition_and_last_times_answer_without_copying_it(
    client: FlaskClient, database: Session, officer: User
) -> None:
    stop = stop_of(database, officer, "no_alcohol")
    person = stop.supervisee
    phone = Phone(people.sign_in(client, officer), officer.id)
    phone.enrol()
    answers = [answer("compliance.alcohol", "no"), answer("actions.instructions", "Words of that day.")]
    phone.sync(phone.visit(person, outcome="contact_inside", outcome_note="", answers=answers))

    html = client.get(f"/stops/{stop.id}/visit").get_data(as_text=True)
    assert re.search(r"Condition 1\.</span> Nov 19: no", html)
    assert "Words of that day." not in html


def test_condition_about_somebody_names_them(client: FlaskClient, database: Session, officer: User) -> None:
    stop = stop_of(database, officer)
    database.add(
        Condition(
            supervisee_id=stop.supervisee_id, number=9, kind="no_contact", text="No contact.", detail="Dwayne Harris",
            from_on=dt.date(2026, 1, 5),
        )
    )  # fmt: skip
    database.commit()

    assert b"Condition 9: Dwayne Harris" in people.sign_in(client, officer).get(f"/stops/{stop.id}/visit").data


def test_unplanned_visit_has_a_page_for_home_and_for_work(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(database, officer, work=True)
    database.commit()
    people.sign_in(client, officer)

    home, work = (client.get(f"/people/{person.id}/visit/{place}").get_data(as_text=True) for place in ("home", "work"))
    assert (data_of(home)["checklist"]["key"], data_of(work)["checklist"]["key"]) == ("home", "work")
    assert data_of(home)["stop"] is None
    assert client.get(f"/people/{person.id}/visit/moon").status_code == 404


@pytest.mark.parametrize("who", ["other_officer", "supervisor", "administrator", "nobody"])
def test_only_the_officer_of_the_stop_gets_the_page(
    client: FlaskClient, database: Session, officer: User, who: str
) -> None:
    stop = stop_of(database, officer)
    others = {"other_officer": people.officer, "supervisor": people.supervisor, "administrator": people.administrator}
    if who in others:
        other = others[who](database)
        database.commit()
        people.sign_in(client, other)

    status = {"other_officer": 404, "supervisor": 403, "administrator": 403, "nobody": 302}[who]
    assert client.get(f"/stops/{stop.id}/visit").status_code == status
    assert client.get(f"/people/{stop.supervisee_id}/visit/home").status_code == status
    assert client.get(f"/stops/{uuid.uuid4()}/visit").status_code == status


def test_page_with_a_person_on_it_is_kept_by_no_cache(client: FlaskClient, database: Session, officer: User) -> None:
    stop = stop_of(database, officer)

    assert people.sign_in(client, officer).get(f"/stops/{stop.id}/visit").headers["Cache-Control"] == "no-store"


def test_checklist_is_sent_as_it_was_shipped_and_kept_for_good(client: FlaskClient, officer: User) -> None:
    answer = client.get("/checklists/home-1.json")

    assert answer.get_json()["key"] == "home"
    assert "immutable" in answer.headers["Cache-Control"]
    for name in ("home-99", "..%2fsettings", "home", "home-1-1"):
        assert client.get(f"/checklists/{name}.json").status_code == 404


def test_outbox_page_is_for_officers_and_asks_for_all_its_modules(client: FlaskClient, officer: User) -> None:
    assert client.get("/outbox").status_code == 302
    html = people.sign_in(client, officer).get("/outbox").get_data(as_text=True)

    html5lib.HTMLParser(strict=True).parse(html)
    assert f'data-officer="{officer.id}"' in html
    assert f'<link rel="modulepreload" href="/v/{build().name}/service-worker/outbox.js">' in html


@pytest.mark.parametrize("entry", ["js/visit.js", "js/outbox.js", "js/field.js"])
def test_every_module_that_a_page_needs_is_served_as_javascript(client: FlaskClient, entry: str) -> None:
    needed = modules(entry)

    assert build().address("service-worker/stores.js") in needed
    assert build().address("service-worker/vendor/tus.js") not in needed, (
        "what sends photos is loaded when something waits"
    )
    for address in needed:
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "text/javascript"), address
        answer.close()


@pytest.mark.parametrize("path", ["../fieldapp/app.py", "..%2f..%2fpyproject.toml", "nothing.js"])
def test_nothing_outside_the_workers_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/v/{build().name}/service-worker/{path}").status_code == 404


def test_module_that_has_not_changed_is_not_sent_again_and_leaves_no_file_open(client: FlaskClient) -> None:
    first = client.get(build().address("service-worker/stores.js"))
    first.close()
    again = client.get(build().address("service-worker/stores.js"), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert "immutable" in again.headers["Cache-Control"]
