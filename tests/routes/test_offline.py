"""What the phone is given for places without signal: the worker, the plain page, the list of its day, the manifest."""

import io
import math
import re
import struct

import html5lib
import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from fieldapp.models.user import User
from fieldapp.web.assets import OF_OFFICE
from fieldapp.web.assets import build
from fieldapp.web.assets import map_files
from tests import people


@pytest.fixture
def officer(database: Session) -> User:
    people.agency(database)
    officer = people.officer(database)
    database.commit()
    return officer


def test_worker_may_answer_for_all_pages_and_names_every_module_but_those_of_maps_and_of_the_office(
    client: FlaskClient, officer: User
) -> None:
    answer = client.get("/worker.js")
    text = answer.get_data(as_text=True)

    assert (answer.mimetype, answer.headers["Service-Worker-Allowed"]) == ("text/javascript", "/")
    assert answer.headers["Cache-Control"] == "no-cache"
    modules = {path for path in build().files if path.endswith(".js")}
    named = set(re.findall(r'"(/[^"]+)"', text))
    of_office = {build().address(path) for path in modules if path.startswith(OF_OFFICE)}
    assert {build().address(path) for path in modules} - {*map_files()} - of_office <= named
    assert not of_office & named, "no phone carries the pages of the office along"
    assert not {*map_files()} & named, "a phone waits for nothing of a map before it is ready for a visit"


def test_worker_that_sends_answers_for_no_page_and_is_never_an_old_one(client: FlaskClient, officer: User) -> None:
    answer = client.get(f"/sender.js?build={build().name}")

    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"
    assert f'from "{build().address("service-worker/sender.js")}"' in answer.get_data(as_text=True)


def test_every_file_of_the_shell_is_there_and_says_its_build(client: FlaskClient, officer: User) -> None:
    shell = re.findall(r'"(/[^"]+)"', client.get("/worker.js").get_data(as_text=True))

    assert {"/offline", "/visit/home-1", "/checklists/home-1.json", "/visit/work-1"} <= {*shell}
    for address in shell:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Fieldapp-Build"]) == (200, build().name), address


def test_plain_page_is_whole_and_names_nobody(client: FlaskClient, officer: User) -> None:
    html = people.sign_in(client, officer).get("/offline").get_data(as_text=True)

    html5lib.HTMLParser(strict=True).parse(html)
    assert 'href="/today"' in html
    assert 'href="/outbox"' in html
    assert officer.name not in html


@pytest.mark.parametrize("checklist", ["home-1", "work-1"])
def test_page_of_a_visit_begun_is_the_same_for_everybody_and_names_nobody(
    client: FlaskClient, officer: User, checklist: str
) -> None:
    address = f"/visit/{checklist}"
    for_nobody = client.get(address).get_data(as_text=True)
    people.sign_in(client, officer)

    html5lib.HTMLParser(strict=True).parse(for_nobody)
    assert client.get(address).get_data(as_text=True) == for_nobody
    assert str(officer.id) not in for_nobody
    assert client.get("/visit/home-99").status_code == 404


def test_day_pack_lists_every_page_of_the_plan_in_use_and_each_answers(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(database, officer, first_name="Marcus", last_name="Bell")
    plan = people.plan(database, officer, person, on=people.TODAY)
    database.commit()
    answer = people.sign_in(client, officer).get("/day-pack", headers={"Fieldapp-Poll": "1"})
    pack = answer.get_json()

    stop = plan.stops[0].id
    wanted = {f"/stops/{stop}/briefing", f"/stops/{stop}/visit", f"/people/{person.id}", f"/plan/{plan.id}"}
    wanted.add(f"/plan/{plan.id}/map")
    assert wanted | {"/today", "/outbox", "/plan", "/people"} <= {*pack["pages"]}
    assert (pack["officer"], pack["hours"]) == (str(officer.id), 12)
    assert answer.headers["Cache-Control"] == "no-store"
    for path in pack["pages"]:
        page = client.get(path)
        assert (page.status_code, page.headers["Fieldapp-Reader"]) == (200, str(officer.id)), path


def test_day_pack_of_another_officer_names_none_of_these_pages(
    client: FlaskClient, database: Session, officer: User
) -> None:
    person = people.supervisee(database, officer)
    people.plan(database, officer, person, on=people.TODAY)
    other = people.officer(database)
    database.commit()
    pages = people.sign_in(client, other).get("/day-pack").get_json()["pages"]

    assert not [path for path in pages if path.startswith(("/stops/", "/people/", "/plan/"))]


def test_manifest_names_icons_of_the_size_they_have(client: FlaskClient, officer: User) -> None:
    manifest = client.get("/manifest.webmanifest").get_json(force=True)

    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert size_of(client, icon["src"]) == icon["sizes"]
    assert {one["url"] for one in manifest["shortcuts"]} == {"/today", "/plan", "/outbox"}
    assert all(one["icons"] for one in manifest["shortcuts"])


def test_manifest_shows_small_pictures_of_phone_and_desk_of_the_size_they_have(
    client: FlaskClient, officer: User
) -> None:
    shown = client.get("/manifest.webmanifest").get_json(force=True)["screenshots"]

    assert {one["form_factor"] for one in shown} == {"narrow", "wide"}
    for one in shown:
        assert size_of(client, one["src"]) == one["sizes"]
        assert len(client.get(one["src"]).data) <= 60_000
        assert one["src"] not in client.get("/worker.js").get_data(as_text=True), "no phone keeps it for its shell"


def test_maskable_icon_loses_nothing_when_it_is_cut_to_a_circle(client: FlaskClient, officer: User) -> None:
    icons = client.get("/manifest.webmanifest").get_json(force=True)["icons"]
    (source,) = [icon["src"] for icon in icons if icon["purpose"] == "maskable"]
    icon = Image.open(io.BytesIO(client.get(source).data)).convert("RGB")
    ground, middle = icon.getpixel((0, 0)), icon.width / 2

    drawn = [
        math.dist((x, y), (middle, middle))
        for x in range(icon.width)
        for y in range(icon.height)
        if icon.getpixel((x, y)) != ground
    ]

    assert 0.2 * icon.width < max(drawn) <= 0.4 * icon.width, (
        "W3C: a circle of 40 % of the width around the middle is safe"
    )


def size_of(client: FlaskClient, address: str) -> str:
    """A PNG's width and height, as a manifest writes them."""
    return "x".join(map(str, struct.unpack(">II", client.get(address).data[16:24])))
