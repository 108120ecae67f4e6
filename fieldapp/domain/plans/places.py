"""Where an officer's day may start and end, and the places of a plan that is to be changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.clock import the_agency
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.request import Place
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
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


def places_ahead(session: Session, actor: Actor, plan: DayPlan, pick: Pick | None = None) -> list[Place]:
    """Return the places of a plan, and the picked one's, between which a change of it will need travel times.

    A pick that cannot be made is passed over: who makes the change says what is wrong with it.
    """
    places = list(request_of(plan, plan.stops).places)
    if pick is not None:
        query = visible_supervisees(actor, plan.on).options(selectinload(Supervisee.addresses))
        person = session.scalars(query.where(Supervisee.id == pick.supervisee_id)).first()
        address = address_at(person, pick.place, plan.on) if person else None
        if address and address.lat is not None and address.lon is not None:
            places.append(Place(address.lat, address.lon))
    return places
