"""The whole demo: every page that a role finds by its links answers, and what the demo promises to show is there."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.app import create_app
from fieldapp.app import real_parts
from fieldapp.cli.demo import demo_settings
from fieldapp.cli.demo import prepare
from fieldapp.domain.actor import actor_of
from fieldapp.domain.audit import first_broken
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import in_buckets
from fieldapp.domain.demo.agency import PASSWORD
from fieldapp.models.engine import make_engine
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview
from fieldapp.models.field import CheckIn
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.models.wire import FieldException
from fieldapp.web.database import db

# one making serves all of these tests, in one process
pytestmark = pytest.mark.xdist_group("demo")
NOW = dt.datetime(2026, 11, 23, 19, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
BEGIN = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d")
OF_ONE_KIND = 6
ROLES = ["officer1", "officer2", "officer5", "officer6", "supervisor1", "supervisor2", "admin"]


class Links(HTMLParser):
    """Collects where a page leads by GET, and what it shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "get").lower() == "get":
            self.found.append(given.get("action") or "")
        self.found += [value for name in ("href", "src", "hx-get", "xlink:href") if (value := given.get(name))]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = demo_settings({"FIELDAPP_DATA_DIR": str(tmp_path_factory.mktemp("demo"))})
    prepare(settings, at=NOW)
    parts = real_parts(settings)
    app = create_app(settings, parts, TESTING=True, FIELDAPP_CLOCK=lambda: NOW)
    yield app
    parts.solver.close()  # type: ignore[attr-defined]
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Iterator[Session]:
    engine = make_engine(app.config["FIELDAPP"].database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize("who", ROLES)
def test_every_page_that_links_lead_to_answers(app: Flask, who: str) -> None:
    client = app.test_client()
    signed_in = client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})
    assert signed_in.status_code == 303

    seen = walk(client, signed_in.headers["Location"])

    # a part that has nothing new to say answers 204
    quiet = {path for path, status in seen.items() if status == 204}
    bad = {path: status for path, status in seen.items() if status not in (200, 302, 303) and path not in quiet}
    assert all("/photos?have=" in path for path in quiet)
    assert not bad
    kinds = {UUID.sub("*", path) for path in seen}
    office = {"/board", "/visits", "/visits/*", "/people/*", "/visits/*/receipt.jws"}
    field = {"/today", "/plan", "/people/*", "/people/*/visit/home", "/outbox"}
    assert (field if who.startswith("officer") else office) <= kinds


def walk(client: FlaskClient, start: str) -> dict[str, int]:
    """The status of each page, a few of each kind: paths that differ only by id or day are of one kind."""
    waiting, seen, kinds = [start], dict[str, int](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = UUID.sub("*", path)
        if path in seen or kinds[kind] >= OF_ONE_KIND:
            continue
        kinds[kind] += 1
        with client.get(path) as answer:
            seen[path] = answer.status_code
            waiting += leads_to(path, answer)
    return seen


def leads_to(path: str, answer: TestResponse) -> list[str]:
    """Where a page leads within the app."""
    found = [answer.headers["Location"]] if answer.status_code in (302, 303) else []
    if answer.mimetype == "text/html":
        found += Links(answer.get_data(as_text=True)).found
    return [link for link in (inside(path, link) for link in found) if link]


def inside(path: str, link: str) -> str:
    """The path and query of a link within the app, "" for any other."""
    whole = urlsplit(urljoin(f"http://localhost{path}", link))
    if whole.scheme != "http" or whole.netloc != "localhost":
        return ""
    return f"{whole.path}?{whole.query}" if whole.query else whole.path


def test_agency_has_its_people_and_a_year_of_contacts(database: Session) -> None:
    roles = Counter(database.scalars(select(User.role)))

    assert roles == {"officer": 6, "supervisor": 2, "administrator": 1}
    assert len(database.scalars(select(Supervisee.id)).all()) == 300
    assert len(database.scalars(select(Visit.id)).all()) > 250
    assert first_broken(database) is None


def test_due_list_looks_alive(database: Session) -> None:
    admin = database.scalars(select(User).where(User.role == "administrator")).one()
    rows = due_rows(database, actor_of(admin), TODAY)
    buckets = in_buckets(rows)
    people = {row.person.id for row in rows}
    overdue = {row.person.id for row in buckets["overdue"]}

    assert 0.04 < len(overdue) / len(people) < 0.1
    assert len(buckets["this_week"]) + len(buckets["this_month"]) > 30
    assert len(buckets["next_month"]) > 60
    causes = {row.required.standard.key for row in rows}
    assert {"home-new-address", "home-release", "work-high", "treatment", "collateral-high"} <= causes


def test_todays_plan_is_half_done_with_one_visit_in_vain_and_one_possible_violation(database: Session) -> None:
    plan = database.scalars(select(DayPlan).join(DayPlan.officer).where(User.email == "officer1@demo.example")).one()
    visits = {visit.stop_id: visit for visit in database.scalars(select(Visit).where(Visit.arrived_at > BEGIN))}
    done = [visits[stop.id] for stop in plan.stops if stop.id in visits]

    assert (plan.state, len(plan.stops), len(done)) == ("accepted", 8, 4)
    assert [visit.outcome_class for visit in done].count("attempted") == 1
    assert all(visit.received_at < NOW for visit in done)
    ids = [visit.id for visit in done]
    flags = database.scalars(select(VisitFlag).where(VisitFlag.visit_id.in_(ids))).all()
    flagged = [flag for flag in flags if flag.kind == "potential_violation" and flag.condition_id]
    assert flagged
    photos = database.scalars(select(Photo).where(Photo.visit_id == flagged[0].visit_id)).all()
    assert {photo.state for photo in photos} == {"stored"}
    assert all(photo.has_thumbnail for photo in photos)


def test_one_photo_is_still_on_its_way_with_a_preview_and_one_officer_at_a_door(database: Session) -> None:
    states = Counter(database.scalars(select(Photo.state)))
    open_stops = set(database.scalars(select(CheckIn.stop_id))) - set(database.scalars(select(Visit.stop_id)))

    assert states["awaited"] == 1
    awaited = database.scalars(select(Photo.id).where(Photo.state == "awaited")).one()
    assert database.scalars(select(PhotoPreview.photo_id)).all() == [awaited]
    assert states["stored"] > 5
    assert len(open_stops) == 1


def test_supervisors_have_something_to_decide(database: Session) -> None:
    codes = set(database.scalars(select(FieldException.code).where(FieldException.closed_at.is_(None))))

    assert {"late-entry", "position-far", "attempts-in-row", "refused"} <= codes
    assert "incomplete" not in set(database.scalars(select(FieldException.code)))


def test_caseload_has_its_odd_cases(database: Session) -> None:
    people = database.scalars(select(Supervisee)).all()

    assert {"in_custody", "absconder", "warrant"} <= {term.status for person in people for term in person.terms}
    assert any(caution.review_on and caution.review_on < TODAY for person in people for caution in person.cautions)
    assert any(address.lat is None for person in people for address in person.addresses)
    assert any(each.kind == "cover" for person in people for each in person.assignments)
