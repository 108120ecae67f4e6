"""Where an officer's day may start and end: the office, and home where its position is on file."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import the_agency
from fieldapp.domain.routing.request import Place
from fieldapp.models.user import User


def day_places(session: Session, actor: Actor) -> dict[str, Place]:
    """Return the places under "office" and "home"; one without a position is absent."""
    agency = the_agency(session)
    found = {}
    if agency.office_lat is not None and agency.office_lon is not None:
        found["office"] = Place(agency.office_lat, agency.office_lon, agency.office_label)
    lat, lon = session.execute(select(User.home_lat, User.home_lon).where(User.id == actor.id)).one()
    if lat is not None and lon is not None:
        found["home"] = Place(lat, lon, "Home")
    return found
