"""A position as the phone claims it: WGS 84 degrees with a radius, or the reason why there is none."""

import datetime as dt
import math
from dataclasses import dataclass

from fieldapp.domain.wire.fields import Fields

STATES = ("fix", "poor", "refused", "unavailable")
KNOWN = ("fix", "poor")
FARTHEST_M = 50_000_000
EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Position:
    """`lat`, `lon` in degrees and `accuracy_m` (radius, 95 % by W3C Geolocation) are None without a position."""

    state: str
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    taken_at: dt.datetime | None = None


def read_position(fields: Fields) -> Position:
    """Return the position that these fields hold. Raises Invalid."""
    state = fields.word("state", STATES)
    taken_at = fields.maybe_moment("taken_at")
    if state not in KNOWN:
        return Position(state, taken_at=taken_at)
    return Position(
        state,
        lat=fields.number("lat", -90, 90),
        lon=fields.number("lon", -180, 180),
        accuracy_m=fields.number("accuracy_m", 0, FARTHEST_M),
        taken_at=taken_at,
    )


def distance_m(position: Position, lat: float | None, lon: float | None) -> float | None:
    """Return meters over the mean sphere (within 0.6 % of the ellipsoid) to a place, or None where one is unknown."""
    if position.lat is None or position.lon is None or lat is None or lon is None:
        return None
    a, b = math.radians(position.lat), math.radians(lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - position.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
