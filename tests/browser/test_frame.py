"""The frame of a page is where it will be from its first paint on, however slowly the rest of it comes."""

from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

LEFT = "() => [...document.querySelectorAll('#tabs li')].map((place) => place.getBoundingClientRect().left)"
HALF_COME = "() => [...document.querySelectorAll('#tabs li')].slice(2).forEach((place) => place.remove())"


def test_places_do_not_move_while_the_others_are_on_their_way(live: LiveServer, phone_page: PhonePages) -> None:
    officer, _person, _stop = planned_stop(live)
    page = phone_page(officer)
    page.goto("/today")
    whole = page.evaluate(LEFT)
    page.evaluate(HALF_COME)
    assert len(whole) == 4
    assert page.evaluate(LEFT) == whole[:2]
