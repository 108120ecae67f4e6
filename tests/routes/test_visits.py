"""Visits: the archive and its filters, one visit in full, and what was signed, each for those who may see it."""

import datetime as dt
import json
import re
import uuid
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.evidence import Photo
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Device
from fieldapp.models.wire import Submission
from tests import phone as phones
from tests import visits
from tests.app_fixtures import Clock
from tests.people import NOW
from tests.routes.roles import WHO
from tests.routes.roles import Cast
from tests.routes.roles import cast

SEES = {"owner", "cover", "supervisor", "administrator"}
OFFICE = {"supervisor", "other_supervisor", "administrator"}
PICTURE = Path(__file__).parents[1] / "data" / "photos" / "portrait_6.jpg"


@pytest.fixture
def everyone(database: Session) -> Cast:
    made = cast(database)
    database.commit()
    return made


@pytest.fixture
def supervisor(app: Flask, everyone: Cast) -> FlaskClient:
    return everyone.client(app, "supervisor")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("tail", ["", "/submission.jws", "/receipt.jws"])
def test_visit_is_shown_to_those_who_may_see_it(app: Flask, everyone: Cast, who: str, tail: str) -> None:
    answer = everyone.client(app, who).get(f"/visits/{everyone.visit.id}{tail}")
    assert answer.status_code == (200 if who in SEES else 302 if who == "nobody" else 404)
    assert ("Marcus Bell" in answer.text) == (who in SEES and tail == "")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", ["/visits", "/visits/list"])
def test_archive_is_for_the_office_and_shows_the_own_team(app: Flask, everyone: Cast, who: str, path: str) -> None:
    answer = everyone.client(app, who).get(path)
    assert answer.status_code == (200 if who in OFFICE else 302 if who == "nobody" else 403)
    assert ("Marcus Bell" in answer.text) == (who in SEES & OFFICE)


def test_cover_officer_sees_the_person_only_while_covering(
    app: Flask, database: Session, everyone: Cast, clock: Clock
) -> None:
    client = everyone.client(app, "cover")
    assert client.get(f"/visits/{everyone.visit.id}").status_code == 200
    clock.move(hours=11)  # past midnight in the agency's zone
    client = everyone.client(app, "cover")
    assert client.get(f"/visits/{everyone.visit.id}").status_code == 404


def test_reading_and_downloading_are_noted(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    for tail in ("", "/submission.jws", "/receipt.jws"):
        supervisor.get(f"/visits/{everyone.visit.id}{tail}")
    entries = database.scalars(select(AuditEntry).where(AuditEntry.subject == str(everyone.visit.id)))
    assert [entry.event for entry in entries] == ["visit.read", "submission.exported", "receipt.exported"]


def test_page_tells_everything_of_a_visit(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    visit, condition = everyone.visit, everyone.person.conditions[0]
    visit.narrative, visit.late_entry, visit.accompanied_by = "A pipe lay\non the counter.", True, ["T. Nakamura"]
    visits.flag(database, visit, "potential_violation", condition_id=condition.id, note="Glass pipe.")
    visits.flag(database, visit, "safety", "Animals loose", position=1)
    visits.answer(database, visit, "safety.weapon_visible", "no", answered_by="rest")
    visits.answer(database, visit, "compliance.paraphernalia", "yes", note="Left of the sink.", discovery="search")
    visits.row(database, visit, "people.persons", name="Lorraine", relation="Mother")
    visits.exception(database, everyone.users["owner"], visit_id=visit.id, words="Received too late.")
    database.commit()
    text = supervisor.get(f"/visits/{visit.id}").text
    html5lib.HTMLParser(strict=True).parse(text)
    for words in (
        "Potential violation, condition 1",
        condition.text,
        "The court decides whether it is a violation.",
        "Safety: Animals loose",
        "A pipe lay\non the counter.",
        "Late entry",
        "T. Nakamura",
        "by “None of these seen”",
        "Left of the sink.",
        "How found: Search",
        "Lorraine",
        "Received too late.",
        "102 ft from the address, accuracy 26 ft",
        "Phone clock 2 s slow",
        "Record hash matches",
        "Signed by a phone of",
        database.get_one(Submission, visit.id).sha256,
        visits.device(database, everyone.users["owner"]).kid,
    ):
        assert words in text, words


def test_state_of_each_photo_is_told_with_its_hash(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    here = visits.photo(
        database, everyone.visit, b"1", state="stored", found_media_type="image/heic", has_thumbnail=True, stored_at=NOW
    )
    visits.photo(database, everyone.visit, b"2", position=1, source="library", caption="Mail")
    visits.photo(
        database, everyone.visit, b"3", position=2, state="quarantined", lat=None, lon=None,
        position_state="refused", no_position_reason="no signal",
    )  # fmt: skip
    database.commit()
    text = supervisor.get(f"/visits/{everyone.visit.id}").text
    html5lib.HTMLParser(strict=True).parse(text)
    for words in (
        "1 of 3 received and verified",
        "Received and verified 14:00",
        "Still on the phone",
        "Does not match: kept apart",
        "From the photo library, 13:41",
        "No position: no signal",
        "0 ft from the address, accuracy 36 ft",
        here.sha256,
        f'src="/photos/{here.id}/thumbnail"',
    ):
        assert words in text, words
    # browsers cannot show HEIC: its picture is no link, the original is one beside it
    assert f'class="frame" href="/photos/{here.id}"' not in text
    assert f'<a href="/photos/{here.id}">Original</a>' in text


def test_what_people_wrote_is_shown_as_text(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    everyone.visit.narrative = "<script>alert(1)</script>"
    visits.photo(database, everyone.visit, caption='"><img src=x>')
    visits.answer(database, everyone.visit, "discussion.goals", "<b>bold</b>", note="<i>")
    database.commit()
    text = supervisor.get(f"/visits/{everyone.visit.id}").text
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert "<b>bold" not in text


def test_officer_reads_the_own_visit_in_the_field_layout_without_exceptions(
    app: Flask, database: Session, everyone: Cast
) -> None:
    visits.exception(database, everyone.users["owner"], visit_id=everyone.visit.id)
    database.commit()
    text = everyone.client(app, "owner").get(f"/visits/{everyone.visit.id}").text
    html5lib.HTMLParser(strict=True).parse(text)
    assert "data-sync-chip" in text
    assert "open exception" not in text


def test_signed_submission_is_a_text_file_that_verifies(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    answer = supervisor.get(f"/visits/{everyone.visit.id}/submission.jws")
    stored = database.get_one(Submission, everyone.visit.id)
    assert answer.text == stored.jws
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=visit-{everyone.visit.id}.jws"
    key = ECKey.import_key(database.get_one(Device, stored.device_id).public_jwk)
    assert json.loads(jws.deserialize_compact(answer.text, key, algorithms=["ES256"]).payload)["id"] == str(stored.id)


def test_receipt_is_signed_by_the_office(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    text = supervisor.get(f"/visits/{everyone.visit.id}/receipt.jws").text
    key = ECKey.import_key(supervisor.get("/.well-known/jwks.json").get_json()["keys"][0])
    said = json.loads(jws.deserialize_compact(text, key, algorithms=["ES256"]).payload)
    assert said["sha256"] == database.get_one(Submission, everyone.visit.id).sha256


def test_other_bytes_under_the_id_are_shown_and_can_be_had(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    owner, visit = everyone.users["owner"], everyone.visit
    sha256 = "ab" * 32
    database.add(
        ConflictingSubmission(
            submission_id=visit.id, officer_id=owner.id, device_id=visits.device(database, owner).id,
            received_at=NOW, jws="other.bytes.here", sha256=sha256,
        )
    )  # fmt: skip
    database.commit()
    text = supervisor.get(f"/visits/{visit.id}").text
    assert "1 other submission came under this id" in text
    assert f'href="/visits/{visit.id}/submission.jws?sha256={sha256}"' in text
    assert supervisor.get(f"/visits/{visit.id}/submission.jws?sha256={sha256}").text == "other.bytes.here"
    assert supervisor.get(f"/visits/{visit.id}/submission.jws?sha256=00").status_code == 404


def test_name_is_searched_without_ever_being_in_an_address(everyone: Cast, supervisor: FlaskClient) -> None:
    answer = supervisor.post("/visits/find", data={"q": "bell marcus"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/visits?person={everyone.person.id}"
    assert "Visits to Marcus Bell" in supervisor.get(answer.headers["Location"]).text


@pytest.mark.parametrize("who", WHO)
def test_search_is_for_the_office_and_finds_the_own_team(app: Flask, everyone: Cast, who: str) -> None:
    answer = everyone.client(app, who).post("/visits/find", data={"q": "Bell"})
    if who == "nobody":
        assert answer.headers["Location"].startswith("/sign-in")
    else:
        expected = {"supervisor": 303, "administrator": 303, "other_supervisor": 422}
        assert answer.status_code == expected.get(who, 403)


def test_search_that_finds_nobody_keeps_what_was_written(supervisor: FlaskClient) -> None:
    answer = supervisor.post("/visits/find", data={"q": "Nemo <b>"})
    assert answer.status_code == 422
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert 'value="Nemo &lt;b&gt;"' in answer.text
    assert "Nobody with visits has this name" in answer.text


def test_archive_turns_pages_and_keeps_the_filter(database: Session, everyone: Cast, supervisor: FlaskClient) -> None:
    owner = everyone.users["owner"]
    for number in range(51):
        visits.visit(database, owner, everyone.person, arrived_at=NOW - dt.timedelta(days=1, minutes=number))
    database.commit()
    query = "outcome=completed&from=2026-11-01&to=2026-11-18"
    first = supervisor.get(f"/visits?{query}").text
    html5lib.HTMLParser(strict=True).parse(first)
    assert (first.count('id="visit-'), "51 visits, page 1" in first) == (50, True)
    older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")  # type: ignore[index]
    assert older == f"/visits?{query}&page=2"
    assert supervisor.get(older).text.count('id="visit-') == 1
    part = supervisor.get(f"/visits/list?{query}", headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == f"/visits?{query}"
    assert "There are no earlier visits." in supervisor.get("/visits?page=9").text


@pytest.mark.parametrize("query", ["officer=1", "from=yesterday", "page=x", "outcome=seen", "person=Bell"])
def test_bad_filter_of_the_archive_is_told(supervisor: FlaskClient, query: str) -> None:
    for path in ("/visits", "/visits/list"):
        assert supervisor.get(f"{path}?{query}").status_code == 422


def test_unknown_visit_is_not_found(supervisor: FlaskClient) -> None:
    assert supervisor.get(f"/visits/{uuid.uuid4()}").status_code == 404
    assert supervisor.get("/visits/not-an-id").status_code == 404


def test_visit_sent_by_a_phone_arrives_flagged_and_its_photo_verified(
    app: Flask, database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    client = everyone.client(app, "owner")
    phone = phones.Phone(client, everyone.users["owner"].id)
    phone.enrol()
    content = PICTURE.read_bytes()
    photo = phones.photo(content, item="compliance.paraphernalia", caption="Pipe")
    answer = phones.answer("compliance.paraphernalia", "yes", note="A glass pipe.", discovery="plain_view")
    sent = phone.visit(everyone.person, outcome="contact_inside", answers=[answer], photos=[photo], narrative="Pipe.")
    assert phone.sync(sent)[0]["state"] == "stored"
    page = f"/visits/{sent.id}"
    assert "Still on the phone" in supervisor.get(page).text
    assert "Potential violation, condition 1" in supervisor.get("/board/arrived").text
    phone.upload(sent, photo, content)
    text = supervisor.get(page).text
    assert "1 of 1 received and verified" in text
    assert "Home contact" in text
    assert "Record hash matches" in text
    assert supervisor.get(f"/photos/{photo['id']}").data == content
    assert database.get_one(Photo, uuid.UUID(photo["id"])).has_thumbnail
