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
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import KEPT
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.schedule import schedule
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


def best_order(order: Sequence[str], moved: str, request: DayRequest, travel: TravelTimes, after: int = 0) -> list[str]:
    """Return the order with one stop moved to where it breaks limits least, drives least, comes earliest.

    `after` is how many places at the beginning it may not take.
    """
    matrix = travel.matrix(request.places)
    others = [stop_id for stop_id in order if stop_id != moved]
    ways = [[*others[:at], moved, *others[at:]] for at in range(min(after, len(others)), len(others) + 1)]

    def cost(way: list[str]) -> tuple[int, int]:
        route = schedule(way, matrix, request)
        return route.late_s, route.travel_s

    return min(ways, key=cost)


def keep_outside(session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Leave a stop outside of its windows on purpose: the officer knows better. Raises NotFound."""
    stop = stop_of(plan, stop_id)
    if stop.outside:
        stop.outside = KEPT
        session.flush()
        record(session, actor, "plan.stop_kept", plan.id, now=now)


def accept(session: Session, actor: Actor, plan: DayPlan, *, now: dt.datetime) -> None:
    """Use this plan: Today shows it from now on. Accepting twice changes nothing. Raises Conflict for an empty plan."""
    if not plan.stops:
        raise Conflict("This plan has no stops. Add somebody first, or plan the day again.")
    if plan.state != "accepted":
        plan.state, plan.accepted_at = "accepted", now
        record(session, actor, "plan.accepted", plan.id, now=now, stops=len(plan.stops))


def stop_of(plan: DayPlan, stop_id: uuid.UUID) -> Stop:
    """Return the stop of this plan. Raises NotFound."""
    for stop in plan.stops:
        if stop.id == stop_id:
            return stop
    raise NotFound("This stop is no longer in the plan. Look at the plan again.")


def retime(session: Session, actor: Actor, plan: DayPlan, travel: TravelTimes, event: str, *, now: dt.datetime) -> None:
    """Time the stops again in the order of their positions, and audit the change as `event`."""
    stops = sorted(plan.stops, key=lambda stop: stop.position)
    route = retime_route([str(stop.id) for stop in stops], request_of(plan, stops), travel)
    write_route(plan, stops, route, the_agency(session).zone)
    plan.stops.sort(key=lambda stop: stop.position)
    session.flush()
    record(session, actor, event, plan.id, now=now, stops=len(stops))


def _last_of(order: Sequence[str], fixed: set[str]) -> int:
    """Return how many places are taken up to and including the last of the fixed ones."""
    return max((at for at, stop_id in enumerate(order, start=1) if stop_id in fixed), default=0)
