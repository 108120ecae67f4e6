"""`fieldapp device` lists phones and signs off lost ones."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.engine import make_engine
from tests import people
from tests.cli.conftest import Run
from tests.cli.offices import Office
from tests.cli.offices import open_office


@pytest.fixture
def office(ready: Run) -> Iterator[Office]:
    opened = open_office()
    yield opened
    opened.close()


def kid(listed: str) -> str:
    return listed.split()[0]


def test_no_phone_is_said_so(ready: Run) -> None:
    assert "No phone yet" in ready("device", "list").out


def test_signed_off_phone_is_listed_so_and_what_it_signs_is_refused(ready: Run, office: Office, empty_url: str) -> None:
    listed = ready("device", "list").out
    assert "@example.org" in listed
    assert "in use" in listed
    for _ in range(2):
        assert ready("device", "sign-off", "--", kid(listed)).code == 0
    assert "signed off" in ready("device", "list").out
    visit = office.phone.visit(office.person)
    assert office.phone.post([visit]).status_code == 401, "its officer is signed out"
    assert office.phone.client is not None
    people.sign_in(office.phone.client, office.officer)
    (result,) = office.phone.sync(visit)
    assert result["state"] == "refused"
    assert office.phone.enrol().status_code == 409
    engine = make_engine(empty_url)
    with Session(engine) as session:
        subjects = session.scalars(select(AuditEntry.subject).where(AuditEntry.event == "device.signed_off")).all()
    engine.dispose()
    assert subjects == [kid(listed)]


def test_unknown_phone_is_said_so(ready: Run) -> None:
    ran = ready("device", "sign-off", "none-such")
    assert (ran.code, "fieldapp device list" in ran.err) == (1, True)
