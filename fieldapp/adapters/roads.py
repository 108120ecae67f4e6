"""Whom the program asks for travel times and route lines: a road service where there is one, straight lines else."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.adapters.road_lines import RoadLines
from fieldapp.adapters.road_lines import StraightLines
from fieldapp.adapters.road_times import KeptLegs
from fieldapp.adapters.road_times import RoadTravelTimes
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.routing.ports import RouteLines
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.agency import Agency


@dataclass(frozen=True)
class Roads:
    """`travel` may ask and take seconds, `known_travel` only looks up what was answered before; `lines` for maps."""

    travel: Callable[[Agency], TravelTimes]
    known_travel: Callable[[Agency], TravelTimes]
    lines: RouteLines


def open_roads(url: str, database_url: str) -> Roads:
    """Return what the settings ask for: a Valhalla at `url`, or nobody where that is empty."""
    if not url:
        return Roads(_straight, _straight, StraightLines())
    service = Valhalla(url)
    kept = KeptLegs(database_url, service.source, lambda: dt.datetime.now(dt.UTC))

    def travel(agency: Agency) -> TravelTimes:
        return RoadTravelTimes(service, kept, _straight(agency))

    def known_travel(agency: Agency) -> TravelTimes:
        return RoadTravelTimes(service, kept, _straight(agency), ask=False)

    return Roads(travel, known_travel, RoadLines(service))


def _straight(agency: Agency) -> GeodesicTravelTimes:
    return GeodesicTravelTimes(road_factor=agency.road_factor, speed_kmh=agency.speed_kmh)
