"""Travel times guessed from straight lines: geodesic distance times a road factor, at one speed."""

import math
from collections.abc import Sequence

from geopy.distance import geodesic

from fieldapp.adapters.short_lines import short_line
from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import Place

# a day's places get the exact line; a whole team's, of which there are tens of thousands of pairs, the quick one
EXACT_UP_TO = 80


class GeodesicTravelTimes:
    """Implements `TravelTimes` without any road data; its source is "estimate" and screens have to say so.

    `road_factor`: how much longer a road is than the straight line; `speed_kmh`: average speed on it. Against real
    roads such times were off by 17 to 32 % on average: good for an order of stops, not for a promise.
    """

    def __init__(self, *, road_factor: float = 1.3, speed_kmh: float = 40.0):
        if not 1 <= road_factor <= 5:
            raise Invalid({"road_factor": "Give a road factor from 1 to 5; 1.3 suits most towns."})
        if not 1 <= speed_kmh <= 200:
            raise Invalid({"speed_kmh": "Give an average speed from 1 to 200 km/h; 40 suits most towns."})
        self.road_factor = road_factor
        self.speed_ms = speed_kmh / 3.6

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Seconds and meters between each two places, the same both ways.

        Rounded up, so that a detour never looks shorter than the direct way.
        """
        size = range(len(places))
        line = _line if len(places) <= EXACT_UP_TO else _quick_line
        roads = [[0.0 for _ in size] for _ in size]
        for i in size:
            for j in range(i):
                roads[i][j] = roads[j][i] = self.road_factor * line(places[i], places[j])
        seconds = tuple(tuple(math.ceil(road / self.speed_ms) for road in row) for row in roads)
        return TravelMatrix(seconds, tuple(tuple(math.ceil(road) for road in row) for row in roads), "estimate")


def _line(one: Place, other: Place) -> float:
    """Meters along the WGS 84 ellipsoid (Karney 2013)."""
    return float(geodesic((one.lat, one.lon), (other.lat, other.lon)).m)


def _quick_line(one: Place, other: Place) -> float:
    return short_line(one.lat, one.lon, other.lat, other.lon)
