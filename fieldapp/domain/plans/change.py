"""Changing the order of a plan by hand, every change timed again; and accepting the plan."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_plans
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.itineraries.approval import send_again
from fieldapp.domain.plans.best_order import best_order
from fieldapp.domain.plans.onward import Onward
from fieldapp.domain.plans.onward import onward_of
from fieldapp.domain.plans.onward import time_onward
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import KEPT
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop


def own_plan(session: Session, actor: Actor, plan_id: uuid.UUID) -> DayPlan:
    """Return the actor's own plan with its stops; only its officer changes a plan. Raises NotFound."""
    query = visible_plans(actor).where(DayPlan.officer_id == actor.id)
    stops = selectinload(DayPlan.stops)
    query = query.options(stops.joinedload(Stop.address), stops.joinedload(Stop.supervisee))
    return one(session, query, DayPlan.id, plan_id, "This plan")


def reorder(
    session: Session, actor: Actor, plan: DayPlan, order: Sequence[uuid.UUID], travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Put the stops in this order and time them again; stops that were visited stay where they are.

    Raises Invalid when the order is not exactly the plan's stops: the page was older than the plan.
    """
    by_id = {stop.id: stop for stop in plan.stops}
    if sorted(order) != sorted(by_id):
        raise Invalid({"order": "The plan has changed meanwhile. Look at it again, then move the stop."})
    fixed = visited_stops(session, plan)
    moving = iter([stop_id for stop_id in order if stop_id not in fixed])
    for position, stop in enumerate(list(plan.stops)):
        by_id[stop.id if stop.id in fixed else next(moving)].position = position
    plan.arranged_at, plan.arranged_by = now, None
    retime(session, actor, plan, travel, "plan.reordered", now=now)


def move(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, by: int, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Move one stop up (-1) or down (+1), past those that were visited; at the end of the list it stays.

    Raises NotFound.
    """
    fixed = visited_stops(session, plan)
    order = [stop.id for stop in plan.stops if stop.id not in fixed or stop.id == stop_id]
    at = order.index(stop_of(plan, stop_id).id)
    to = max(0, min(len(order) - 1, at + (1 if by > 0 else -1)))
    order.insert(to, order.pop(at))
    reorder(session, actor, plan, [*order, *(fixed - {stop_id})], travel, now=now)


def move_to_fit(
    session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, travel: TravelTimes, *, now: dt.datetime
) -> None:
    """Put one stop where the day keeps its windows best and drives least; the others keep their order.

    Raises NotFound.
    """
    moved = str(stop_of(plan, stop_id).id)
    fixed = {str(id) for id in visited_stops(session, plan)}
    order = [str(stop.id) for stop in plan.stops]
    best = best_order(order, moved, request_of(plan, plan.stops), travel, after=_last_of(order, fixed))
    reorder(session, actor, plan, [uuid.UUID(id) for id in best], travel, now=now)


def keep_outside(session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Leave a stop outside of its windows on purpose: the officer knows better. Raises NotFound."""
    stop = stop_of(plan, stop_id)
    if stop.outside:
        stop.outside = KEPT
        session.flush()
        record(session, actor, "plan.stop_kept", plan.id, now=now)


def accept(session: Session, actor: Actor, plan: DayPlan, *, now: dt.datetime) -> None:
    """Use this plan: Today shows it from now on, and where it was sent back, approval is asked for anew.

    Accepting twice changes nothing. Raises Conflict for an empty plan.
    """
    if not plan.stops:
        raise Conflict("This plan has no stops. Add somebody first, or plan the day again.")
    if plan.state != "accepted":
        plan.state, plan.accepted_at = "accepted", now
        record(session, actor, "plan.accepted", plan.id, now=now, stops=len(plan.stops))
    send_again(session, actor, plan, now=now)


def stop_of(plan: DayPlan, stop_id: uuid.UUID) -> Stop:
    """Return the stop of this plan. Raises NotFound."""
    for stop in plan.stops:
        if stop.id == stop_id:
            return stop
    raise NotFound("This stop is no longer in the plan. Look at the plan again.")


def retime(session: Session, actor: Actor, plan: DayPlan, travel: TravelTimes, event: str, *, now: dt.datetime) -> None:
    """Time the stops again in the order of their positions, and audit the change as `event`."""
    time_again(plan, travel, the_agency(session).zone, onward_of(session, plan))
    session.flush()
    record(session, actor, event, plan.id, now=now, stops=len(plan.stops))


def time_again(plan: DayPlan, travel: TravelTimes, zone: str, onward: Onward | None = None) -> None:
    """Time the stops in the order of their positions; nobody drives to a skipped one, which keeps its place alone.

    A day that went on from somewhere on the way (`onward`) is timed from there. Raises TryLater when the travel times
    cannot be had now.
    """
    plan.stops.sort(key=lambda stop: stop.position)
    made = [stop for stop in plan.stops if stop.state != "skipped"]
    route = retime_route([str(stop.id) for stop in made], request_of(plan, made), travel)
    kept = [stop for stop in made if stop.outside == KEPT]
    write_route(plan, made, route, zone)
    if onward:
        for stop in kept:  # whether it is outside is only known with the times on the way
            stop.outside = KEPT
        time_onward(plan, made, onward, travel, zone)
    for position, stop in enumerate(plan.stops):
        stop.position = position
        if stop.state == "skipped":
            stop.arrive_at = stop.leave_at = stop.fits_at = None
            stop.travel_s, stop.travel_m, stop.outside = 0, 0, ""


def _last_of(order: Sequence[str], fixed: set[str]) -> int:
    """Return how many places are taken up to and including the last of the fixed ones."""
    return max((at for at, stop_id in enumerate(order, start=1) if stop_id in fixed), default=0)
