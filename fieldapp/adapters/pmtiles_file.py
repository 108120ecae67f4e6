"""The basemap in one PMTiles file (version 3), read where it lies: nothing but its directories is held in memory."""

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import BinaryIO

from pmtiles.tile import Compression
from pmtiles.tile import Entry
from pmtiles.tile import HeaderDict
from pmtiles.tile import MagicNumberNotFound
from pmtiles.tile import SpecVersionUnsupported
from pmtiles.tile import TileType
from pmtiles.tile import deserialize_directory
from pmtiles.tile import deserialize_header
from pmtiles.tile import find_tile
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

from fieldapp.domain.maps.basemap import BasemapFacts
from fieldapp.domain.maps.basemap import BasemapUnusable
from fieldapp.domain.maps.tiles import Tile

HEADER_BYTES = 127
DEEPEST = 4
# of a whole country they are some 30 KB each; more is no directory
MOST_DIRECTORY_BYTES = 4_000_000
MOST_DIRECTORIES = 200
REMEDY = "Ask the administrator to put a whole PMTiles file (version 3, vector tiles) in its place."
BROKEN = (gzip.BadGzipFile, EOFError, ValueError, IndexError, OverflowError, MemoryError, zlib.error)


@dataclass
class Archive:
    """An opened file: who it is (`key`), its header, and the directories read so far."""

    key: tuple[int, int, int]
    header: HeaderDict
    facts: BasemapFacts
    directories: dict[tuple[int, int], list[Entry]] = field(default_factory=dict)

    def find(self, file: BinaryIO, tile: Tile) -> bytes | None:
        """Return the tile as it is stored, or None. Raises one of BROKEN."""
        number = zxy_to_tileid(tile.zoom, tile.column, tile.row)
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _level in range(DEEPEST):
            entry = find_tile(self.directory(file, offset, length), number)
            if entry is None:
                return None
            if entry.run_length:
                return read(file, self.header["tile_data_offset"] + entry.offset, entry.length)
            offset, length = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def directory(self, file: BinaryIO, offset: int, length: int) -> list[Entry]:
        """Return a directory of the file. Raises one of BROKEN."""
        found = self.directories.get((offset, length))
        if found is None:
            if length > MOST_DIRECTORY_BYTES:
                raise ValueError("a directory is too large")
            found = deserialize_directory(read(file, offset, length))
            if len(self.directories) >= MOST_DIRECTORIES:
                self.directories = {}
            self.directories[offset, length] = found
        return found


class PmtilesBasemap:
    """One file by its path. It may come, go or become another while the program runs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive: Archive | None = None

    def facts(self) -> BasemapFacts | None:
        """Return what the file is, None where there is none. Raises BasemapUnusable."""
        if not self.path.exists():
            return None
        with self._opened() as (_file, archive):
            return archive.facts

    def cut(self, tiles: Sequence[Tile], most_bytes: int) -> bytes:
        """Return a PMTiles file with these tiles, the first ones where they are too large together."""
        with self._opened() as (file, archive):
            taken = dict(_fitting(file, archive, tiles, most_bytes))
            return written(taken, archive.header)

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, Archive]]:
        try:
            with self.path.open("rb") as file:
                yield file, self._archive(file)
        except (MagicNumberNotFound, SpecVersionUnsupported, UnicodeDecodeError) as error:
            raise BasemapUnusable(f"{self.path.name} is no PMTiles file of version 3. {REMEDY}") from error
        except BROKEN as error:
            raise BasemapUnusable(f"{self.path.name} is damaged or not whole. {REMEDY}") from error
        except OSError as error:
            raise BasemapUnusable(f"{self.path.name} cannot be read ({error.strerror}). {REMEDY}") from error

    def _archive(self, file: BinaryIO) -> Archive:
        status = os.fstat(file.fileno())
        key = (status.st_ino, status.st_size, status.st_mtime_ns)
        archive = self.archive
        if archive is None or archive.key != key:
            archive = self.archive = opened(file, key, status.st_size)
        return archive


def opened(file: BinaryIO, key: tuple[int, int, int], size: int) -> Archive:
    """Return the archive, its header and first directory checked. Raises BasemapUnusable or one of BROKEN."""
    head = read(file, 0, HEADER_BYTES)
    header = deserialize_header(head)
    if header["tile_type"] is not TileType.MVT:
        raise BasemapUnusable(f"The basemap holds pictures instead of vector tiles. {REMEDY}")
    if header["internal_compression"] is not Compression.GZIP or header["tile_compression"] not in (
        Compression.GZIP,
        Compression.NONE,
    ):
        raise BasemapUnusable(f"The basemap is compressed in a way that phones cannot read; use gzip. {REMEDY}")
    ends = [header["root_offset"] + header["root_length"], header["tile_data_offset"] + header["tile_data_length"]]
    ends.append(header["leaf_directory_offset"] + header["leaf_directory_length"])
    if max(ends) > size:
        raise ValueError("the file ends before its tiles do")
    root = read(file, header["root_offset"], min(header["root_length"], MOST_DIRECTORY_BYTES))
    mark = hashlib.sha256(head + root + str(size).encode()).hexdigest()[:16]
    archive = Archive(key, header, BasemapFacts(mark, size, header["min_zoom"], header["max_zoom"]))
    archive.directory(file, header["root_offset"], header["root_length"])
    return archive


def read(file: BinaryIO, offset: int, length: int) -> bytes:
    """Return exactly so many bytes. Raises EOFError."""
    file.seek(offset)
    found = file.read(length)
    if len(found) != length:
        raise EOFError("the file ends too early")
    return found


def written(tiles: dict[Tile, bytes], header: HeaderDict) -> bytes:
    """Return a PMTiles file of these tiles, in the order of their numbers; with one empty tile where there are none."""
    kept = tiles or {Tile(0, 0, 0): gzip.compress(b"", mtime=0)}
    numbered = sorted((zxy_to_tileid(*tile), content) for tile, content in kept.items())
    target = io.BytesIO()
    writer = Writer(target)
    for number, content in numbered:
        writer.write_tile(number, content)
    bounds = {key: header[key] for key in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")}
    compression = header["tile_compression"] if tiles else Compression.GZIP
    head = {"tile_type": TileType.MVT, "tile_compression": compression, **bounds}
    writer.finalize(head, {})
    return target.getvalue()


def _fitting(file: BinaryIO, archive: Archive, tiles: Iterable[Tile], most_bytes: int) -> Iterator[tuple[Tile, bytes]]:
    left = most_bytes
    for tile in tiles:
        content = archive.find(file, tile)
        if content is None:
            continue
        left -= len(content)
        if left < 0:
            return
        yield tile, content
