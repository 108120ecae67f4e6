"""Which tiles a day's map needs: those at its stops before all, and never too many."""

from itertools import pairwise

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from fieldapp.domain.maps.tiles import MOST_TILES
from fieldapp.domain.maps.tiles import Tile
from fieldapp.domain.maps.tiles import tile_at
from fieldapp.domain.maps.tiles import tiles_of_day

OFFICE = (39.2904, -76.6122)
EAST = (39.2830, -76.5500)
ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_tile_of_a_place_is_the_one_that_web_maps_ask_for() -> None:
    # as OpenStreetMap's page on tile names works it out
    assert tile_at(OFFICE, 14) == Tile(14, 4705, 6244)
    assert tile_at((0, 0), 1) == Tile(1, 1, 1)
    assert tile_at((-90, 180), 3) == Tile(3, 0, 7), "the date line is where the first column begins"


def test_tiles_of_the_stops_come_first_from_afar_to_near() -> None:
    tiles = tiles_of_day([OFFICE, EAST], 0, 14)

    of_the_stops = {tile_at(stop, zoom) for stop in (OFFICE, EAST) for zoom in range(15)}
    first = tiles[: len(of_the_stops)]
    assert set(first) == of_the_stops
    assert all(one.zoom <= other.zoom for one, other in pairwise(first))


def test_way_between_the_stops_and_their_surroundings_are_there_in_every_zoom() -> None:
    tiles = set(tiles_of_day([OFFICE, EAST], 7, 14))

    middle = ((OFFICE[0] + EAST[0]) / 2, (OFFICE[1] + EAST[1]) / 2)
    assert {tile_at(middle, zoom) for zoom in range(7, 15)} <= tiles
    near = tile_at(EAST, 14)
    assert {Tile(14, near.column + x, near.row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)} <= tiles


def test_nothing_nearer_than_zoom_14_and_nothing_that_the_basemap_does_not_have() -> None:
    assert {tile.zoom for tile in tiles_of_day([OFFICE], 9, 16)} == {9, 10, 11, 12, 13, 14}
    assert tiles_of_day([OFFICE], 15, 16) == []


@settings(max_examples=40)
@given(st.lists(ANYWHERE, min_size=1, max_size=8))
def test_stops_anywhere_on_earth_give_tiles_that_exist_and_not_too_many(stops: list[tuple[float, float]]) -> None:
    tiles = tiles_of_day(stops, 0, 14)

    assert 0 < len(tiles) <= MOST_TILES
    assert len(tiles) == len(set(tiles))
    assert all(0 <= tile.column < 1 << tile.zoom and 0 <= tile.row < 1 << tile.zoom for tile in tiles)
    assert {tile_at(stop, 14) for stop in stops} <= set(tiles)
