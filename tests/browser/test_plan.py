"""Planning a day by thumb, mouse and keyboard, in a real browser."""

import datetime as dt

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from fieldapp.models.user import User
from tests import people
from tests.domain.caseload.standards import standard
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import problems_of

NAMES = ["Ann", "Bob", "Cat", "Dan"]
SINCE = dt.date(2020, 1, 5)


@pytest.fixture
def officer(live: LiveServer) -> User:
    with live.session() as session:
        standard(session)
        made = people.officer(session)
        for i, name in enumerate(NAMES, start=1):
            person = people.supervisee(session, made, first_name=name, last_name="Sample", from_on=SINCE)
            people.home(person).lat = people.HOME[0] + i / 100
        session.commit()
        return made


@pytest.fixture
def page(phone_page: PhonePages, officer: User) -> Page:
    """The page of a day with everybody picked; tomorrow's, so that the hour of the test does not matter."""
    page = phone_page(officer)
    tomorrow = people.local_today() + dt.timedelta(days=1)
    page.goto(f"/plan?day={tomorrow}")
    for i in range(len(NAMES)):
        page.locator("input[name=stop]").nth(i).check()
    return page


def order(page: Page) -> list[str]:
    return [name.split()[0] for name in page.locator(".leg h3").all_inner_texts()]


def put_in_order(page: Page) -> Page:
    """Plan the day and wait until the stops are there, and the scripts that move them."""
    page.get_by_role("button", name="Plan my day").click()
    expect(page.locator(".leg h3")).to_have_count(4)
    page.wait_for_load_state("load")
    return page


def test_the_dock_counts_what_is_picked_and_how_long_it_takes_on_site(page: Page) -> None:
    expect(page.locator("[data-count]")).to_have_text("4 stops, 1 h on site")
    expect(page.locator("[data-picked]")).to_have_text("4")
    page.locator("input[name=stop]").first.uncheck()
    expect(page.locator("[data-count]")).to_have_text("3 stops, 45 min on site")
    page.locator("summary").first.click()
    page.fill("#minutes", "20")
    page.locator("#minutes").blur()
    expect(page.locator("[data-count]")).to_have_text("3 stops, 1 h on site")


def test_a_stop_moves_by_its_menu_and_the_page_is_not_loaded_again(page: Page) -> None:
    before = order(put_in_order(page))
    page.evaluate("document.body.dataset.same = 'yes'")
    page.locator("[data-handle]").first.click()
    page.get_by_role("button", name="Move down").click()
    expect(page.locator(".leg h3").nth(1)).to_have_text(f"{before[0]} Sample")

    assert order(page) == [before[1], before[0], *before[2:]]
    assert page.evaluate("document.body.dataset.same") == "yes"
    assert problems_of(page) == []


def test_a_stop_is_dragged_to_its_place_and_no_menu_opens(page: Page) -> None:
    before = order(put_in_order(page))
    handle = page.locator("[data-handle]").first.bounding_box()
    goal = page.locator("[data-leg]").nth(2).bounding_box()
    assert handle
    assert goal
    page.mouse.move(handle["x"] + 20, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(handle["x"] + 20, handle["y"] + 60, steps=4)
    with page.expect_response(lambda answer: "/order" in answer.url):
        page.mouse.move(handle["x"] + 20, goal["y"] + goal["height"] - 5, steps=8)
        page.mouse.up()
    expect(page.locator(".leg h3").nth(2)).to_have_text(f"{before[0]} Sample")

    assert order(page) == [*before[1:3], before[0], before[3]]
    assert page.locator("dialog:popover-open").count() == 0
    page.reload()
    assert order(page) == [*before[1:3], before[0], before[3]]


def test_a_drag_back_to_where_it_was_sends_nothing(page: Page) -> None:
    before = order(put_in_order(page))
    sent: list[str] = []
    # the page fetches more behind itself, as every page of an officer does
    page.on("request", lambda request: sent.append(request.url) if "/plan" in request.url else None)
    handle = page.locator("[data-handle]").first.bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 20, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(handle["x"] + 20, handle["y"] + 120, steps=4)
    page.mouse.move(handle["x"] + 20, handle["y"] + 20, steps=4)
    page.mouse.up()

    assert (order(page), sent) == (before, [])


def test_arrow_keys_on_the_handle_move_a_stop_and_keep_the_focus(page: Page) -> None:
    before = order(put_in_order(page))
    handle = page.locator("[data-handle]").first
    id = handle.get_attribute("id")
    handle.focus()
    with page.expect_response(lambda answer: "/order" in answer.url):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".leg h3").nth(1)).to_have_text(f"{before[0]} Sample")

    expect(page.locator(f"[id='{id}']")).to_be_focused()


def test_one_tap_plans_the_day_and_a_pin_holds_when_it_is_planned_again(
    phone_page: PhonePages, officer: User, live: LiveServer
) -> None:
    with live.session() as session:
        for i in range(30):
            people.supervisee(session, officer, first_name=f"Due{i}", last_name="Sample", from_on=SINCE)
        session.commit()
    page = phone_page(officer)
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    page.goto(f"/plan?day={tomorrow}")
    expect(page.get_by_role("button", name="Only whom I picked")).to_be_disabled()
    page.get_by_role("button", name="Plan my day").click()
    page.wait_for_url("**/plan/*-*")
    page.wait_for_load_state("load")
    last = page.locator("[data-leg]").last
    name = last.locator("h3").inner_text()
    assert page.locator("[data-leg]").count() > 10
    expect(page.get_by_role("heading", name="Left out")).to_be_visible()

    last.locator("[data-handle]").click()
    page.get_by_role("button", name="Pin: keep in the plan").click()
    expect(last.get_by_text("Pinned")).to_be_visible()
    page.locator("[data-leg]").first.locator("[data-handle]").click()
    ways = page.locator("dialog:popover-open")
    ways.get_by_label("Must begin by").fill("12:00")
    ways.get_by_role("button", name="Save these limits").click()
    expect(page.get_by_text("Must begin by 12:00")).to_be_visible()
    page.get_by_role("button", name="Plan again").click()
    expect(page.locator("[data-leg]", has_text="Pinned").locator("h3")).to_have_text(name)
    expect(page.get_by_text("Must begin by 12:00")).to_be_visible()
    assert problems_of(page) == []


def test_the_day_starts_where_the_phone_is_and_no_address_tells_where(page: Page, officer: User) -> None:
    page.locator("summary").first.click()
    page.get_by_label("Start at").select_option("Where I am now")
    expect(page.locator("[data-here]")).to_have_text("Position found, to 8 m.")
    page.get_by_role("button", name="Show who is due on this day").click()
    page.wait_for_url("**/plan?**start_at**")
    assert "39." not in page.url
    assert "here_lat" not in page.url

    page.locator("summary").first.click()
    page.get_by_label("Start at").select_option("Where I am now")
    expect(page.locator("[data-here]")).to_have_text("Position found, to 8 m.")
    page.get_by_role("button", name="Plan my day").click()
    page.wait_for_url("**/plan/*-*")
    expect(page.locator(".leg h3")).to_have_count(4)


def test_without_script_the_same_buttons_work(phone_page: PhonePages, page: Page, officer: User) -> None:
    before = order(put_in_order(page))
    plain = phone_page(officer, java_script_enabled=False)
    plain.goto(page.url)
    plain.locator("[data-handle]").first.click()
    plain.get_by_role("button", name="Move down").click()
    plain.wait_for_load_state()

    assert order(plain) == [before[1], before[0], *before[2:]]
