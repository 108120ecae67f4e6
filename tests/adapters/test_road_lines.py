"""The line of a day on the map: along the road, straight where there is none."""

from collections.abc import Iterator

import pytest

from fieldapp.adapters.road_lines import RoadLines
from fieldapp.adapters.road_lines import StraightLines
from fieldapp.adapters.roads import open_roads
from fieldapp.adapters.valhalla import Valhalla
from tests.valhalla import OFF_THE_MAP
from tests.valhalla import PLACES
from tests.valhalla import FakeValhalla
from tests.valhalla import valhalla


@pytest.fixture
def server() -> Iterator[FakeValhalla]:
    with valhalla() as server:
        yield server


@pytest.fixture
def lines(server: FakeValhalla) -> RoadLines:
    return RoadLines(Valhalla(server.url, limit_s=5))


def straight(places: list) -> list[tuple[float, float]]:
    return [(place.lat, place.lon) for place in places]


def test_the_line_bends_with_the_road_and_is_asked_once(server: FakeValhalla, lines: RoadLines) -> None:
    first = lines.route_line(PLACES[:3])

    assert len(first) > 20
    assert lines.route_line(PLACES[:3]) == first
    assert len(server.questions("route")) == 1


def test_new_road_data_make_a_new_line(server: FakeValhalla, lines: RoadLines) -> None:
    lines.route_line(PLACES[:3])
    server.made += 1
    lines.service._version_until = 0.0
    lines.route_line(PLACES[:3])
    assert len(server.questions("route")) == 2


def test_a_service_that_says_nothing_leaves_straight_lines(server: FakeValhalla) -> None:
    server.mood = "silent"
    assert RoadLines(Valhalla(server.url, limit_s=0.2)).route_line(PLACES) == straight(PLACES)


def test_only_the_way_to_a_place_off_the_map_is_straight(lines: RoadLines) -> None:
    points = lines.route_line([*PLACES[:3], OFF_THE_MAP, PLACES[4]])

    assert len(points) > 20
    assert points[-2:] == straight([OFF_THE_MAP, PLACES[4]])


def test_one_place_has_no_line(lines: RoadLines) -> None:
    assert lines.route_line(PLACES[:1]) == lines.route_line([]) == StraightLines().route_line(PLACES[:1]) == []


def test_without_a_road_service_nobody_is_asked(database_url: str) -> None:
    assert open_roads("", database_url).lines.route_line(PLACES) == straight(PLACES)
