"""The import page: for administrators alone, first a dry run, then all of the file or nothing."""

import hashlib
import re
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.models.audit import AuditEntry
from fieldapp.models.imports import ImportFile
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.app_fixtures import Clock
from tests.domain.imports.caseloads import arrange
from tests.domain.imports.caseloads import csv_file
from tests.domain.imports.caseloads import line
from tests.domain.imports.caseloads import sample

HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(client: FlaskClient, database: Session, clock: Clock) -> FlaskClient:
    """A client on which an administrator is signed in, on a day after the last contact in the samples."""
    clock.move(days=4)
    arrange(database)
    administrator = people.administrator(database)
    database.commit()
    return people.sign_in(client, administrator)


def send(client: FlaskClient, data: bytes, **more: Any) -> TestResponse:
    # written by hand: Werkzeug's client leaves the temporary file open that it makes for a large one
    head = b'--end\r\nContent-Disposition: form-data; name="file"; filename="caseload.csv"\r\n\r\n'
    body = head + data + b"\r\n--end--\r\n"
    return client.post("/import", data=body, content_type="multipart/form-data; boundary=end", **more)


def known(database: Session) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(Supervisee)) or 0


def test_page_asks_for_a_file(office: FlaskClient) -> None:
    page = office.get("/import").get_data(as_text=True)
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page


def test_good_file_is_shown_first_and_imported_only_when_asked(office: FlaskClient, database: Session) -> None:
    shown = send(office, sample("caseload-from-excel.csv"))
    assert shown.status_code == 303
    page = office.get(shown.location).get_data(as_text=True)
    assert "Import 40 people" in page
    assert "month/day/year" in page
    assert known(database) == 0
    done = office.post(shown.location)
    assert (done.status_code, done.location) == (303, shown.location)
    assert "40 new people, 0 changed, 0 as they were" in office.get(shown.location).get_data(as_text=True)
    assert known(database) == 40


def test_address_of_the_dry_run_names_nobody(office: FlaskClient) -> None:
    location = send(office, csv_file(line())).location
    assert re.fullmatch(r"/import/[0-9a-f-]{36}", location)


def test_bytes_are_let_go_once_they_are_imported(office: FlaskClient, database: Session) -> None:
    location = send(office, csv_file(line())).location
    office.post(location)
    held = database.scalars(select(ImportFile)).one()
    assert (held.bytes, held.outcome) == (b"", {"new": 1, "changed": 0, "same": 0})


def test_second_tap_on_import_changes_nothing(office: FlaskClient, database: Session) -> None:
    location = send(office, csv_file(line())).location
    assert [office.post(location).status_code for _ in range(2)] == [303, 303]
    assert known(database) == 1


def test_file_of_people_who_are_here_offers_nothing_to_import(office: FlaskClient) -> None:
    office.post(send(office, csv_file(line())).location)
    page = office.get(send(office, csv_file(line())).location).get_data(as_text=True)
    assert "Nothing to import" in page
    assert "Import 1" not in page


def test_changes_are_named_before_they_are_made(office: FlaskClient) -> None:
    office.post(send(office, csv_file(line())).location)
    page = office.get(send(office, csv_file(line(level="high"))).location).get_data(as_text=True)
    assert "What changes" in page
    assert "Level" in page


def test_problems_are_listed_and_nothing_can_be_imported(office: FlaskClient, database: Session) -> None:
    location = send(office, sample("caseload-broken.csv")).location
    page = office.get(location).get_data(as_text=True)
    assert "30 problems in caseload.csv" in page
    assert "Line 4, level" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert office.post(location).status_code == 422
    assert known(database) == 0


def test_first_200_problems_are_shown_with_the_total(office: FlaskClient) -> None:
    lines = [line(case_number=f"C-{number}", status="gone") for number in range(250)]
    page = office.get(send(office, csv_file(*lines)).location).get_data(as_text=True)
    assert "The first 200 of 250 are shown." in page
    assert page.count("<h3>Line ") == 200


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_something_else_than_a_caseload_brings_the_form_back(
    office: FlaskClient, database: Session, headers: dict[str, str]
) -> None:
    answer = send(office, sample("caseload-not-a-csv.csv"), headers=headers)
    assert answer.status_code == 422
    assert "not a CSV file" in answer.get_data(as_text=True)
    assert ("<html" in answer.get_data(as_text=True)) == (headers == {})
    assert database.scalars(select(ImportFile)).all() == []


def test_no_file_at_all_brings_the_form_back(office: FlaskClient) -> None:
    assert office.post("/import").status_code == 422


def test_htmx_gets_each_step_as_a_fragment_under_its_address(office: FlaskClient, database: Session) -> None:
    shown = send(office, csv_file(line()), headers=HTMX)
    assert shown.status_code == 200
    assert shown.get_data(as_text=True).lstrip().startswith('<div id="import"')
    done = office.post(shown.headers["HX-Push-Url"], headers=HTMX)
    assert "The caseload is imported" in done.get_data(as_text=True)
    assert known(database) == 1


def test_file_too_large_is_refused(office: FlaskClient) -> None:
    assert send(office, b"x" * (22 * 1024 * 1024)).status_code == 413


def test_file_larger_than_other_bodies_may_be_is_read(office: FlaskClient) -> None:
    lines = [line(case_number=f"C-{number}", status="gone", home_notes="x" * 1_900) for number in range(4_500)]
    data = csv_file(*lines)
    assert len(data) > 8 * 1024 * 1024
    assert send(office, data).status_code == 303


def test_held_file_is_gone_after_a_day(office: FlaskClient, clock: Clock, database: Session) -> None:
    location = send(office, csv_file(line())).location
    user = database.scalars(select(User).where(User.role == "administrator")).one()
    clock.move(hours=25)
    people.sign_in(office, user)
    assert (office.get(location).status_code, office.post(location).status_code) == (404, 404)
    send(office, csv_file(line()))
    assert len(database.scalars(select(ImportFile)).all()) == 1


def test_held_file_is_in_the_audit_log_by_its_hash_and_its_rows(office: FlaskClient, database: Session) -> None:
    data = csv_file(line(), line(case_number="C-2"))
    location = send(office, data).location
    entry = database.scalars(select(AuditEntry).where(AuditEntry.event == "caseload.held")).one()
    assert entry.subject == location.removeprefix("/import/")
    assert entry.details == {"sha256": hashlib.sha256(data).hexdigest(), "rows": 2}


def test_addresses_without_position_are_counted(office: FlaskClient) -> None:
    location = send(office, csv_file(line(home_lat="", home_lon=""))).location
    assert "1 address of new people without coordinates" in office.get(location).get_data(as_text=True)
    office.post(location)
    page = office.get("/import").get_data(as_text=True)
    assert "1 address has no position" in page
    assert "Geocoding is off" in page


def test_another_administrator_does_not_find_the_file(office: FlaskClient, database: Session) -> None:
    location = send(office, csv_file(line())).location
    office.post("/sign-out")
    other = people.administrator(database)
    database.commit()
    people.sign_in(office, other)
    assert (office.get(location).status_code, office.post(location).status_code) == (404, 404)


@pytest.mark.parametrize("role", ["officer", "supervisor"])
def test_other_roles_may_not_import(client: FlaskClient, database: Session, role: str) -> None:
    people.sign_in(client, commit_user(database, role))
    anything = f"/import/{uuid.uuid4()}"
    answers = [client.get("/import"), send(client, csv_file(line())), client.get(anything), client.post(anything)]
    assert [answer.status_code for answer in answers] == [403] * 4


def test_signed_out_people_are_asked_to_sign_in(client: FlaskClient, database: Session) -> None:
    assert client.get("/import").location.startswith("/sign-in")
    assert send(client, csv_file(line())).location.startswith("/sign-in")


def commit_user(database: Session, role: str) -> Any:
    user = getattr(people, role)(database)
    database.commit()
    return user
