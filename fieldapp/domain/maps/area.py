"""The part of the basemap that a day needs, small enough to be carried on the phone."""

import hashlib

from fieldapp.domain.maps.basemap import Basemap
from fieldapp.domain.maps.basemap import BasemapFacts
from fieldapp.domain.maps.basemap import BasemapUnusable
from fieldapp.domain.maps.tiles import Point
from fieldapp.domain.maps.tiles import tiles_of_day
from fieldapp.models.plan import DayPlan

MOST_BYTES = 3_000_000


def facts_or_problem(basemap: Basemap) -> tuple[BasemapFacts | None, str]:
    """Return what the basemap is, None where there is none to be used; and the sentence that says why not, or ""."""
    try:
        return basemap.facts(), ""
    except BasemapUnusable as unusable:
        return None, str(unusable)


def places_of(plan: DayPlan) -> list[Point]:
    """Return where a day leads, in order, from its start to its end."""
    stops = [(stop.address.lat, stop.address.lon) for stop in plan.stops]
    known = [(lat, lon) for lat, lon in stops if lat is not None and lon is not None]
    return [(plan.start_lat, plan.start_lon), *known, (plan.end_lat, plan.end_lon)]


def area_mark(plan: DayPlan, facts: BasemapFacts) -> str:
    """Return a name of the day's area that changes with what is in it, and tells nothing of where it is."""
    tiles = tiles_of_day(places_of(plan), facts.first_zoom, facts.last_zoom)
    return hashlib.sha256(f"{plan.id} {facts.mark} {MOST_BYTES} {tiles}".encode()).hexdigest()[:16]


def area_of(plan: DayPlan, basemap: Basemap, facts: BasemapFacts) -> bytes:
    """Return the day's tiles as a PMTiles file of its own. Raises BasemapUnusable."""
    return basemap.cut(tiles_of_day(places_of(plan), facts.first_zoom, facts.last_zoom), MOST_BYTES)
