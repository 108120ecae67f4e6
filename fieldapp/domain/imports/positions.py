"""Positions for addresses that came without: asked of a geocoder afterwards, some at a time."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Invalid
from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.geocoding import Geocoder
from fieldapp.models.address import Address


@dataclass(frozen=True)
class Unplaced:
    """An address without a position, as one line for a geocoder."""

    id: uuid.UUID
    text: str


def count_unplaced(session: Session, on: dt.date) -> int:
    """Return how many addresses in use have no position."""
    return session.scalar(select(func.count()).select_from(Address).where(_unplaced(on))) or 0


def unplaced(session: Session, on: dt.date, limit: int, after: uuid.UUID | None = None) -> list[Unplaced]:
    """Return up to `limit` addresses in use without a position, in the order of their ids, after one of them."""
    query = select(Address).where(_unplaced(on)).order_by(Address.id).limit(limit)
    if after:
        query = query.where(Address.id > after)
    return [Unplaced(one.id, _line(one)) for one in session.scalars(query)]


def locate(geocoder: Geocoder, addresses: Iterable[Unplaced]) -> dict[uuid.UUID, GeocodedPosition]:
    """Ask for each address; those that are not known or not readable are left out. Raises GeocoderUnavailable."""
    found = {}
    for address in addresses:
        try:
            position = geocoder.locate(address.text)
        except Invalid as error:
            if "address" not in error.errors:
                raise
            continue
        if position:
            found[address.id] = position
    return found


def keep_positions(
    session: Session, actor: Actor | None, found: Mapping[uuid.UUID, GeocodedPosition], *, now: dt.datetime
) -> int:
    """Write found positions where there is still none, and one audit entry. Returns how many were written."""
    rows = session.scalars(select(Address).where(Address.id.in_(found), Address.lat.is_(None))).all()
    for row in rows:
        position = found[row.id]
        row.lat, row.lon, row.position_quality = position.lat, position.lon, position.quality
    if rows:
        source = next(iter(found.values())).source
        record(session, actor, "addresses.geocoded", source, now=now, addresses=len(rows))
    return len(rows)


def _unplaced(on: dt.date) -> ColumnElement[bool]:
    return and_(Address.lat.is_(None), Address.from_on <= on, Address.to_on.is_(None) | (Address.to_on >= on))


def _line(address: Address) -> str:
    parts: Sequence[str] = (address.text, f"{address.state} {address.zip}".strip())
    return ", ".join(part for part in parts if part)
