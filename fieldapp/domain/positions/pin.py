"""A position set by hand: the pin on an address, or the word that a geocoder's guess is right."""

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.positions.review import address_to_review
from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import distance_m
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency

FARTHEST_M = 1_000_000
"""Nobody is visited farther from the office than this; a minus sign is missing, as a rule."""

PARTS = ("lat", "lon")
SIDES = {"lat": ("Latitude", 90, "39.29038"), "lon": ("Longitude", 180, "-76.61219")}
CHANGED = "The position of this address has changed meanwhile. Open it again, and look whether it is right."


def set_pin(session: Session, actor: Actor, id: uuid.UUID, given: Mapping[str, str], *, now: dt.datetime) -> Address:
    """Set an address's position by hand: `given` has lat and lon in degrees, and `seen`, the position it was set from.

    An approximate position that is given back as it is counts as confirmed. Raises NotFound, Invalid (lat, lon), and
    Conflict where the position changed since it was seen.
    """
    address = address_to_review(session, actor, id, now=now).address
    session.refresh(address, with_for_update=True)
    if given.get("seen", "") != seen(address):
        raise Conflict(
            "The position of this address has changed meanwhile. Open it again, and look whether it is right."
        )
    lat, lon = read_pin(given, the_agency(session))
    was, moved = address.position_quality, distance_m(Position("fix", lat, lon), address.lat, address.lon)
    address.lat, address.lon, address.position_quality = lat, lon, "pinned"
    event = "address.confirmed" if moved is not None and moved < 1 and was == "approximate" else "address.pinned"
    record(session, actor, event, address.id, now=now, was=was, moved_m=None if moved is None else round(moved))
    return address


def seen(address: Address) -> str:
    """Return a position as a form carries it along, "" where there is none."""
    return "" if address.lat is None else f"{address.lat!r},{address.lon!r},{address.position_quality}"


def read_pin(given: Mapping[str, str], agency: Agency) -> tuple[float, float]:
    """Return latitude and longitude from text; the first field may hold both, as map programs copy them.

    Raises Invalid for what is no position, and for one so far from the office that a sign or a digit must be wrong.
    """
    texts = {part: given.get(part, "").strip() for part in PARTS}
    if not texts["lon"] and texts["lat"].count(",") == 1:
        texts["lat"], texts["lon"] = (text.strip() for text in texts["lat"].split(","))
    errors = {part: error for part, text in texts.items() if (error := _error(part, text))}
    if errors:
        raise Invalid(errors)
    lat, lon = float(texts["lat"]), float(texts["lon"])
    far = distance_m(Position("fix", lat, lon), agency.office_lat, agency.office_lon)
    if far is not None and far > FARTHEST_M:
        raise Invalid({"lon": "This is more than 1,000 km from the office. Check both numbers, and the minus signs."})
    return lat, lon


def _error(part: str, text: str) -> str:
    word, most, example = SIDES[part]
    try:
        value = float(text)
    except ValueError:
        return f"{word} must be a number in degrees, such as {example}."
    return "" if -most <= value <= most else f"{word} goes from -{most} to {most} degrees, such as {example}."
