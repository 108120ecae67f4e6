"""Which addresses have no position, and which of them are worth a question to a geocoder."""

import datetime as dt

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.address import Address
from fieldapp.models.lookup import AddressLookup
from fieldapp.models.supervisee import SupervisionTerm

ASKED_AGAIN = dt.timedelta(days=30)


def in_use(on: dt.date) -> ColumnElement[bool]:
    """Addresses that hold on that day, of people whose supervision has not ended: no others are visited."""
    supervised = exists().where(
        SupervisionTerm.supervisee_id == Address.supervisee_id,
        or_(SupervisionTerm.end_on.is_(None), SupervisionTerm.end_on >= on),
    )
    return and_(Address.from_on <= on, or_(Address.to_on.is_(None), Address.to_on >= on), supervised)


def unplaced(on: dt.date) -> ColumnElement[bool]:
    """Addresses in use that have no position."""
    return and_(Address.lat.is_(None), in_use(on))


def worth_asking(on: dt.date, service: str, now: dt.datetime) -> ColumnElement[bool]:
    """Addresses without a position, but for those in a run already and those this service did not know lately."""
    lookup = AddressLookup
    fresh = and_(lookup.state == "unknown", lookup.service == service, lookup.answered_at > now - ASKED_AGAIN)
    held = exists().where(lookup.address_id == Address.id, or_(lookup.state == "wanted", fresh))
    return and_(unplaced(on), ~held)


def count_unplaced(session: Session, on: dt.date) -> int:
    """Return how many addresses in use have no position."""
    return session.scalar(select(func.count()).select_from(Address).where(unplaced(on))) or 0


def count_worth_asking(session: Session, on: dt.date, service: str, now: dt.datetime) -> int:
    """Return how many addresses a new run with this service would ask for."""
    query = select(func.count()).select_from(Address).where(worth_asking(on, service, now))
    return session.scalar(query) or 0


def question_of(address: Address) -> str:
    """Return an address as one line for a geocoder."""
    region = f"{address.state} {address.zip}".strip()
    return " ".join(", ".join(part for part in (address.text, region) if part).split())
