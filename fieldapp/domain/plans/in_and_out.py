"""Adding a stop to a plan and taking one out; the rest is timed again."""

import datetime as dt
import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.caseload.standards import agency_holidays
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.best_order import best_order
from fieldapp.domain.plans.change import retime
from fieldapp.domain.plans.change import stop_of
from fieldapp.domain.plans.decide import take_out
from fieldapp.domain.plans.left_out import EXCLUDED
from fieldapp.domain.plans.left_out import find
from fieldapp.domain.plans.left_out import latest_of
from fieldapp.domain.plans.left_out import without
from fieldapp.domain.plans.make import FOR_STOPS
from fieldapp.domain.plans.make import address_for
from fieldapp.domain.plans.make import new_stop
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.wish import MOST_STOPS
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.models.address import Address
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee


def add_stop(
    session: Session, actor: Actor, plan: DayPlan, pick: Pick, travel: TravelTimes, *, now: dt.datetime
) -> Stop:
    """Add one visit where it fits best, after those already made, and time the plan again.

    Who was left out before can be added this way too, at the cost of the day's limits, and keeps the latest time that
    was set. Raises Invalid for a person without such an address or position, Conflict when the visit is in the plan
    already, needs a second officer who does not come along, or the plan is full.
    """
    query = visible_supervisees(actor, plan.on).options(*FOR_STOPS)
    person = one(session, query, Supervisee.id, pick.supervisee_id, "This person")
    out = find(plan, pick.key)
    pick = replace(pick, latest=latest_of(out), two_officers=bool(out.get("two_officers")))
    address = _address(plan, person, pick)
    due = {(row.person.id, row.place): row for row in visits_due(requirements_of(session, [person], plan.on))}
    agency, holidays = the_agency(session), agency_holidays(session)
    stop = new_stop(person, address, pick, agency, plan.on, due.get(pick.key), holidays)
    if stop.two_officers and not plan.with_partner:
        raise Conflict(f"{person.name} is visited by two officers. {NEEDS_PARTNER}")
    _put_in(session, plan, stop, travel)
    plan.left_out = without(plan.left_out, pick.key)
    retime(session, actor, plan, travel, "plan.stop_added", now=now)
    return stop


def remove_stop(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Take one stop out for that day and time the rest again; it stays out when the day is planned anew.

    Raises NotFound, Conflict when it was visited.
    """
    stop = stop_of(plan, stop_id)
    if stop.id in visited_stops(session, plan):
        raise Conflict("This stop was visited and stays in the day.")
    take_out(plan, stop, "excluded", EXCLUDED)
    retime(session, actor, plan, travel, "plan.stop_removed", now=now)


def _put_in(session: Session, plan: DayPlan, stop: Stop, travel: TravelTimes) -> None:
    stop.position = len(plan.stops)
    fixed = visited_stops(session, plan)
    made = max((at for at, old in enumerate(plan.stops, start=1) if old.id in fixed), default=0)
    plan.stops.append(stop)
    order = best_order(
        [str(each.id) for each in plan.stops], str(stop.id), request_of(plan, plan.stops), travel, after=made
    )
    for each in plan.stops:
        each.position = order.index(str(each.id))


def _address(plan: DayPlan, person: Supervisee, pick: Pick) -> Address:
    address = address_for(person, pick, plan.on)
    if address is None or None in address.sure_position:
        raise Invalid(
            {"stop": f"{person.name} has no {pick.place} address with a position that is sure. Have its pin set first."}
        )
    if any((stop.supervisee_id, stop.place) == (person.id, pick.place) for stop in plan.stops):
        raise Conflict(f"{person.name} is in this plan already.")
    if len(plan.stops) >= MOST_STOPS:
        raise Conflict(f"A day has at most {MOST_STOPS} stops. Remove one first.")
    return address
