"""Travel by road: kept by pairs, asked anew when the roads change, estimated and labeled where there is no answer."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.adapters.road_times import KeptLegs
from fieldapp.adapters.road_times import RoadTravelTimes
from fieldapp.adapters.road_times import blocks
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.roads.leg import place_key
from fieldapp.domain.routing.request import Place
from fieldapp.models.engine import make_engine
from fieldapp.models.travel import TravelTime
from tests.valhalla import OFF_THE_MAP
from tests.valhalla import PLACES
from tests.valhalla import RECORDED
from tests.valhalla import FakeValhalla
from tests.valhalla import valhalla

SECONDS = RECORDED["matrix"][1]["sources_to_targets"]["durations"]
STRAIGHT = GeodesicTravelTimes()


class Calendar:
    """A clock that a test moves by days."""

    now = dt.datetime(2026, 11, 19, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def server() -> Iterator[FakeValhalla]:
    with valhalla() as server:
        yield server


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def kept(database_url: str, server: FakeValhalla, calendar: Calendar) -> KeptLegs:
    return KeptLegs(database_url, Valhalla(server.url).source, calendar)


@pytest.fixture
def roads(server: FakeValhalla, kept: KeptLegs) -> RoadTravelTimes:
    return by(server, kept)


def by(server: FakeValhalla, kept: KeptLegs, *, ask: bool = True, limit_s: float = 5) -> RoadTravelTimes:
    """Travel times of a program that has just started."""
    return RoadTravelTimes(Valhalla(server.url, limit_s=limit_s), kept, STRAIGHT, ask=ask)


def rows(database_url: str) -> list[TravelTime]:
    engine = make_engine(database_url)
    with Session(engine) as session:
        found = list(session.scalars(select(TravelTime)))
    engine.dispose()
    return found


def test_times_are_the_roads_and_the_plan_may_say_so(roads: RoadTravelTimes) -> None:
    matrix = roads.matrix(PLACES)

    assert matrix.source == "roads"
    assert matrix.seconds == tuple(map(tuple, SECONDS))
    assert matrix.seconds[0][1] != matrix.seconds[1][0]


def test_what_was_answered_is_not_asked_again(server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs) -> None:
    first = roads.matrix(PLACES)
    asked = len(server.questions("sources_to_targets"))

    assert roads.matrix(PLACES) == first
    assert by(server, kept).matrix(PLACES[::-1]).seconds[0] == tuple(SECONDS[-1][::-1])
    assert (asked, len(server.questions("sources_to_targets"))) == (1, 1)


def test_a_new_place_is_asked_alone_to_and_from_the_others(server: FakeValhalla, roads: RoadTravelTimes) -> None:
    roads.matrix(PLACES[:5])
    server.asked.clear()
    matrix = roads.matrix(PLACES)

    asked = server.questions("sources_to_targets")
    assert sum(len(one["sources"]) * len(one["targets"]) for one in asked) <= 2 * len(PLACES)
    assert matrix.seconds == tuple(map(tuple, SECONDS))


def test_places_on_one_spot_are_asked_once(server: FakeValhalla, roads: RoadTravelTimes) -> None:
    near = Place(PLACES[0].lat + 1e-6, PLACES[0].lon)
    matrix = roads.matrix([PLACES[0], PLACES[0], near, PLACES[1]])

    assert len(server.questions("sources_to_targets")[0]["sources"]) == 2
    assert matrix.seconds[0][:3] == (0, 0, 0)
    assert matrix.seconds[2][3] == SECONDS[0][1]


def test_new_road_data_replace_what_was_known(
    server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs, database_url: str
) -> None:
    roads.matrix(PLACES[:3])
    server.made += 60
    by(server, kept).matrix(PLACES[:3])

    assert len(server.questions("sources_to_targets")) == 2
    found = rows(database_url)
    assert len(found) == 6
    assert {row.roads for row in found} == {str(server.made)}


def test_what_is_older_than_three_months_is_asked_again_and_let_go(
    server: FakeValhalla, roads: RoadTravelTimes, calendar: Calendar, database_url: str
) -> None:
    roads.matrix(PLACES[:3])
    calendar.now += dt.timedelta(days=91)
    roads.matrix(PLACES[1:3])

    assert len(server.questions("sources_to_targets")) == 2
    assert len(rows(database_url)) == 2


def test_another_service_knows_nothing_of_it(server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs) -> None:
    roads.matrix(PLACES[:3])
    with valhalla() as other:
        theirs = KeptLegs(str(kept._engine.url), Valhalla(other.url).source, kept._clock)
        by(other, theirs).matrix(PLACES[:3])
        assert len(other.questions("sources_to_targets")) == 1


@pytest.mark.parametrize("mood", ["silent", "else"])
def test_without_an_answer_all_times_are_estimates_that_say_why(
    server: FakeValhalla, kept: KeptLegs, mood: str
) -> None:
    server.mood = mood
    matrix = by(server, kept, limit_s=0.3).matrix(PLACES)

    estimate = STRAIGHT.matrix(PLACES)
    assert (matrix.seconds, matrix.meters, matrix.source) == (estimate.seconds, estimate.meters, "no_answer")


def test_the_first_who_plans_waits_for_two_seconds_in_all_and_the_next_not_at_all(
    server: FakeValhalla, kept: KeptLegs
) -> None:
    assert Valhalla(server.url).limit_s == 2.0
    server.mood = "drip"
    hung = by(server, kept, limit_s=0.3)
    assert hung.matrix(PLACES).source == "no_answer"
    assert hung.matrix(PLACES).source == "no_answer"
    assert len(server.asked) == 1


def test_what_is_known_serves_while_the_service_is_away(
    server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs
) -> None:
    roads.matrix(PLACES)
    server.says(502, b"")

    assert by(server, kept).matrix(PLACES[:4]).source == "roads"
    assert by(server, kept).matrix([*PLACES, Place(39.3, -76.6)]).source == "no_answer"


def test_who_must_not_wait_gets_what_is_known(server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs) -> None:
    roads.matrix(PLACES[:4])
    server.asked.clear()

    assert by(server, kept, ask=False).matrix(PLACES[:4]).source == "roads"
    assert by(server, kept, ask=False).matrix(PLACES).source == "no_answer"
    assert server.asked == []


def test_a_place_off_the_map_is_estimated_alone_and_asked_once(
    server: FakeValhalla, roads: RoadTravelTimes, kept: KeptLegs
) -> None:
    places = [*PLACES, OFF_THE_MAP]
    matrix = roads.matrix(places)
    estimate = STRAIGHT.matrix(places)

    assert matrix.source == "partly"
    assert matrix.seconds[0][:6] == tuple(SECONDS[0])
    assert matrix.seconds[0][6] == estimate.seconds[0][6]
    assert matrix.meters[6] == estimate.meters[6]

    server.asked.clear()
    assert by(server, kept).matrix(places) == matrix
    assert [action for action, _ in server.asked] == ["status"]


def test_places_that_are_all_off_the_map_are_estimates(roads: RoadTravelTimes) -> None:
    assert roads.matrix([OFF_THE_MAP, PLACES[0]]).source == "partly"


def test_a_database_held_by_a_writer_keeps_nothing_and_stops_nobody(
    server: FakeValhalla, sqlite_url: str, calendar: Calendar
) -> None:
    kept = KeptLegs(sqlite_url, Valhalla(server.url).source, calendar)
    engine = make_engine(sqlite_url)
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as writer:
        writer.execute(text("SELECT 1"))
        assert by(server, kept).matrix(PLACES).source == "roads"
    engine.dispose()
    assert rows(sqlite_url) == []


def test_one_or_no_place_asks_nobody_for_times(server: FakeValhalla, roads: RoadTravelTimes) -> None:
    assert roads.matrix([]).seconds == ()
    assert roads.matrix(PLACES[:1]).seconds == ((0,),)
    assert server.questions("sources_to_targets") == []


def test_blocks_cover_all_that_is_missing_and_little_besides() -> None:
    keys = [str(i) for i in range(10)]
    missing = {(a, b) for a in keys for b in keys if a != b and "9" in (a, b)} | {("1", "2")}
    asked = list(blocks(keys, missing))

    assert missing <= {(a, b) for sources, targets in asked for a in sources for b in targets}
    assert sum(len(sources) * len(targets) for sources, targets in asked) <= 30


def test_where_somebody_is_at_this_moment_is_asked_about_and_never_written_down(
    server: FakeValhalla, roads: RoadTravelTimes, database_url: str
) -> None:
    here, *others = PLACES
    matrix = roads.matrix([replace(here, passing=True), *others])

    assert matrix.seconds == tuple(map(tuple, SECONDS))
    kept = rows(database_url)
    assert {place_key(here)}.isdisjoint({place for row in kept for place in (row.start, row.end)})
    assert len(kept) == len(others) * (len(others) - 1)
