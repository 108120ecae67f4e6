"""Reading what a Valhalla says. All of it is taken for hostile: what is not exactly right is refused as a whole."""

import json
import math
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

from fieldapp.domain.roads.leg import Leg
from fieldapp.domain.routing.request import Place

LONGEST_S = 48 * 3600
LONGEST_KM = 3000.0
FASTEST_MS = 60.0
"""No car drives faster (216 km/h); who says so does not know the roads."""

SNAP_M = 2000
"""How far from a road a place may lie, in meters, and still be driven to by it."""

MOST_POINTS = 100_000
MEAN_RADIUS_M = 6_371_000


class BadAnswer(Exception):
    """No answer to what was asked; the text is a code for the log."""


def read_json(body: bytes) -> Any:
    """Return the JSON. Raises BadAnswer."""
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("no JSON") from error


def read_version(found: Any) -> str:
    """Return which road data an answer of /status speaks of, "" where it does not say. Raises BadAnswer."""
    if not isinstance(found, dict) or not isinstance(found.get("version"), str):
        raise BadAnswer("no status")
    made = found.get("tileset_last_modified", 0)
    return str(made) if type(made) is int and 0 < made < 10**12 else ""


def read_refusal(found: Any) -> int:
    """Return Valhalla's own number of an error. Raises BadAnswer."""
    code = found.get("error_code") if isinstance(found, dict) else None
    if type(code) is not int:
        raise BadAnswer("no error code")
    return code


def read_matrix(found: Any, sources: Sequence[Place], targets: Sequence[Place]) -> list[list[Leg | None]]:
    """Return the leg from each source to each target, None where no road leads. Raises BadAnswer.

    Both of Valhalla's forms are read: rows of numbers, and rows of objects, which older ones give always.
    """
    if not isinstance(found, dict) or found.get("units") not in ("kilometers", "km"):
        raise BadAnswer("no kilometers")
    table = found.get("sources_to_targets")
    if isinstance(table, dict):
        seconds, meters = table.get("durations"), table.get("distances")
    else:
        seconds, meters = _column(table, "time"), _column(table, "distance")
    times = _numbers(seconds, len(sources), len(targets))
    roads = _numbers(meters, len(sources), len(targets))
    return [
        [_leg(times[i][j], roads[i][j], source, target) for j, target in enumerate(targets)]
        for i, source in enumerate(sources)
    ]


def read_located(found: Any, count: int) -> list[bool]:
    """Return for each place asked of /locate whether a road is near. Raises BadAnswer."""
    if not isinstance(found, list) or len(found) != count:
        raise BadAnswer("not as many places")
    return [isinstance(one, dict) and bool(one.get("edges") or one.get("nodes")) for one in found]


def read_line(found: Any, legs: int) -> list[tuple[float, float]]:
    """Return the points (lat, lon) of a /route through places with so many legs between them. Raises BadAnswer."""
    trip = found.get("trip") if isinstance(found, dict) else None
    made = trip.get("legs") if isinstance(trip, dict) else None
    if not isinstance(made, list) or len(made) != legs:
        raise BadAnswer("not as many legs")
    points: list[tuple[float, float]] = []
    for leg in made:
        shape = leg.get("shape") if isinstance(leg, dict) else None
        if not isinstance(shape, str):
            raise BadAnswer("no shape")
        join(points, decode_polyline6(shape))
    return points


def join(points: list[tuple[float, float]], more: list[tuple[float, float]]) -> None:
    """Go on with more points; the one at which both meet is there once."""
    points += more[1:] if points and more and points[-1] == more[0] else more


def decode_polyline6(text: str) -> list[tuple[float, float]]:
    """Return the points (lat, lon) of Google's polyline encoding with six decimals. Raises BadAnswer."""
    numbers, value, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 63
        if not 0 <= bits < 64 or shift > 35:
            raise BadAnswer("no polyline")
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    if shift or len(numbers) % 2 or len(numbers) > 2 * MOST_POINTS:
        raise BadAnswer("no polyline")
    points, lat, lon = [], 0, 0
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + north, lon + east
        if abs(lat) > 90_000_000 or abs(lon) > 180_000_000:
            raise BadAnswer("not on earth")
        points.append((lat / 1e6, lon / 1e6))
    return points


def _leg(seconds: float | None, kilometers: float | None, source: Place, target: Place) -> Leg | None:
    if seconds is None or kilometers is None:
        return None
    if not 0 <= seconds <= LONGEST_S or not 0 <= kilometers <= LONGEST_KM:
        raise BadAnswer("out of range")
    if max(0.0, beeline_m(source, target) - 2 * SNAP_M) > FASTEST_MS * (seconds + 1):
        raise BadAnswer("too fast for a road")
    return Leg(math.ceil(seconds), math.ceil(kilometers * 1000))


def beeline_m(one: Place, other: Place) -> float:
    """Meters of the straight line on a round earth: within half a percent, and quick."""
    north, south = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(other.lon - one.lon)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * MEAN_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def _column(table: Any, name: str) -> Any:
    """Return one member of the objects in a table, in the table's form."""
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        raise BadAnswer("no matrix")
    if not all(isinstance(cell, dict) for row in table for cell in row):
        raise BadAnswer("no matrix")
    return [[cell.get(name) for cell in row] for row in table]


def _numbers(table: Any, rows: int, columns: int) -> list[list[float | None]]:
    """Return the table if it has this form and holds numbers, or None in their place. Raises BadAnswer."""
    if not isinstance(table, list) or len(table) != rows:
        raise BadAnswer("not as many rows")
    for row in table:
        if not isinstance(row, list) or len(row) != columns:
            raise BadAnswer("not as many columns")
        if not all(cell is None or type(cell) in (int, float) for cell in row):
            raise BadAnswer("no numbers")
    return table


def _refuse(_constant: str) -> Callable[[], None]:
    raise ValueError  # NaN and infinity are no JSON
