"""Addresses whose position somebody has to look at."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_addresses
from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.positions.missing import in_use
from fieldapp.models.address import Address
from fieldapp.models.lookup import AddressLookup
from fieldapp.models.supervisee import Supervisee

MOST_SHOWN = 200


@dataclass(frozen=True)
class ReviewLine:
    """An address with its person. `state`: approximate, unknown, wanted, none; else how it got its position."""

    address: Address
    person: Supervisee
    state: str
    matched: str


@dataclass(frozen=True)
class Review:
    """The first MOST_SHOWN addresses to look at, and how many there are of each kind."""

    approximate: Sequence[ReviewLine]
    without: Sequence[ReviewLine]
    approximate_count: int
    without_count: int


def review(session: Session, actor: Actor, *, now: dt.datetime) -> Review:
    """Return the addresses in use whose position is approximate, and those that have none, by the people's names."""
    today = local_date(the_agency(session).zone, now)
    visible = visible_addresses(actor, today).where(in_use(today))
    guessed = visible.where(Address.lat.is_not(None), Address.position_quality == "approximate")
    without = visible.where(Address.lat.is_(None))
    return Review(
        _lines(session, guessed), _lines(session, without), _count(session, guessed), _count(session, without)
    )


def count_to_review(session: Session, actor: Actor, *, now: dt.datetime) -> int:
    """Return how many addresses wait for somebody: approximate ones, and those that a geocoder did not know."""
    today = local_date(the_agency(session).zone, now)
    unknown = select(AddressLookup.address_id).where(AddressLookup.state == "unknown")
    guessed = Address.lat.is_not(None) & (Address.position_quality == "approximate")
    missed = Address.lat.is_(None) & Address.id.in_(unknown)
    return _count(session, visible_addresses(actor, today).where(in_use(today), or_(guessed, missed)))


def address_to_review(session: Session, actor: Actor, id: uuid.UUID, *, now: dt.datetime) -> ReviewLine:
    """Return one address in use, whatever its position. Raises NotFound."""
    today = local_date(the_agency(session).zone, now)
    address = one(session, visible_addresses(actor, today).where(in_use(today)), Address.id, id, "This address")
    return _line(address, session.get_one(Supervisee, address.supervisee_id), session.get(AddressLookup, id))


def _lines(session: Session, addresses: Select[Address]) -> list[ReviewLine]:
    query = (
        addresses.join(Supervisee, Supervisee.id == Address.supervisee_id)
        .outerjoin(AddressLookup, AddressLookup.address_id == Address.id)
        .order_by(Supervisee.last_name, Supervisee.first_name, Supervisee.case_number, Address.place)
        .with_only_columns(Address, Supervisee, AddressLookup)
    )
    return [_line(*row) for row in session.execute(query.limit(MOST_SHOWN))]


def _line(address: Address, person: Supervisee, lookup: AddressLookup | None) -> ReviewLine:
    guessed = address.position_quality == "approximate" and lookup is not None
    if address.lat is None:
        state = lookup.state if lookup and lookup.state in ("wanted", "unknown") else "none"
    else:
        state = address.position_quality
    return ReviewLine(address, person, state, lookup.matched if lookup and guessed else "")


def _count(session: Session, addresses: Select[Address]) -> int:
    return session.scalar(select(func.count()).select_from(addresses.subquery())) or 0
