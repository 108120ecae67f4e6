"""The agency's basemap as the rules see it: a file that may be absent or broken, and tiles cut out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fieldapp.domain.errors import Conflict
from fieldapp.domain.maps.tiles import Tile


class BasemapUnusable(Conflict):
    """There is a basemap file and it cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class BasemapFacts:
    """A basemap that can be used. `mark` is another one for another content; zooms are those of its tiles."""

    mark: str
    bytes: int
    first_zoom: int
    last_zoom: int


class Basemap(Protocol):
    """The one file of map tiles that the agency keeps beside its database."""

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""

    def facts(self) -> BasemapFacts | None:
        """Return what the file is, None where there is none. Raises BasemapUnusable."""

    def cut(self, tiles: Sequence[Tile], most_bytes: int) -> bytes:
        """Return a file of its own with these tiles, the first ones where they are too large together.

        A tile that the basemap does not have is left out. Raises BasemapUnusable.
        """
