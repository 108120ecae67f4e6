"""Changing a plan by hand: order, stops in and out, skips; every change is timed again. And accepting it."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_plans
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.plans.make import new_stop
from fieldapp.domain.plans.make import visited_stops
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.plans.wish import MOST_STOPS
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee


def own_plan(session: Session, actor: Actor, plan_id: uuid.UUID) -> DayPlan:
    """Return the actor's own plan with its stops; only its officer changes a plan. Raises NotFound."""
    query = visible_plans(actor).where(DayPlan.officer_id == actor.id)
    return one(session, query.options(selectinload(DayPlan.stops)), DayPlan.id, plan_id, "This plan")


def reorder(
    session: Session, actor: Actor, plan: DayPlan, order: Sequence[uuid.UUID], travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Put the stops in this order and time them again.

    Raises Invalid when the order is not exactly the plan's stops: the page was older than the plan.
    """
    by_id = {stop.id: stop for stop in plan.stops}
    if sorted(order) != sorted(by_id):
        raise Invalid({"order": "The plan has changed meanwhile. Look at it again, then move the stop."})
    for position, stop_id in enumerate(order):
        by_id[stop_id].position = position
    _retime(session, actor, plan, travel, "plan.reordered", now)


def move(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, by: int, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Move one stop up (-1) or down (+1); at the end of the list it stays. Raises NotFound."""
    order = [stop.id for stop in plan.stops]
    at = order.index(stop_of(plan, stop_id).id)
    to = max(0, min(len(order) - 1, at + (1 if by > 0 else -1)))
    order.insert(to, order.pop(at))
    reorder(session, actor, plan, order, travel, now=now)


def add_stop(
    session: Session, actor: Actor, plan: DayPlan, pick: Pick, travel: TravelTimes, *, now: dt.datetime
) -> Stop:
    """Add one visit at the end of the plan and time it again; who was left out before is tried this way too.

    Raises Invalid for a person without such an address or position, Conflict when the visit is in the plan already.
    """
    agency = the_agency(session)
    query = visible_supervisees(actor, plan.on).options(*FOR_DUE, selectinload(Supervisee.conditions))
    person = one(session, query, Supervisee.id, pick.supervisee_id, "This person")
    address = address_at(person, pick.place, plan.on)
    if address is None or address.lat is None:
        raise Invalid({"stop": f"{person.name} has no {pick.place} address with a position. Add it first."})
    if any((stop.supervisee_id, stop.place) == (person.id, pick.place) for stop in plan.stops):
        raise Conflict(f"{person.name} is in this plan already.")
    if len(plan.stops) >= MOST_STOPS:
        raise Conflict(f"A day has at most {MOST_STOPS} stops. Remove one first.")
    due = {(row.person.id, row.place): row for row in visits_due(requirements_of(session, [person], plan.on))}
    stop = new_stop(person, address, pick, agency, plan.on, due.get((person.id, pick.place)))
    stop.position = len(plan.stops)
    plan.stops.append(stop)
    plan.left_out = [one for one in plan.left_out if (one["supervisee"], one["place"]) != (str(person.id), pick.place)]
    _retime(session, actor, plan, travel, "plan.stop_added", now)
    return stop


def remove_stop(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Take one stop out and time the rest again. Raises NotFound, Conflict when it was visited."""
    stop = stop_of(plan, stop_id)
    if stop.id in visited_stops(session, plan):
        raise Conflict("This stop was visited and stays in the day.")
    plan.stops.remove(stop)
    _retime(session, actor, plan, travel, "plan.stop_removed", now)


def accept(session: Session, actor: Actor, plan: DayPlan, *, now: dt.datetime) -> None:
    """Use this plan: Today shows it from now on. Accepting twice changes nothing. Raises Conflict for an empty plan."""
    if not plan.stops:
        raise Conflict("This plan has no stops. Pick people first.")
    if plan.state != "accepted":
        plan.state, plan.accepted_at = "accepted", now
        record(session, actor, "plan.accepted", plan.id, now=now, stops=len(plan.stops))


def stop_of(plan: DayPlan, stop_id: uuid.UUID) -> Stop:
    """Return the stop of this plan. Raises NotFound."""
    for stop in plan.stops:
        if stop.id == stop_id:
            return stop
    raise NotFound("This stop is no longer in the plan. Look at the plan again.")


def _retime(session: Session, actor: Actor, plan: DayPlan, travel: TravelTimes, event: str, now: dt.datetime) -> None:
    stops = sorted(plan.stops, key=lambda stop: stop.position)
    route = retime_route([str(stop.id) for stop in stops], request_of(plan, stops), travel)
    write_route(plan, stops, route, the_agency(session).zone)
    plan.stops.sort(key=lambda stop: stop.position)
    session.flush()
    record(session, actor, event, plan.id, now=now, stops=len(stops))
