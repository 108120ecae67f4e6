"""The basemap's file: tiles cut out of it make a file of their own, and a broken one is said to be broken."""

import io
import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from pmtiles.reader import MemorySource
from pmtiles.reader import Reader
from pmtiles.reader import all_tiles
from pmtiles.tile import Compression
from pmtiles.tile import TileType
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

from fieldapp.adapters.pmtiles_file import PmtilesBasemap
from fieldapp.cli.demo import BASEMAP
from fieldapp.domain.maps.basemap import BasemapUnusable
from fieldapp.domain.maps.tiles import Tile
from fieldapp.domain.maps.tiles import tile_at
from fieldapp.domain.maps.tiles import tiles_of_day

EAST = (39.2830, -76.5700)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "basemap.pmtiles"
    path.write_bytes(BASEMAP.read_bytes())
    return path


def archive(tile_type: TileType = TileType.MVT, tiles: int = 1, **header: object) -> bytes:
    """A PMTiles file of tiles from number 0 on."""
    target = io.BytesIO()
    writer = Writer(target)
    for number in range(tiles):
        writer.write_tile(number, b"tile %d" % number)
    writer.finalize({"tile_type": tile_type, "tile_compression": Compression.GZIP, **header}, {})
    return target.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(BasemapUnusable) as refused:
        PmtilesBasemap(path).facts()
    return str(refused.value)


def test_no_file_is_no_basemap_and_no_error(tmp_path: Path) -> None:
    assert PmtilesBasemap(tmp_path / "basemap.pmtiles").facts() is None


def test_facts_are_those_of_the_file(file: Path) -> None:
    facts = PmtilesBasemap(file).facts()

    assert facts is not None
    assert (facts.first_zoom, facts.last_zoom, facts.bytes) == (7, 14, file.stat().st_size)


def test_area_cut_out_has_the_same_tiles_and_can_be_read_by_others(file: Path) -> None:
    cut = PmtilesBasemap(file).cut(tiles_of_day([EAST], 7, 14), 3_000_000)

    whole, area = Reader(MemorySource(file.read_bytes())), Reader(MemorySource(cut))
    held = [place for place, _content in all_tiles(area.get_bytes)]
    assert tile_at(EAST, 14) in held
    assert all(area.get(*place) == whole.get(*place) for place in held)
    assert len(cut) < file.stat().st_size
    assert area.header()["tile_compression"] is Compression.GZIP


def test_area_ends_before_it_grows_too_large_and_keeps_what_is_needed_most(file: Path) -> None:
    wanted = tiles_of_day([EAST], 7, 14)
    cut = PmtilesBasemap(file).cut(wanted, 60_000)

    held = {Tile(*place) for place, _content in all_tiles(MemorySource(cut))}
    assert len(cut) < 62_000
    assert held == set(wanted[: len(held)])


def test_area_outside_of_the_basemap_is_a_file_without_streets(file: Path) -> None:
    cut = PmtilesBasemap(file).cut([tile_at((51.5, 0.1), 14)], 3_000_000)

    assert Reader(MemorySource(cut)).get(14, 0, 0) is None


def test_tiles_behind_leaf_directories_are_found(tmp_path: Path) -> None:
    path = tmp_path / "large.pmtiles"
    target = io.BytesIO()
    writer = Writer(target)
    dice, number = random.Random(2026), 0
    for _tile in range(9000):
        number += dice.randint(1, 2000)
        writer.write_tile(number, dice.randbytes(dice.randint(4, 90)))
    writer.finalize({"tile_type": TileType.MVT, "tile_compression": Compression.NONE}, {})
    path.write_bytes(target.getvalue())
    whole = Reader(MemorySource(target.getvalue()))
    assert whole.header()["leaf_directory_length"] > 0
    places = [place for place, _content in all_tiles(whole.get_bytes)][::450]

    cut = Reader(MemorySource(PmtilesBasemap(path).cut([Tile(*place) for place in places], 3_000_000)))

    assert [cut.get(*place) for place in places] == [whole.get(*place) for place in places]
    assert cut.header()["tile_compression"] is Compression.NONE


def test_another_file_in_its_place_is_noticed(file: Path) -> None:
    basemap = PmtilesBasemap(file)
    before = basemap.facts()
    file.write_bytes(archive())
    after = basemap.facts()

    assert before is not None
    assert after is not None
    assert before.mark != after.mark
    assert basemap.cut([tile_at(EAST, 14)], 3_000_000)
    file.unlink()
    assert basemap.facts() is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged or not whole"),
        (b"PMTiles", "damaged or not whole"),
        (b"<!doctype html>" + b"x" * 500, "no PMTiles file"),
        (b"\xff\xfe" * 100, "no PMTiles file"),
        (b"PMTiles\x02" + b"\0" * 500, "no PMTiles file"),
        (BASEMAP.read_bytes()[:200_000], "damaged or not whole"),
        (BASEMAP.read_bytes()[:127] + b"\0" * 420_651, "damaged or not whole"),
        (archive(TileType.PNG), "pictures instead of vector tiles"),
        (archive(tile_compression=Compression.ZSTD), "compressed in a way that phones cannot read"),
    ],
)
def test_file_that_cannot_be_used_is_a_sentence_with_the_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "basemap.pmtiles"
    path.write_bytes(content)

    assert said in refusal(path)
    assert refusal(path).endswith("put a whole PMTiles file (version 3, vector tiles) in its place.")


def test_folder_in_its_place_is_a_sentence_too(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


@settings(max_examples=40)
@given(st.integers(0, 700), st.binary(min_size=1, max_size=8))
def test_file_with_any_damage_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, offset: int, damage: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.pmtiles"
    good = BASEMAP.read_bytes()
    path.write_bytes(good[:offset] + damage + good[offset + len(damage) :])
    basemap = PmtilesBasemap(path)
    with suppress(BasemapUnusable):
        assert basemap.facts()
        assert basemap.cut(tiles_of_day([EAST], 7, 14), 3_000_000)


def test_numbers_of_tiles_are_those_of_the_specification() -> None:
    assert [zxy_to_tileid(*tile) for tile in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0))] == [0, 1, 2, 3, 4]
