"""The map of a day: its page, the basemap in byte ranges for who is signed in, and the day's part for the phone."""

import json
import re
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pmtiles.reader import MemorySource
from pmtiles.reader import Reader
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldapp.cli.demo import BASEMAP
from fieldapp.domain.maps.tiles import tile_at
from fieldapp.domain.routing.request import Place
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from fieldapp.settings import Settings
from fieldapp.web.assets import asset
from fieldapp.web.assets import map_files
from fieldapp.web.headers import CSP
from fieldapp.web.parts import Parts
from tests import people
from tests import visits
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import strangers
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words
from tests.rules.sources import STATIC
from tests.rules.sources import WORKER
from tests.rules.sources import files

FILE = "/map/basemap.pmtiles"
EAST = (39.2830, -76.5700)


@pytest.fixture
def basemap(settings: Settings) -> Path:
    settings.basemap_file.write_bytes(BASEMAP.read_bytes())
    return settings.basemap_file


@pytest.fixture
def plan(database: Session, officer: User) -> DayPlan:
    """Four stops: seen, skipped, next, later."""
    people_of_it = [people.supervisee(database, officer, first_name="Ann", last_name=name) for name in "ABCD"]
    for step, person in enumerate(people_of_it):
        home = people.home(person)
        home.lat, home.lon = round(EAST[0] + step / 1000, 5), EAST[1]
    made = people.plan(database, officer, *people_of_it)
    visits.visit(database, officer, people_of_it[0], stop_id=made.stops[0].id)
    made.stops[1].state = "skipped"
    database.commit()
    return made


def drawn(html: str) -> dict[str, Any]:
    """What the page tells its script."""
    match = re.search(r"data-day-map='([^']+)'", html)
    assert match is not None
    found: dict[str, Any] = json.loads(unescape(match[1]))
    return found


def part(client: FlaskClient, asked: str, **headers: str) -> TestResponse:
    return client.get(FILE, headers={"Range": asked, **headers})


def test_map_names_every_stop_with_number_and_state_in_words(client: FlaskClient, officer: User, plan: DayPlan) -> None:
    html = whole_page(people.sign_in(client, officer).get(f"/plan/{plan.id}/map"))

    text = words(html)
    for line in ("1 Ann A Seen", "2 Ann B Skipped", "3 Ann C Next", "4 Ann D Later"):
        assert line in text
    assert f'href="/stops/{plan.stops[2].id}/briefing"' in html


def test_script_is_told_the_stops_and_a_way_that_leaves_out_who_is_skipped(
    client: FlaskClient, officer: User, plan: DayPlan
) -> None:
    data = drawn(people.sign_in(client, officer).get(f"/plan/{plan.id}/map").get_data(as_text=True))

    assert [stop["state"] for stop in data["stops"]] == ["done", "skipped", "next", "later"]
    ids = [str(stop.id) for stop in plan.stops]
    assert [leg["to"] for leg in data["legs"]] == [ids[0], ids[2], ids[3], "end"]
    assert data["legs"][1]["points"] == [data["stops"][0]["at"], data["stops"][2]["at"]]
    (south, west), (north, east) = data["bounds"]
    assert all(south <= stop["at"][0] <= north and west <= stop["at"][1] <= east for stop in data["stops"])
    assert "Ann" not in json.dumps(data), "names are in the list, once"


class Detour:
    """Implements `RouteLines` by a corner in each leg."""

    def route_line(self, places: Sequence[Place]) -> list[tuple[float, float]]:
        here, there = places
        return [(here.lat, here.lon), (here.lat, there.lon), (there.lat, there.lon)]


def test_way_follows_the_roads_where_the_agency_has_roads(
    make_app: Callable[[Parts], Flask], parts: Parts, officer: User, plan: DayPlan
) -> None:
    client = people.sign_in(make_app(replace(parts, lines=Detour())).test_client(), officer)
    html = whole_page(client.get(f"/plan/{plan.id}/map"))

    assert [len(leg["points"]) for leg in drawn(html)["legs"]] == [3, 3, 3, 3]
    assert "The line follows the roads." in html


def test_stop_whose_address_lost_its_position_stays_in_the_list(
    client: FlaskClient, database: Session, officer: User, plan: DayPlan
) -> None:
    plan.stops[2].address.lat = plan.stops[2].address.lon = None
    database.commit()

    html = whole_page(people.sign_in(client, officer).get(f"/plan/{plan.id}/map"))

    assert "3 Ann C Next" in words(html)
    assert "Not on the map: this address has no position" in html
    assert len(drawn(html)["legs"]) == 3


def test_map_of_another_officer_is_not_found(client: FlaskClient, database: Session, plan: DayPlan) -> None:
    for user in strangers(database):
        answer = signed_in(client, user).get(f"/plan/{plan.id}/map")
        assert answer.status_code == (404 if user.role == "officer" else 403)


def test_day_has_a_map_without_a_basemap_too_and_says_why_there_are_no_streets(
    client: FlaskClient, officer: User, plan: DayPlan
) -> None:
    html = whole_page(people.sign_in(client, officer).get(f"/plan/{plan.id}/map"))

    assert drawn(html)["basemap"] is None
    assert "This agency has no map of streets" in html
    assert client.get(FILE).status_code == 404
    assert not [path for path in client.get("/day-pack").get_json()["pages"] if path.startswith("/map/")]


@pytest.mark.parametrize("size", [0, 60, 200_000])
def test_damaged_basemap_is_a_clear_sentence_and_a_map_without_streets(
    client: FlaskClient, officer: User, plan: DayPlan, basemap: Path, size: int
) -> None:
    basemap.write_bytes(basemap.read_bytes()[:size])
    html = whole_page(people.sign_in(client, officer).get(f"/plan/{plan.id}/map"))

    assert "The map has no streets basemap.pmtiles is damaged or not whole. Ask the administrator" in words(html)
    assert drawn(html)["basemap"] is None
    assert len(drawn(html)["stops"]) == 4
    pack = client.get("/day-pack")
    assert pack.status_code == 200
    assert not [path for path in pack.get_json()["pages"] if path.startswith("/map/")]
    assert client.get(FILE, headers={"Accept": "application/json"}).status_code == 409


def test_basemap_comes_in_the_byte_ranges_asked_for_and_nothing_of_it_is_kept(
    client: FlaskClient, officer: User, basemap: Path
) -> None:
    people.sign_in(client, officer)
    whole = basemap.read_bytes()

    with part(client, "bytes=0-126") as head, part(client, "bytes=420000-") as tail, part(client, "bytes=-10") as last:
        assert [answer.status_code for answer in (head, tail, last)] == [206, 206, 206]
        assert head.headers["Content-Range"] == f"bytes 0-126/{len(whole)}"
        assert (head.data, tail.data, last.data) == (whole[:127], whole[420_000:], whole[-10:])
        assert head.headers["Cache-Control"] == "no-store"
        assert head.headers["ETag"] == tail.headers["ETag"]


@pytest.mark.parametrize(
    "asked", ["9999999-", "420778-420779", "5-2", "a-b", "0-1,4-5", "-0", "9" * 400 + "-"], ids=lambda asked: asked[:13]
)
def test_range_that_the_file_does_not_have_is_refused(
    client: FlaskClient, officer: User, basemap: Path, asked: str
) -> None:
    with part(people.sign_in(client, officer), f"bytes={asked}") as answer:
        assert answer.status_code == 416
        assert "The file has no such part" in answer.get_data(as_text=True)


def test_part_of_a_file_that_became_another_has_another_mark(client: FlaskClient, officer: User, basemap: Path) -> None:
    people.sign_in(client, officer)
    with part(client, "bytes=0-126") as answer:
        mark = answer.headers["ETag"]
    basemap.write_bytes(basemap.read_bytes() + b" ")

    with part(client, "bytes=0-126") as other:
        assert other.status_code == 206
        assert other.headers["ETag"] != mark


def test_basemap_is_for_who_is_signed_in(client: FlaskClient, database: Session, basemap: Path) -> None:
    assert client.get(FILE).headers["Location"].startswith("/sign-in")
    users = [people.officer(database), people.supervisor(database), people.administrator(database)]
    database.commit()
    for user in users:
        with part(signed_in(client, user), "bytes=0-126") as answer:
            assert answer.status_code == 206


def test_day_pack_names_the_days_area_and_it_holds_the_streets_of_every_stop(
    client: FlaskClient, officer: User, plan: DayPlan, basemap: Path
) -> None:
    pack = people.sign_in(client, officer).get("/day-pack").get_json()
    (address,) = [path for path in pack["pages"] if path.startswith("/map/")]
    answer = client.get(address)

    assert answer.status_code == 200
    assert len(answer.data) <= 3_100_000
    assert (answer.headers["Cache-Control"], answer.headers["Fieldapp-Reader"]) == ("no-store", str(officer.id))
    area, whole = Reader(MemorySource(answer.data)), Reader(MemorySource(basemap.read_bytes()))
    for stop in plan.stops:
        tile = tile_at((stop.address.lat or 0, stop.address.lon or 0), 14)
        assert area.get(*tile) == whole.get(*tile) is not None
    assert pack["files"] == map_files()
    assert pack == client.get("/day-pack").get_json(), "the same day has the same address: it is fetched once"


def test_address_of_the_area_changes_with_the_day_and_an_old_one_is_not_found(
    client: FlaskClient, database: Session, officer: User, plan: DayPlan, basemap: Path
) -> None:
    def address() -> str:
        pages: list[str] = client.get("/day-pack").get_json()["pages"]
        return pages[-1]

    people.sign_in(client, officer)
    before = address()
    plan.stops[0].address.lat = 39.2990
    database.commit()
    after = address()

    assert before != after
    assert client.get(before).status_code == 404
    assert client.get(after).status_code == 200


def test_area_of_another_officers_day_is_not_found(
    client: FlaskClient, database: Session, officer: User, plan: DayPlan, basemap: Path
) -> None:
    address = people.sign_in(client, officer).get("/day-pack").get_json()["pages"][-1]
    other = people.officer(database)
    database.commit()

    assert address.startswith(f"/map/day/{plan.id}/")
    assert signed_in(client, other).get(address).status_code == 404


def test_nothing_of_a_map_can_come_from_another_server() -> None:
    allowed = dict(rule.split(" ", 1) for rule in CSP.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["connect-src"] == allowed["script-src"] == allowed["style-src"] == "'self'"
    assert allowed["img-src"] == "'self' blob: data:"
    ours = [*files(STATIC / "js", "*.js"), *files(WORKER, "*.js"), *files(STATIC / "css", "*.css")]
    named = {host for path in ours for host in re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8"))}
    # where the attribution leads when it is tapped, the name of a drawing's language, and an example in a comment
    assert named <= {"www.openstreetmap.org", "www.w3.org", "field.example.org"}


def test_every_map_names_whose_streets_these_are(client: FlaskClient) -> None:
    with client.get(asset("js/map/base.js")) as answer:
        assert "© OpenStreetMap contributors" in answer.get_data(as_text=True)


def test_pages_at_a_door_load_nothing_of_a_map(client: FlaskClient, officer: User, plan: DayPlan) -> None:
    people.sign_in(client, officer)
    stop = plan.stops[2].id
    for path in ("/today", f"/plan/{plan.id}", f"/stops/{stop}/briefing", f"/stops/{stop}/visit"):
        html = client.get(path).get_data(as_text=True)
        assert not [file for file in map_files() if file in html], path
