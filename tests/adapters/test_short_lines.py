"""Quick straight lines against exact ones."""

import pytest
from geopy.distance import geodesic

from fieldapp.adapters.short_lines import short_line
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.routing.request import Place


@pytest.mark.parametrize("lat", [-35.0, 0.0, 26.0, 39.3, 61.2, 71.0])
@pytest.mark.parametrize(("north", "east", "within"), [(0.1, 0.1, 2e-6), (-0.2, 0.3, 1e-5), (0.9, -1.0, 1e-4)])
def test_within_a_region_the_quick_line_is_as_good_as_the_exact_one(
    lat: float, north: float, east: float, within: float
) -> None:
    for lon in (-76.6, 179.9):
        there = (lat + north, (lon + east + 540) % 360 - 180)
        exact = geodesic((lat, lon), there).m
        assert short_line(lat, lon, *there) == pytest.approx(exact, rel=within)


def test_a_teams_table_says_the_same_as_a_days() -> None:
    places = [Place(39.29 + i % 10 / 100, -76.61 + i // 10 / 100) for i in range(90)]
    whole, part = GeodesicTravelTimes().matrix(places), GeodesicTravelTimes().matrix(places[:30])

    assert all(abs(whole.meters[i][j] - part.meters[i][j]) <= 1 for i in range(30) for j in range(30))
