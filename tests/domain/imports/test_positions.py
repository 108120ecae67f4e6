"""Addresses without a position: counted, asked of a geocoder some at a time, kept with how exact they are."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.geocoding import GeocoderUnavailable
from fieldapp.domain.imports.positions import count_unplaced
from fieldapp.domain.imports.positions import keep_positions
from fieldapp.domain.imports.positions import locate
from fieldapp.domain.imports.positions import unplaced
from fieldapp.models.address import Address
from fieldapp.models.audit import AuditEntry
from tests import people
from tests.people import NOW
from tests.people import TODAY


class Town:
    """A geocoder that knows every house of Sample Street, refuses one address and may be away."""

    def __init__(self, away: bool = False, key_refused: bool = False):
        self.away, self.key_refused = away, key_refused
        self.asked: list[str] = []

    def locate(self, address: str) -> GeocodedPosition | None:
        self.asked.append(address)
        if self.away:
            raise GeocoderUnavailable("The geocoder does not answer.", 60)
        if self.key_refused:
            raise Invalid({"geocoder": "The geocoder refuses our key."})
        if "???" in address:
            raise Invalid({"address": "The geocoder cannot read this address."})
        return GeocodedPosition(39.3, -76.6, "exact", address, "town") if "Sample" in address else None


def without_position(session: Session, line: str, **fields: object) -> Address:
    person = people.supervisee(session)
    people.home(person).to_on = people.home(person).from_on
    address = people.address(session, person, lat=None, lon=None, position_quality="none", line=line, **fields)
    session.flush()
    return address


def look(session: Session, town: Town) -> int:
    return keep_positions(session, None, locate(town, unplaced(session, TODAY, 10)), now=NOW)


def test_found_positions_are_kept_with_their_quality_and_one_audit_entry(session: Session) -> None:
    found = without_position(session, "1 Sample Street", state="MD", zip="21201")
    town = Town()
    assert look(session, town) == 1
    assert (found.lat, found.lon, found.position_quality) == (39.3, -76.6, "exact")
    assert town.asked == ["1 Sample Street, Baltimore, MD 21201"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.event, entry.subject, entry.details) == ("addresses.geocoded", "town", {"addresses": 1})


def test_unknown_and_unreadable_addresses_stay_without_position(session: Session) -> None:
    rows = [without_position(session, "1 Elsewhere"), without_position(session, "???")]
    assert look(session, Town()) == 0
    assert [row.position_quality for row in rows] == ["none", "none"]
    assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(("town", "error"), [(Town(away=True), GeocoderUnavailable), (Town(key_refused=True), Invalid)])
def test_geocoder_that_cannot_work_stops_the_run(session: Session, town: Town, error: type[Exception]) -> None:
    without_position(session, "1 Sample Street")
    with pytest.raises(error):
        look(session, town)


def test_only_addresses_in_use_are_counted_and_asked_for(session: Session) -> None:
    without_position(session, "1 Sample Street", to_on=TODAY.replace(day=1))
    living = without_position(session, "2 Sample Street")
    assert count_unplaced(session, TODAY) == 1
    assert [one.id for one in unplaced(session, TODAY, 10)] == [living.id]


def test_addresses_come_in_parts_and_none_twice(session: Session) -> None:
    rows = {without_position(session, f"{number} Sample Street").id for number in range(5)}
    seen: list[uuid.UUID] = []
    while part := unplaced(session, TODAY, 2, seen[-1] if seen else None):
        seen += [one.id for one in part]
    assert len(seen) == 5
    assert set(seen) == rows


def test_position_that_somebody_gave_meanwhile_is_kept(session: Session) -> None:
    address = without_position(session, "1 Sample Street")
    found = {address.id: GeocodedPosition(1.0, 2.0, "approximate", "", "town")}
    address.lat, address.lon, address.position_quality = 39.1, -76.1, "pinned"
    session.flush()
    assert keep_positions(session, None, found, now=NOW) == 0
    assert address.lat == 39.1
