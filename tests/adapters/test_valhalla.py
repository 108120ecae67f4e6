"""A Valhalla over HTTP: what a real one said is read right, and anything else is no answer, in time."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from fieldapp.adapters.valhalla import OffTheMap
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.roads.leg import Leg
from fieldapp.domain.roads.leg import NoRoads
from fieldapp.domain.routing.request import Place
from tests.valhalla import OFF_THE_MAP
from tests.valhalla import PLACES
from tests.valhalla import RECORDED
from tests.valhalla import FakeValhalla
from tests.valhalla import valhalla

GOOD = {"sources_to_targets": {"durations": [[5]], "distances": [[0.1]]}, "units": "kilometers"}


class Seconds:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Iterator[FakeValhalla]:
    with valhalla() as server:
        yield server


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def roads(server: FakeValhalla, clock: Seconds) -> Valhalla:
    return Valhalla(server.url, limit_s=5, clock=clock)


@pytest.fixture
def hasty(server: FakeValhalla) -> Valhalla:
    """One who waits but a moment."""
    return Valhalla(server.url, limit_s=0.3)


def test_a_matrix_has_the_seconds_and_meters_of_the_real_one(roads: Valhalla) -> None:
    rows = roads.matrix(PLACES[:2], PLACES, roads.deadline())

    assert (len(rows), len(rows[0])) == (2, len(PLACES))
    assert rows[0][0] == Leg(0, 0)
    times = RECORDED["matrix"][1]["sources_to_targets"]
    assert rows[1][2] == Leg(times["durations"][1][2], round(1000 * times["distances"][1][2]))


def test_the_longer_form_of_a_matrix_says_the_same(server: FakeValhalla, roads: Valhalla) -> None:
    short = roads.matrix(PLACES, PLACES, roads.deadline())
    server.mood = "verbose"
    assert roads.matrix(PLACES, PLACES, roads.deadline()) == short

    server.says(200, RECORDED["verbose_matrix"][1])
    assert roads.matrix(PLACES[:2], PLACES[:2], roads.deadline()) == [row[:2] for row in short[:2]]


def test_only_positions_to_a_meter_leave_and_none_is_in_an_address(server: FakeValhalla, roads: Valhalla) -> None:
    roads.matrix([Place(39.290384567, -76.612191234, "Ann Sample")], [PLACES[1]], roads.deadline())

    (asked,) = server.asked
    assert asked[0] == "sources_to_targets"
    assert asked[1]["sources"] == [{"lat": 39.29038, "lon": -76.61219, "search_cutoff": 2000}]
    assert "Ann" not in json.dumps(asked[1])


def test_many_pairs_are_asked_in_parts(server: FakeValhalla, roads: Valhalla) -> None:
    many = [Place(39.2 + i / 1000, -76.6) for i in range(120)]
    rows = roads.matrix(many, many, roads.deadline(120 * 120))

    sizes = [len(asked["sources"]) * len(asked["targets"]) for asked in server.questions("sources_to_targets")]
    assert max(sizes) <= 2500
    assert sum(sizes) == 120 * 120
    assert len(rows) == 120
    assert rows[7][7] == Leg(0, 0)


def test_a_pair_without_a_road_is_none(server: FakeValhalla, roads: Valhalla) -> None:
    server.says(
        200, {"sources_to_targets": {"durations": [[0, None]], "distances": [[0, None]]}, "units": "kilometers"}
    )
    assert roads.matrix(PLACES[:1], PLACES[:2], roads.deadline()) == [[Leg(0, 0), None]]


def test_a_place_off_the_map_is_told_and_found(roads: Valhalla) -> None:
    places = [*PLACES, OFF_THE_MAP]
    with pytest.raises(OffTheMap):
        roads.matrix(places, places, roads.deadline())
    assert roads.on_the_map(places, roads.deadline()) == [True] * len(PLACES) + [False]


def test_the_version_of_the_roads_is_asked_again_after_ten_minutes(
    server: FakeValhalla, roads: Valhalla, clock: Seconds
) -> None:
    first = roads.version(roads.deadline())
    server.made += 1
    assert roads.version(roads.deadline()) == first

    clock.now += 601
    assert roads.version(roads.deadline()) == str(int(first) + 1)


def test_a_line_follows_the_road_through_the_places(roads: Valhalla) -> None:
    points = roads.line(PLACES[:3], roads.deadline())

    assert len(points) > 20
    for place, point in zip((PLACES[0], PLACES[2]), (points[0], points[-1]), strict=True):
        assert point == pytest.approx((place.lat, place.lon), abs=0.003)
    assert all(a != b for a, b in pairwise(points))


def test_a_line_through_many_places_is_asked_in_parts_that_meet(server: FakeValhalla, roads: Valhalla) -> None:
    many = [Place(39.2 + i / 1000, -76.6) for i in range(45)]
    points = roads.line(many, roads.deadline())

    assert max(len(asked["locations"]) for asked in server.questions("route")) <= 20
    assert points == [pytest.approx((place.lat, place.lon)) for place in many]


@pytest.mark.parametrize("mood", ["silent", "drip", "endless"])
def test_who_does_not_answer_in_time_gives_no_roads(server: FakeValhalla, hasty: Valhalla, mood: str) -> None:
    server.mood = mood
    with pytest.raises(NoRoads):
        hasty.version(hasty.deadline())


def test_a_server_that_never_takes_the_call_gives_no_roads() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        nobody = Valhalla(f"http://127.0.0.1:{deaf.getsockname()[1]}", limit_s=0.3)
        with pytest.raises(NoRoads):
            nobody.version(nobody.deadline())


def test_no_thread_goes_on_waiting_for_who_did_not_answer(server: FakeValhalla, hasty: Valhalla) -> None:
    server.mood = "drip"
    with pytest.raises(NoRoads):
        hasty.version(hasty.deadline())
    waiting = [thread for thread in threading.enumerate() if type(thread).__name__ == "_Exchange"]
    for thread in waiting:
        thread.join(5)
    assert not any(thread.is_alive() for thread in waiting)


NONSENSE = [
    (200, b""),
    (200, b"<html>"),
    (200, b"[" * 100_000),
    (200, b'{"sources_to_targets": {"durations": [[NaN]], "distances": [[0]]}, "units": "kilometers"}'),
    (200, b'{"sources_to_targets": {"durations": [[1e999]], "distances": [[0]]}, "units": "kilometers"}'),
    (200, []),
    (200, {}),
    (200, {**GOOD, "units": "miles"}),
    (200, {**GOOD, "sources_to_targets": None}),
    (200, {**GOOD, "sources_to_targets": [["5"]]}),
    (200, {**GOOD, "sources_to_targets": {"durations": [[5, 5]], "distances": [[1]]}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [], "distances": []}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [["5"]], "distances": [[1]]}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [[True]], "distances": [[1]]}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [[-1]], "distances": [[1]]}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [[10**9]], "distances": [[1]]}}),
    (200, {**GOOD, "sources_to_targets": {"durations": [[1]], "distances": [[10**400]]}}),
    (302, {**GOOD}),
    (400, {"error_code": 154.0}),
    (400, {"error_code": 157}),
    (500, b"oh"),
]


@pytest.mark.parametrize(("status", "body"), NONSENSE)
def test_nonsense_is_no_answer(server: FakeValhalla, roads: Valhalla, status: int, body: object) -> None:
    server.says(status, body)
    with pytest.raises(NoRoads):
        roads.matrix(PLACES[:1], PLACES[1:2], roads.deadline())


def test_a_drive_faster_than_any_car_is_nonsense(server: FakeValhalla, roads: Valhalla) -> None:
    server.says(200, GOOD)
    with pytest.raises(NoRoads):
        roads.matrix([Place(39.3, -76.6)], [Place(38.9, -77.0)], roads.deadline())


@pytest.mark.parametrize("shape", [5, "\n", "_", "~" * 99, "_p~iF", "~~~~~~A?"])
def test_a_line_that_cannot_be_read_is_no_answer(server: FakeValhalla, roads: Valhalla, shape: object) -> None:
    server.says(200, {"trip": {"legs": [{"shape": shape}]}})
    with pytest.raises(NoRoads):
        roads.line(PLACES[:2], roads.deadline())


def test_after_no_answer_nothing_is_asked_for_half_a_minute(
    server: FakeValhalla, roads: Valhalla, clock: Seconds
) -> None:
    server.says(500, b"")
    for _ in range(3):
        with pytest.raises(NoRoads):
            roads.version(roads.deadline())
    assert len(server.asked) == 1

    clock.now += 31
    server.mood = "right"
    assert roads.version(roads.deadline())


def test_the_log_names_the_trouble_and_no_place(
    server: FakeValhalla, roads: Valhalla, caplog: pytest.LogCaptureFixture
) -> None:
    server.says(500, b"39.29038")
    with caplog.at_level(logging.DEBUG), pytest.raises(NoRoads):
        roads.matrix(PLACES[:1], PLACES[1:2], roads.deadline())

    assert "status 500" in caplog.text
    assert "39.2" not in caplog.text
    assert server.url not in caplog.text
