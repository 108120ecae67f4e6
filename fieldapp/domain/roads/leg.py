"""Travel by road from one place to another, and the errors of those who know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fieldapp.domain.routing.request import Place


@dataclass(frozen=True)
class Leg:
    """Seconds and meters by road."""

    seconds: int
    meters: int


Pair: TypeAlias = tuple[str, str]
"""Two places by their keys, from and to."""

Legs: TypeAlias = Mapping[Pair, Leg | None]
"""What is known of pairs of places; None where no road leads."""


def place_key(place: Place) -> str:
    """The place to about a meter, "lat,lon"; what is nearer together than that is the same place on a road."""
    return f"{_short(place.lat)},{_short(place.lon)}"


def place_of(key: str) -> Place:
    """The place of such a key."""
    lat, lon = key.split(",")
    return Place(float(lat), float(lon))


def _short(degrees: float) -> str:
    # adding 0 makes the zero that rounding leaves of a small negative number a plain one
    return f"{round(degrees, 5) + 0.0:.5f}"


class NoRoads(Exception):
    """Roads cannot be had now; the text is a code for the log, without places."""
