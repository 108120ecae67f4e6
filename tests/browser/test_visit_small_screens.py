"""The visit on a small phone and with text twice as large: one column, nothing to the side, targets for a thumb."""

import pytest

from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

STEPS = ("outcome", "section-residence", "section-compliance", "section-people", "photos", "sign")
LONG = {"first_name": "Maximiliano Alejandro", "last_name": "Featherstonehaugh-Vanderbilt"}
SMALL = """() => [...document.querySelectorAll('a, button, label:has(> input), summary')]
  .filter((element) => element.offsetParent && !element.matches('.field, .skip'))
  .filter((element) => element.getBoundingClientRect().height < 47.5)
  .map((element) => element.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(("width", "text"), [(320, 16), (390, 32), (320, 32)])
def test_nothing_scrolls_sideways(live: LiveServer, phone_page: PhonePages, width: int, text: int) -> None:
    officer, _person, stop = planned_stop(live, ["no_drugs"], **LONG)
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Seen inside")
    visit.page.set_viewport_size({"width": width, "height": 700})
    visit.page.evaluate(f"document.documentElement.style.fontSize = '{text}px'")
    for step in STEPS:
        visit.page.evaluate(f"location.hash = '#{step}'")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, step


def test_every_target_is_48_pixels_high(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live, ["no_drugs"])
    visit = PhoneVisit(phone_page(officer)).begin(stop)
    visit.outcome("Seen inside")
    visit.page.evaluate("location.hash = '#compliance.paraphernalia'")
    visit.answer("compliance.paraphernalia", "Yes")
    visit.take_photo("compliance.paraphernalia")
    for step in STEPS[1:-1]:
        visit.page.evaluate(f"location.hash = '#{step}'")
        assert visit.page.evaluate(SMALL) == [], step


def test_whole_visit_can_be_made_with_a_keyboard(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, stop = planned_stop(live)
    page = phone_page(officer)
    PhoneVisit(page).open(stop)
    page.locator("[data-here]").press("Enter")
    page.wait_for_url("**#outcome")
    page.wait_for_function("() => document.activeElement.textContent === 'What happened?'")
    page.locator("[name=outcome][value=moved]").press("Space")
    page.locator("[name=outcome_note]").press_sequentially("Neighbor says so.")
    page.locator("[data-next]").press("Enter")
    page.wait_for_url("**#sign")
    page.wait_for_function("() => document.activeElement.textContent === 'Review and sign'")
    page.locator("[name=certify]").press("Space")
    page.locator("[data-submit]").press("Enter")
    page.wait_for_url("**#done")
