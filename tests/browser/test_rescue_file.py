"""A phone that cannot send saves a rescue file; the office brings it in; when it sends again, it hears `same`."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.cli.main import main
from fieldapp.models.evidence import Photo
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from fieldapp.web.database import alembic
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.phone_visit import PICTURE
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages


def visit_that_cannot_be_sent(live: LiveServer, phone_page: PhonePages) -> PhoneVisit:
    """A submitted visit with a photo, on a phone that the office never answers."""
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(phone_page(officer, accept_downloads=True))
    for path in ("**/sync", "**/evidence/**"):
        visit.page.route(path, lambda route: route.abort())
    visit.begin(stop).arrival_queued()
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    visit.page.evaluate("location.hash = '#sign'")
    visit.certify()
    visit.submit()
    return visit


def saved_file(page: Page, folder: Path) -> Path:
    """Makes the file on the outbox page and saves it as an officer would."""
    page.goto("/outbox")
    page.locator("[data-make]").tap()
    expect(page.locator("[data-rescue] [data-words]")).to_contain_text("Give it to your administrator.")
    with page.expect_download() as started:
        page.locator("[data-save]").tap()
    assert started.value.suggested_filename.startswith("fieldapp-rescue-2")
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


@pytest.fixture
def office(live: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveServer:
    """The running app, and a command line that means the same data."""
    monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FIELDAPP_DATABASE_URL", live.engine.url.render_as_string(hide_password=False))
    with live.app.app_context():
        alembic.stamp()  # as `fieldapp setup` leaves it
    return live


def held(live: LiveServer) -> dict[str, Any]:
    """What the office holds."""
    with live.session() as session:
        photos = {photo.state: photo.sha256 for photo in session.query(Photo)}
        kinds = sorted(submission.kind for submission in session.query(Submission))
        return {"visits": session.query(Visit).count(), "kinds": kinds, "photos": photos}


def test_file_from_a_phone_is_brought_in_and_the_phone_lets_go_later(
    office: LiveServer, phone_page: PhonePages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = visit_that_cannot_be_sent(office, phone_page)
    page = visit.page
    [photo] = [row for row in visit.stored("photos") if row.get("visit")]
    file = saved_file(page, tmp_path)
    assert "Marcus" not in file.read_text()

    # the phone enrolled its key while it could still speak, so the office knows it
    assert main(["rescue", "import", str(file)]) == 0, capsys.readouterr()
    said = capsys.readouterr().out
    assert (said.count("stored      submission"), said.count("stored      photo")) == (2, 1)
    brought = held(office)
    assert brought == {"visits": 1, "kinds": ["check_in", "visit"], "photos": {"stored": photo["sha256"]}}
    stored = tmp_path / "blobs" / "photos" / photo["sha256"][:2] / photo["sha256"]
    assert stored.read_bytes() == Path(PICTURE).read_bytes()

    assert len(visit.stored("outbox")) == 2
    answers: list[Any] = []
    page.unroute("**/sync")
    page.unroute("**/evidence/**")
    page.on("response", lambda response: answers.append(response) if response.url.endswith("/sync") else None)
    page.locator("[data-send-now]").tap()
    expect(page.locator("[data-none]")).to_be_visible()
    states = [result["state"] for answer in answers for result in answer.json()["results"]]
    assert states == ["same", "same"]
    assert held(office) == brought
    expect(page.locator("[data-rescue]")).to_be_hidden()


def test_draft_and_its_photo_are_in_the_file_and_set_out_unsigned(
    office: LiveServer, phone_page: PhonePages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    officer, _person, stop = planned_stop(office)
    visit = PhoneVisit(phone_page(officer, accept_downloads=True)).begin(stop)
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    [draft] = visit.stored("drafts")
    file = saved_file(visit.page, tmp_path)

    assert main(["rescue", "import", str(file), "--drafts", str(tmp_path / "drafts")]) == 0
    assert f"unsigned    draft {draft['id']}" in capsys.readouterr().out
    [picture] = (tmp_path / "drafts").glob("*.jpg")
    assert picture.read_bytes() == Path(PICTURE).read_bytes()
    [content] = (tmp_path / "drafts").glob("*.json")
    assert '"outcome": "no_one_home"' in content.read_text()
    assert held(office)["visits"] == 0


def test_phone_without_the_offices_key_and_without_a_network_says_what_to_do(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer)
    page.route("**/.well-known/jwks.json", lambda route: route.abort())
    PhoneVisit(page).begin(stop)
    page.goto("/outbox")
    page.locator("[data-make]").tap()

    expect(page.locator("[data-rescue] [data-words]")).to_contain_text(
        "Open the app once with a signal, then try again."
    )
    expect(page.locator("[data-made]")).to_be_hidden()


def test_file_is_made_without_a_network_on_a_page_that_the_phone_kept(
    office: LiveServer, phone_page: PhonePages, tmp_path: Path
) -> None:
    officer, _person, stop = planned_stop(office)
    page = get_ready(phone_page(officer, accept_downloads=True, service_workers="allow"))
    lose_signal(office, page)
    PhoneVisit(page).begin(stop).arrival_queued()
    file = saved_file(page, tmp_path)

    assert main(["rescue", "import", str(file)]) == 0
    assert held(office)["kinds"] == ["check_in"]
