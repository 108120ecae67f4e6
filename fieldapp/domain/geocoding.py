"""What the domain needs of a geocoder: an address in, a position with its quality out."""

from dataclasses import dataclass
from typing import Literal
from typing import Protocol

from fieldapp.domain.errors import TryLater

Quality = Literal["exact", "approximate"]


@dataclass(frozen=True)
class GeocodedPosition:
    """Where a geocoder puts an address, WGS 84 degrees.

    `quality` is "exact" only where the very house number was found; "approximate" (a street, a town) has to be
    shown as such and pinned by hand. `matched` is the address as the geocoder has it, `source` its name.
    """

    lat: float
    lon: float
    quality: Quality
    matched: str
    source: str


class Geocoder(Protocol):
    """Finds positions of addresses."""

    def locate(self, address: str) -> GeocodedPosition | None:
        """The position of an address written on one line; None where it is not known or nobody may be asked.

        Raises `GeocoderUnavailable`, and `Invalid` when the service refuses our settings or the address.
        """
        ...


class GeocoderUnavailable(TryLater):
    """The geocoder did not answer in time or has had enough of us for now."""
