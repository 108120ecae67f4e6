"""Whether a geocoder's raw answer is the very house that was asked for; each service says so in words of its own."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

NUMBER_KEYS = frozenset(
    {
        "house_number",  # Nominatim, OpenCage
        "housenumber",  # Photon, Pelias, Base Adresse Nationale
        "AddNum",  # ArcGIS, when asked for this field
        "houseNumber",  # HERE
        "streetNumber",  # Azure, TomTom
        "number",  # Geocodio
        "primary_number",  # Smarty
        "address",  # Mapbox; with others it is no number alone, or a group of parts
        "street_number",
        "addressNumber",
    }
)

BETWEEN_HOUSES: Mapping[str, frozenset[str]] = {
    # ArcGIS: along the street's segment, at its middle, at a crossing
    "Addr_type": frozenset({"StreetAddress", "StreetAddressExt", "StreetMidBlock", "StreetBetween", "StreetInt"}),
    "match_type": frozenset({"interpolated", "fallback"}),  # Pelias
    "accuracy": frozenset({"interpolated", "centroid", "street", "intersection", "approximate"}),  # Pelias, Mapbox
    "location_type": frozenset({"RANGE_INTERPOLATED", "GEOMETRIC_CENTER", "APPROXIMATE"}),  # Google
    "accuracy_type": frozenset({"range_interpolation", "street_center", "nearest_street", "place"}),  # Geocodio
    "houseNumberType": frozenset({"interpolated"}),  # HERE
    "type": frozenset({"Address Range"}),  # Azure, TomTom
}
"""What services call a place that they worked out from the numbers nearby: the number is right, the spot a guess."""

MORE_TO_ASK: Mapping[str, Mapping[str, Any]] = {
    "nominatim": {"addressdetails": True},
    "arcgis": {"out_fields": ("AddNum", "Addr_type")},
}
"""What a service has to be asked for besides, so that its answer names the house number."""


def is_the_house(line: str, raw: Any) -> bool:
    """Whether a raw answer names a house number that also stands in the question, and stands on the house itself."""
    asked = {_plain(word) for word in re.split(r"[\s,;]+", line)}
    pairs = list(_pairs(raw))
    named = any(_plain(str(value)) in asked for key, value in pairs if key in NUMBER_KEYS)
    return named and not any(str(value) in BETWEEN_HOUSES.get(key, ()) for key, value in pairs)


def _pairs(raw: Any) -> Iterator[tuple[str, str | int]]:
    """Every named text and number anywhere in a raw answer; Google's parts of an address under their types."""
    if isinstance(raw, Mapping):
        for kind in raw.get("types") or ():
            yield str(kind), str(raw.get("long_name", ""))
        for key, value in raw.items():
            if isinstance(value, str | int):
                yield str(key), value
            else:
                yield from _pairs(value)
    elif isinstance(raw, list):
        for one in raw:
            yield from _pairs(one)


def _plain(number: str) -> str:
    return number.strip().casefold()
