"""The day without signal in WebKitGTK, the nearest relative of an iPhone's browser: no Background Sync."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.phone_visit import planned_stop
from tests.engines import story
from tests.engines.engine import WebKit
from tests.engines.road import Road
from tests.live_server import LiveServer
from tools.engines import WebKitPrograms

pytestmark = [
    pytest.mark.xdist_group("engines"),
    # what selenium's own class for this browser calls
    pytest.mark.filterwarnings("ignore:setting remote_server_addr in RemoteConnection:DeprecationWarning"),
]


@contextmanager
def display(program: str) -> Iterator[str]:
    """A display in memory: MiniBrowser cannot do without one."""
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def start(webkit: WebKitPrograms, road: Road, home: Path) -> Iterator[WebKit]:
    """MiniBrowser with nothing kept from before."""
    options = Options()
    options.binary_location = webkit.browser
    options.add_argument("--automation")
    # over HTTPS, WebKit keeps no page for the way back that says no-store; these tests are without TLS
    options.add_argument("--enable-page-cache=false")
    with display(webkit.display) as screen:
        environment = {**os.environ, "DISPLAY": screen, "WEBKIT_DISABLE_DMABUF_RENDERER": "1", "HOME": str(home)}
        driver = WebKitGTK(options=options, service=Service(webkit.driver, env=environment))
        try:
            driver.set_script_timeout(60)
            driver.set_window_size(430, 900)
            yield WebKit(driver, f"http://localhost:{road.port}")
        finally:
            driver.quit()


def test_visit_without_signal_in_webkitgtk_arrives_once_with_its_photo(
    webkit: WebKitPrograms, live: LiveServer, road: Road, tmp_path: Path
) -> None:
    officer, _person, stop = planned_stop(live)
    with start(webkit, road, tmp_path) as phone:
        assert not phone.run("return 'SyncManager' in window")
        story.get_ready(phone, officer)
        road.cut()
        story.visit_without_signal(phone)
        road.mend()
        phone.open("/outbox")
        story.send_now(phone)
    story.office_has_it_once(live, stop)
