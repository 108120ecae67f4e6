"""Moving stops to another officer by hand: both plans are timed again."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_officers
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.itineraries.approval import approvals
from fieldapp.domain.itineraries.approval import stay_approved
from fieldapp.domain.itineraries.approval import teams_plan
from fieldapp.domain.itineraries.hand_over import blank_plan
from fieldapp.domain.itineraries.hand_over import copy_of
from fieldapp.domain.itineraries.hand_over import hand_over
from fieldapp.domain.itineraries.hand_over import hold_days
from fieldapp.domain.plans.best_order import best_order
from fieldapp.domain.plans.change import retime
from fieldapp.domain.plans.change import stop_of
from fieldapp.domain.plans.partner import stop_needs_partner
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.wish import MOST_STOPS
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User


def move_stops(
    session: Session,
    actor: Actor,
    plan_id: uuid.UUID,
    stop_ids: Sequence[uuid.UUID],
    officer_id: uuid.UUID,
    travel: TravelTimes,
    *,
    now: dt.datetime,
) -> DayPlan:
    """Move stops of a plan into another officer's of the same day, each where it fits best; return the other plan.

    Who has no plan that day gets one. Raises NotFound, Invalid without stops, Conflict for a day that is over, stops
    that were begun, a person whom the other visits already, two officers where the other has no partner or a day that
    is full, TryLater without travel times.
    """
    source = teams_plan(session, actor, plan_id)
    officer = one(session, visible_officers(actor), User.id, officer_id, "This officer")
    _refuse(session, source, officer, stop_ids, now)
    hold_days(session, [source.officer_id, officer.id], source.on)
    session.refresh(source, ["stops"])
    moving = [stop_of(source, stop_id) for stop_id in dict.fromkeys(stop_ids)]
    old = _plan_of(session, officer, source.on)
    target = old or blank_plan(officer, the_agency(session), source.on, now=now)
    _refuse_stops(moving, visited_stops(session, source), target, officer)
    held = approvals(session, [source, old] if old else [source])
    session.add(target)
    hand_over(session, actor, moving, source, officer, now=now)
    for stop in moving:
        source.stops.remove(stop)
        _add(session, target, copy_of(stop), travel)
    for plan in (source, target):
        plan.arranged_at, plan.arranged_by = now, None
        retime(session, actor, plan, travel, "plan.retimed", now=now)
    stay_approved(session, actor, held, [source, target], now=now)
    record(session, actor, "stops.moved", source.id, now=now, to=str(target.id), stops=len(moving))
    return target


def _refuse(session: Session, source: DayPlan, officer: User, stop_ids: Sequence[uuid.UUID], now: dt.datetime) -> None:
    if not stop_ids:
        raise Invalid({"stop": "Tick the stops that somebody else is to make."})
    if officer.id == source.officer_id:
        raise Invalid({"to": "These stops are this officer's already. Choose another officer."})
    if officer.disabled_at is not None:
        raise Conflict(f"{officer.name} does not work with fieldapp any more. Choose another officer.")
    if source.on < local_date(the_agency(session).zone, now):
        raise Conflict("This day is over. Its stops stay where they are.")


def _refuse_stops(moving: Sequence[Stop], begun: set[uuid.UUID], target: DayPlan, officer: User) -> None:
    there = {(stop.supervisee_id, stop.place) for stop in target.stops}
    for stop in moving:
        if stop.id in begun:
            raise Conflict(f"The visit to {stop.supervisee.name} was made or begun. It stays where it is.")
        if (stop.supervisee_id, stop.place) in there:
            raise Conflict(f"{officer.name} visits {stop.supervisee.name} that day already. Take the stop out instead.")
        if stop_needs_partner(stop, target.on) and not target.with_partner:
            raise Conflict(_alone(stop, officer))
    if len(target.stops) + len(moving) > MOST_STOPS:
        raise Conflict(f"A day has at most {MOST_STOPS} stops, and {officer.name}'s would have more. Move fewer.")


def _alone(stop: Stop, officer: User) -> str:
    return (
        f"{stop.supervisee.name} is visited by two officers, and {officer.name} has no partner that day. "
        f"Choose an officer who has one, or ask {officer.name} to plan the day with a partner first."
    )


def _plan_of(session: Session, officer: User, on: dt.date) -> DayPlan | None:
    stops = selectinload(DayPlan.stops)
    query = select(DayPlan).where(DayPlan.officer_id == officer.id, DayPlan.on == on)
    query = query.options(stops.joinedload(Stop.address), stops.joinedload(Stop.supervisee))
    return session.scalars(query.execution_options(populate_existing=True)).first()


def _add(session: Session, target: DayPlan, stop: Stop, travel: TravelTimes) -> None:
    """Put a new stop where it fits best, after what was made already."""
    begun = visited_stops(session, target)
    made = max((at for at, old in enumerate(target.stops, start=1) if old.id in begun), default=0)
    target.stops.append(stop)
    request = request_of(target, target.stops)
    order = best_order([str(each.id) for each in target.stops], str(stop.id), request, travel, after=made)
    for each in target.stops:
        each.position = order.index(str(each.id))
    target.stops.sort(key=lambda each: each.position)
