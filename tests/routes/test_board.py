"""The board: who may see it, what its parts say, filters that need no scripts, and polls that are nobody."""

import datetime as dt
import re

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldapp.models.wire import PhoneReport
from fieldapp.web.database import db
from tests import people
from tests import visits
from tests.app_fixtures import Clock
from tests.people import NOW
from tests.routes.roles import WHO
from tests.routes.roles import Cast
from tests.routes.roles import cast

PARTS = ("/board/field", "/board/phones", "/board/arrived", "/board/exceptions")
POLL = {"Fieldapp-Poll": "1", "HX-Request": "true"}
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def everyone(database: Session) -> Cast:
    made = cast(database)
    people.plan(database, made.users["owner"], made.person)
    visits.exception(database, made.users["owner"], visit_id=made.visit.id)
    database.commit()
    return made


@pytest.fixture
def supervisor(app: Flask, everyone: Cast) -> FlaskClient:
    return everyone.client(app, "supervisor")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", ["/board", *PARTS])
def test_board_is_for_supervisors_and_administrators(app: Flask, everyone: Cast, who: str, path: str) -> None:
    officers = {"owner", "colleague", "stranger", "cover", "past_cover"}
    status = everyone.client(app, who).get(path).status_code
    assert status == (403 if who in officers else 302 if who == "nobody" else 200)


@pytest.mark.parametrize(("who", "sees"), [("supervisor", True), ("administrator", True), ("other_supervisor", False)])
def test_each_part_shows_the_own_team_only(app: Flask, everyone: Cast, who: str, sees: bool) -> None:
    client, officer = everyone.client(app, who), everyone.users["owner"].name
    assert (officer in client.get("/board/field").text) == sees
    assert ("Marcus Bell" in client.get("/board/arrived").text) == sees
    assert ("Late entry" in client.get("/board/exceptions").text) == sees
    assert ("Marcus Bell" in client.get("/board").text) == sees


def test_page_and_parts_are_valid_html_that_renews_itself(supervisor: FlaskClient) -> None:
    page = supervisor.get("/board").text
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for path in PARTS:
        text = supervisor.get(path).text
        html5lib.HTMLParser(strict=True).parseFragment(text)
        assert re.search(r'hx-get="(/board/\w+)', text)[1] == path  # type: ignore[index]
        assert 'hx-trigger="every 10s"' in text
        assert '"Fieldapp-Poll": "1"' in text
        assert f'id="{path[1:].replace("/", "-")}"' in text


def test_crew_line_says_where_how_far_until_when_and_what_waits(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    owner = everyone.users["owner"]
    phone = visits.device(database, owner)
    visits.check_in(database, owner, everyone.person, at=NOW + MINUTE)
    database.add(
        PhoneReport(
            device_id=phone.id, reported_at=NOW - 4 * MINUTE, clock_skew_s=0.0, waiting=3, oldest_at=NOW - 40 * MINUTE
        )
    )
    database.commit()
    text = supervisor.get("/board/field").text
    for words in ("At Marcus Bell since 14:01", "0 of 1 seen", "3 waiting on the phone, oldest 40 min ago", "News now"):
        assert words in text


def test_phone_with_unsent_work_is_shown_with_all_that_is_known_and_goes_when_it_is_sent(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    phone = visits.device(database, everyone.users["owner"])
    report = PhoneReport(
        device_id=phone.id, reported_at=NOW - 20 * MINUTE, clock_skew_s=0.0, waiting=3, oldest_at=NOW - 90 * MINUTE,
        bytes=2_900_000, free=11_400_000_000, app="0.1.0",
    )  # fmt: skip
    database.add(report)
    database.commit()
    text = supervisor.get("/board").text
    for words in ("1 phone, for more than an hour", "3 items not sent since 12:30", "2.9 MB, last heard 20 min ago"):
        assert words in text
    assert "Phone 0, app 0.1.0, 11.4 GB free" in text
    report.waiting = 0
    database.commit()
    part = supervisor.get("/board/phones").text
    assert "not sent since" not in part
    assert " hidden>" in part


def test_arrived_shows_flags_in_words_that_leave_the_finding_to_the_court(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    number_one = everyone.person.conditions[0]
    visits.flag(database, everyone.visit, "potential_violation", condition_id=number_one.id)
    visits.flag(database, everyone.visit, "welfare", "Health or crisis: Concern", position=1)
    visits.photo(database, everyone.visit)
    database.commit()
    text = supervisor.get("/board/arrived").text
    assert text.index("Potential violation, condition 1") < text.index("Welfare: Health or crisis: Concern")
    assert "1 of 1 original still on the phone" in text
    assert "Seen inside, at home, 13:41" in text


def test_filter_works_as_a_page_and_as_a_part_and_stays_in_the_address(
    database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    stranger = everyone.users["colleague"]
    visits.visit(database, stranger, people.supervisee(database, stranger, last_name="Lomax"))
    database.commit()
    query = f"?officer={stranger.id}&days=7"
    for text in (supervisor.get(f"/board{query}").text, supervisor.get(f"/board/arrived{query}").text):
        assert "Lomax" in text
        assert "Marcus Bell</a>" not in text
        assert f'hx-get="/board/arrived?officer={stranger.id}&amp;days=7"' in text
    part = supervisor.get(f"/board/arrived{query}", headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == f"/board?officer={stranger.id}&days=7"
    assert "HX-Replace-Url" not in supervisor.get(f"/board/arrived{query}", headers=POLL).headers
    assert "No visit matches" in supervisor.get("/board/arrived?flagged=1").text


@pytest.mark.parametrize("path", ["/board", "/board/arrived"])
def test_bad_filter_is_told_and_shows_nothing_wrong(supervisor: FlaskClient, path: str) -> None:
    answer = supervisor.get(f"{path}?days=5")
    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text
    html5lib.HTMLParser(strict=True).parse(supervisor.get("/board?days=5&officer=x").text)


def test_empty_board_says_what_is_absent(client: FlaskClient, database: Session) -> None:
    user = people.supervisor(database)
    database.commit()
    text = people.sign_in(client, user).get("/board").text
    for words in ("Nobody is in the field", "Nothing has arrived", "No open exceptions"):
        assert words in text


def test_poll_does_not_keep_a_session_alive(supervisor: FlaskClient, clock: Clock) -> None:
    for _ in range(3):
        clock.move(minutes=11)
        answer = supervisor.get("/board/field", headers=POLL)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_use_keeps_a_session_alive_between_polls(supervisor: FlaskClient, clock: Clock) -> None:
    for _ in range(3):
        clock.move(minutes=11)
        assert supervisor.get("/board/field", headers=POLL).status_code == 200
        assert supervisor.get("/board/arrived", headers={"HX-Request": "true"}).status_code == 200


def test_after_signing_in_again_the_page_comes_back_not_its_part(client: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/board?days=7"}
    answer = client.get("/board/arrived", headers=headers)
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/board?days%3D7"


def test_number_of_queries_does_not_grow_with_visits_and_officers(
    app: Flask, database: Session, everyone: Cast, supervisor: FlaskClient
) -> None:
    few = {path: queries(app, supervisor, path) for path in ("/board", "/visits")}
    crowd = [people.officer(database) for _ in range(4)]
    for officer in crowd:
        persons = [people.supervisee(database, officer, ["no_drugs"]) for _ in range(5)]
        people.plan(database, officer, *persons)
        visits.check_in(database, officer, persons[0])
        for number in range(50):
            person = persons[number % 5]
            visit = visits.visit(database, officer, person, arrived_at=NOW - number * MINUTE)
            visits.flag(database, visit, "potential_violation", condition_id=person.conditions[0].id)
            visits.photo(database, visit, str(number).encode())
            visits.exception(database, officer, visit_id=visit.id, supervisee_id=person.id)
    database.commit()
    many = {path: queries(app, supervisor, path) for path in ("/board", "/visits")}
    assert many == few
    assert max(many.values()) < 35


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    """How many statements an address takes."""
    with app.app_context():
        engine: Engine = db.engine
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    assert client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)
