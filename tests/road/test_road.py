"""The hostile road in its short form; `make torture` is the long one."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.road.torture import torture

VISITS, SEED = 12, 3
# so few visits must meet every kind of fault
SHARE = 0.4


def test_every_submitted_visit_and_photo_arrives_once_and_unaltered_whatever_the_road_does(
    chromium: Browser, tmp_path: Path
) -> None:
    said: list[str] = []
    run = torture(chromium.browser_type, tmp_path, VISITS, SEED, said.append, SHARE)

    assert run.report(said.append), "\n".join(said)
