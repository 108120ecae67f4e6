"""The pin of an address: put by a tap on the map or by two numbers, and saved."""

from playwright.sync_api import expect

from fieldapp.models.address import Address
from tests import people
from tests.domain.positions.addresses import approximate
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of


def test_pin_is_put_by_a_tap_follows_the_numbers_and_is_saved(live: LiveServer, phone_page: PhonePages) -> None:
    with live.session() as session:
        address, user = approximate(session), people.administrator(session)
        session.commit()
    page = phone_page(user)
    page.goto(f"/positions/{address.id}")
    lat, pin, ground = page.locator("#lat"), page.locator(".pin-tip"), page.locator("[data-map]")
    expect(lat).to_have_value("39.3")
    expect(pin).to_have_count(1)
    lat.fill("north")
    expect(pin).to_have_count(0)
    box = ground.bounding_box()
    assert box
    ground.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    expect(pin).to_have_count(1)
    assert 39.3 < float(lat.input_value()) < 39.302
    page.get_by_role("button", name="Save this position").click()
    expect(page.get_by_role("heading", name="Every address has its position")).to_be_visible()
    with live.session() as session:
        kept = session.get_one(Address, address.id)
        assert kept.position_quality == "pinned"
        assert 39.3 < (kept.lat or 0) < 39.302
    assert problems_of(page) == []
