"""What the making of the demo needs from outside, as the office has it and as its phones would."""

from dataclasses import dataclass
from typing import Protocol

from fieldapp.domain.checklist.library import Library
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.wire.office_key import OfficeKey


class Drawings(Protocol):
    """Draws what a photo would show: nothing real is in the demo."""

    def draw(self, motif: str, seed: str) -> bytes:
        """Return a JPEG of pipe, cans, door, mail or steps; another seed gives other bytes."""


@dataclass(frozen=True)
class Outside:
    """The office's own things, the solver with its travel times, and drawings in place of a camera."""

    library: Library
    blobs: BlobStore
    pictures: Pictures
    office_key: OfficeKey
    travel: TravelTimes
    solver: RouteSolver
    drawings: Drawings
