"""The map of a day on a phone: streets from the office, and without a signal from the phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.cli.demo import BASEMAP
from fieldapp.models.user import User
from tests import people
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of

EAST = (39.2830, -76.5700)
# how many colors the basemap's canvases have: plain ground has one
COLORS = """() => {
  const seen = new Set();
  for (const canvas of document.querySelectorAll('.leaflet-tile-pane canvas')) {
    if (!canvas.width) continue;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 16) {
      if (data[at + 3]) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    }
  }
  return seen.size;
}"""


@pytest.fixture
def officer(live: LiveServer, tmp_path: Path) -> User:
    """An officer whose day has three stops, at an agency with a basemap."""
    (tmp_path / "basemap.pmtiles").write_bytes(BASEMAP.read_bytes())
    with live.session() as session:
        officer = people.officer(session)
        names = ("Bell", "Cruz", "Diaz")
        found = [people.supervisee(session, officer, first_name="Marcus", last_name=name) for name in names]
        for step, person in enumerate(found):
            home = people.home(person)
            home.lat, home.lon = EAST[0] + step / 200, EAST[1] + step / 200
        start = {"start_lat": EAST[0], "start_lon": EAST[1], "end_lat": EAST[0], "end_lon": EAST[1]}
        people.plan(session, officer, *found, on=people.local_today(), **start)
        session.commit()
    return officer


def see_streets(page: Page) -> None:
    """Waits until the basemap is drawn in more than one color."""
    wait_until(page, f"({COLORS})() > 5")


def test_map_shows_streets_way_pins_and_whose_data_it_is_and_asks_nobody_else(
    live: LiveServer, officer: User, phone_page: PhonePages
) -> None:
    page = phone_page(officer)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/today")
    page.get_by_role("link", name="Map", exact=True).click()

    see_streets(page)
    expect(page.locator(".pin[data-state=next]")).to_have_text("1")
    expect(page.locator(".pin[data-state=later]")).to_have_count(2)
    expect(page.locator("path.way")).to_have_count(3)
    expect(page.locator(".leaflet-control-attribution")).to_have_text("© OpenStreetMap contributors")
    expect(page.locator(".leaflet-control-scale-line")).to_be_visible()
    page.get_by_role("button", name="Show Marcus Diaz on the map").click()
    expect(page.locator(".leaflet-popup")).to_contain_text("3. Marcus Diaz")
    expect(page.locator(".around")).to_have_count(0)
    page.get_by_role("button", name="My position").click()
    expect(page.locator(".here")).to_be_visible()
    expect(page.locator("[data-map-note]")).to_contain_text("You are within")
    page.get_by_role("button", name="My position").click()
    expect(page.locator(".here")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not [url for url in asked if not url.startswith((live.url, "data:", "blob:"))]
    assert problems_of(page) == []


def test_map_of_the_day_is_whole_without_a_signal_and_says_where_the_phones_part_ends(
    live: LiveServer, officer: User, phone_page: PhonePages
) -> None:
    page = get_ready(phone_page(officer, service_workers="allow", color_scheme="dark", reduced_motion="reduce"))
    lose_signal(live, page)
    page.get_by_role("link", name="Map", exact=True).click()

    expect(page.locator("[data-kept-line]")).to_contain_text("As of ")
    see_streets(page)
    expect(page.locator(".pin[data-state=next]")).to_have_text("1")
    expect(page.locator("[data-map-note]")).to_be_empty()
    page.locator("[data-map]").focus()
    for _time in range(6):
        page.keyboard.press("-")
    expect(page.locator("[data-map-note]")).to_contain_text("the office cannot be reached")
    page.get_by_role("button", name="Whole day").click()
    see_streets(page)
