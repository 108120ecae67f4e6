"""Which tiles of a basemap a day needs: squares of the web's map projection, by zoom, column and row."""

import math
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# of the projection: nearer to the poles there are no tiles
LAST_LATITUDE = 85.05
# the last zoom that maps ask for: nearer ones are drawn from it, larger
LAST_ZOOM = 14
# up to here a whole day's rectangle is a few tiles
LAST_WIDE_ZOOM = 12
MOST_OF_A_RECTANGLE = 256
MOST_OF_A_LEG = 400
MOST_TILES = 1500

Point = tuple[float, float]


class Tile(NamedTuple):
    """One square."""

    zoom: int
    column: int
    row: int


def tile_at(point: Point, zoom: int) -> Tile:
    """Return the tile in which a point lies (latitude, longitude, degrees)."""
    return _tile_on(*_on_plane(point), zoom)


def tiles_of_day(stops: Sequence[Point], first_zoom: int, last_zoom: int) -> list[Tile]:
    """Return the tiles that a day's map needs, the most needed first: at most MOST_TILES.

    `stops` are all places of the day in order. First each place from afar to near, then the straight lines between
    them, then the whole day from afar, then what lies around each place, then what else lies in the day's rectangle.
    """
    zooms = range(first_zoom, min(last_zoom, LAST_ZOOM) + 1)
    found: dict[Tile, None] = {}
    for tiles in (
        (tile_at(stop, zoom) for zoom in zooms for stop in stops),
        (tile for zoom in zooms for tile in _along(stops, zoom)),
        (tile for zoom in zooms if zoom <= LAST_WIDE_ZOOM for tile in _rectangle(stops, zoom)),
        (tile for zoom in zooms for stop in stops for tile in _around(tile_at(stop, zoom))),
        (tile for zoom in zooms if zoom > LAST_WIDE_ZOOM for tile in _rectangle(stops, zoom)),
    ):
        found |= dict.fromkeys(tiles)
    return list(found)[:MOST_TILES]


def _on_plane(point: Point) -> Point:
    lat = math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, point[0])))
    return (point[1] + 180) / 360 % 1, (1 - math.asinh(math.tan(lat)) / math.pi) / 2


def _around(tile: Tile) -> Iterator[Tile]:
    """Yield a tile and its neighbours."""
    last = (1 << tile.zoom) - 1
    for column in range(max(0, tile.column - 1), min(last, tile.column + 1) + 1):
        for row in range(max(0, tile.row - 1), min(last, tile.row + 1) + 1):
            yield Tile(tile.zoom, column, row)


def _rectangle(points: Iterable[Point], zoom: int) -> Iterator[Tile]:
    """Yield the tiles from the first to the last column and row, and a rim of one; nothing where they are too many."""
    tiles = [tile_at(point, zoom) for point in points]
    last = (1 << zoom) - 1
    columns = range(max(0, min(t.column for t in tiles) - 1), min(last, max(t.column for t in tiles) + 1) + 1)
    rows = range(max(0, min(t.row for t in tiles) - 1), min(last, max(t.row for t in tiles) + 1) + 1)
    if len(columns) * len(rows) <= MOST_OF_A_RECTANGLE:
        yield from (Tile(zoom, column, row) for column in columns for row in rows)


def _along(points: Sequence[Point], zoom: int) -> Iterator[Tile]:
    """Yield the tiles under the straight lines from point to point; a line across half a country is left out."""
    for here, there in pairwise(points):
        (x, y), (end_x, end_y) = _on_plane(here), _on_plane(there)
        steps = math.ceil(max(abs(end_x - x), abs(end_y - y)) * (1 << zoom) * 2)
        if steps <= MOST_OF_A_LEG:
            for step in range(steps + 1):
                part = step / max(1, steps)
                yield _tile_on(x + (end_x - x) * part, y + (end_y - y) * part, zoom)


def _tile_on(x: float, y: float, zoom: int) -> Tile:
    last = (1 << zoom) - 1
    return Tile(zoom, min(last, int(x * (last + 1))), min(last, int(y * (last + 1))))
