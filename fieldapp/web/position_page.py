"""The page on which a pin is set, in words: where the address is thought to be, and what the form begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.positions.pin import seen
from fieldapp.domain.positions.review import ReviewLine
from fieldapp.models.agency import Agency

STATES = {
    "approximate": "Approximate: the geocoder did not find the very house",
    "unknown": "Not found by the geocoder",
    "wanted": "Being looked up",
    "none": "No position yet",
    "given": "Came with the import",
    "exact": "Found by house number",
    "pinned": "Set by hand",
}
SHORT = {"approximate": "Approximate", "unknown": "Not found", "wanted": "Being looked up", "none": "No position"}
AROUND_PIN, AROUND_OFFICE = 0.002, 0.05
"""Degrees."""

WORLD = [[-60.0, -170.0], [75.0, 170.0]]
ASKED = {
    "approximate": "Move the pin onto the house. If it is there already, save it as it is.",
    "unknown": "Put the pin onto the house.",
    "wanted": "Put the pin onto the house. The lookup then leaves this address alone.",
    "none": "Put the pin onto the house.",
}


@dataclass(frozen=True)
class PinPage:
    """`lat`, `lon` are the fields' texts; `data` tells the map's script where to begin."""

    line: ReviewLine
    state: str
    asked: str
    lat: str
    lon: str
    seen: str
    errors: Mapping[str, str]
    data: Mapping[str, Any]


def pin_page(
    line: ReviewLine,
    agency: Agency,
    basemap: Mapping[str, Any] | None,
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> PinPage:
    """Return the page; with `given` and `errors` the form as it was sent."""
    address, given = line.address, given or {}
    lat, lon = _text(address.lat), _text(address.lon)
    return PinPage(
        line=line,
        state=STATES.get(line.state, ""),
        asked=ASKED.get(line.state, "Move the pin where the position is wrong."),
        lat=given.get("lat", lat),
        lon=given.get("lon", lon),
        seen=given.get("seen", seen(address)),
        errors=errors or {},
        data={"bounds": _bounds(line, agency), "unit": agency.distance_unit, "basemap": basemap},
    )


def _text(degrees: float | None) -> str:
    # a ten thousandth of a thousandth of a degree is a centimeter
    return "" if degrees is None else f"{degrees:.7f}".rstrip("0").rstrip(".")


def _bounds(line: ReviewLine, agency: Agency) -> list[list[float]]:
    """Return what the map shows first: the houses around the pin, else the town around the office, else the world."""
    lat, lon, around = line.address.lat, line.address.lon, AROUND_PIN
    if lat is None or lon is None:
        lat, lon, around = agency.office_lat, agency.office_lon, AROUND_OFFICE
    if lat is None or lon is None:
        return WORLD
    return [[lat - around, lon - around], [lat + around, lon + around]]
