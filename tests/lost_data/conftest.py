"""The live office, the phone's pages, and an officer at a person's door."""

import pytest

from tests.browser.phone_visit import planned_stop
from tests.browser.releases import office as office
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import live as live
from tests.live_server import phone_page as phone_page
from tests.lost_data.at_the_door import AtTheDoor


@pytest.fixture
def door(live: LiveServer, phone_page: PhonePages) -> AtTheDoor:
    officer, person, stop = planned_stop(live)
    return AtTheDoor(live, phone_page(officer), officer, person, stop)
