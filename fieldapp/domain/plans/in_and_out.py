"""Adding a stop to a plan and taking one out; the rest is timed again."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.change import best_order
from fieldapp.domain.plans.change import retime
from fieldapp.domain.plans.change import stop_of
from fieldapp.domain.plans.make import new_stop
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.wish import MOST_STOPS
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.address import Address
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee


def add_stop(
    session: Session, actor: Actor, plan: DayPlan, pick: Pick, travel: TravelTimes, *, now: dt.datetime
) -> Stop:
    """Add one visit where it fits best, after those already made, and time the plan again.

    Who was left out before can be added this way too, at the cost of the day's limits. Raises Invalid for a person
    without such an address or position, Conflict when the visit is in the plan already or the plan is full.
    """
    query = visible_supervisees(actor, plan.on).options(*FOR_DUE, selectinload(Supervisee.conditions))
    person = one(session, query, Supervisee.id, pick.supervisee_id, "This person")
    address = _address(plan, person, pick)
    due = {(row.person.id, row.place): row for row in visits_due(requirements_of(session, [person], plan.on))}
    stop = new_stop(person, address, pick, the_agency(session), plan.on, due.get((person.id, pick.place)))
    stop.position = len(plan.stops)
    fixed = visited_stops(session, plan)
    made = max((at for at, old in enumerate(plan.stops, start=1) if old.id in fixed), default=0)
    plan.stops.append(stop)
    order = best_order(
        [str(each.id) for each in plan.stops], str(stop.id), request_of(plan, plan.stops), travel, after=made
    )
    for each in plan.stops:
        each.position = order.index(str(each.id))
    plan.left_out = [out for out in plan.left_out if (out["supervisee"], out["place"]) != (str(person.id), pick.place)]
    retime(session, actor, plan, travel, "plan.stop_added", now=now)
    return stop


def remove_stop(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Take one stop out and time the rest again. Raises NotFound, Conflict when it was visited."""
    stop = stop_of(plan, stop_id)
    if stop.id in visited_stops(session, plan):
        raise Conflict("This stop was visited and stays in the day.")
    plan.stops.remove(stop)
    retime(session, actor, plan, travel, "plan.stop_removed", now=now)


def _address(plan: DayPlan, person: Supervisee, pick: Pick) -> Address:
    address = address_at(person, pick.place, plan.on)
    if address is None or address.lat is None:
        raise Invalid({"stop": f"{person.name} has no {pick.place} address with a position. Add it first."})
    if any((stop.supervisee_id, stop.place) == (person.id, pick.place) for stop in plan.stops):
        raise Conflict(f"{person.name} is in this plan already.")
    if len(plan.stops) >= MOST_STOPS:
        raise Conflict(f"A day has at most {MOST_STOPS} stops. Remove one first.")
    return address
