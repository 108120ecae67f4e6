"""Travel times from straight lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import Place

BALTIMORE = Place(39.2904, -76.6122)
WASHINGTON = Place(38.9072, -77.0369)


def test_distance_is_the_geodesic_times_the_road_factor():
    plain = GeodesicTravelTimes(road_factor=1).matrix([BALTIMORE, WASHINGTON])
    longer = GeodesicTravelTimes(road_factor=1.3).matrix([BALTIMORE, WASHINGTON])
    assert plain.meters[0][1] == pytest.approx(56_200, rel=0.005)
    assert longer.meters[0][1] == pytest.approx(1.3 * plain.meters[0][1], abs=2)


def test_seconds_are_distance_over_speed():
    matrix = GeodesicTravelTimes(road_factor=1, speed_kmh=36).matrix([BALTIMORE, WASHINGTON])
    assert matrix.seconds[0][1] == pytest.approx(matrix.meters[0][1] / 10, abs=1)


def test_times_say_that_they_are_estimates():
    assert GeodesicTravelTimes().matrix([BALTIMORE]).source == "estimate"


def test_no_places_make_an_empty_matrix():
    matrix = GeodesicTravelTimes().matrix([])
    assert (matrix.seconds, matrix.meters) == ((), ())


def test_opposite_sides_of_the_earth_have_a_distance():
    matrix = GeodesicTravelTimes(road_factor=1).matrix([Place(0, 0), Place(0, 180), Place(90, 0), Place(-90, 0)])
    assert max(map(max, matrix.meters)) < 20_005_000


@pytest.mark.parametrize("setting", ["road_factor", "speed_kmh"])
@pytest.mark.parametrize("value", [0, -1, 1000, float("nan")])
def test_settings_without_sense_are_refused_by_name(setting: str, value: float):
    with pytest.raises(Invalid) as refused:
        GeodesicTravelTimes(**{setting: value})
    assert list(refused.value.errors) == [setting]


near = st.builds(Place, st.floats(39.2, 39.4), st.floats(-76.7, -76.5))


@given(st.lists(near, min_size=3, max_size=3))
def test_no_detour_is_shorter_than_the_direct_way(places):
    matrix = GeodesicTravelTimes().matrix(places)
    for table in (matrix.seconds, matrix.meters):
        assert all(table[i][i] == 0 and table[i][j] == table[j][i] for i in range(3) for j in range(3))
        assert table[0][2] <= table[0][1] + table[1][2]
