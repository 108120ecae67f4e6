"""Writing what came of sharing a team's stops out: all plans in one transaction, or none."""

import datetime as dt
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.itineraries.approval import approvals
from fieldapp.domain.itineraries.approval import stay_approved
from fieldapp.domain.itineraries.hand_over import copy_of
from fieldapp.domain.itineraries.hand_over import hand_over
from fieldapp.domain.itineraries.hand_over import hold_days
from fieldapp.domain.itineraries.share import Share
from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.share import find_share
from fieldapp.domain.itineraries.team_day import OfficerDay
from fieldapp.domain.itineraries.team_day import team_officers
from fieldapp.domain.plans.left_out import entry_of_planned
from fieldapp.domain.plans.left_out import told_first
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.route import LeftOut
from fieldapp.domain.routing.team_plan import TeamRoutes
from fieldapp.domain.routing.team_plan import time_team
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User

CHANGED = "Somebody has changed a plan or begun a visit meanwhile. All plans are as they were: share out again."

Orders = Mapping[str, Sequence[str]]
Handed = tuple[DayPlan, User, list[Stop]]


def keep_share(
    session: Session,
    actor: Actor,
    asked: ShareAsked,
    orders: Orders,
    mark: str,
    travel: TravelTimes,
    *,
    now: dt.datetime,
) -> None:
    """Write the days in these orders, as they were previewed; `mark` is that of the share that was solved.

    Raises Conflict when a plan or a visit has changed meanwhile, Invalid for orders that do not belong to the
    itineraries, TryLater without travel times.
    """
    hold_days(session, team_officers(session, actor, asked.team), asked.on)
    share = find_share(session, actor, asked, now=now)
    if mark != share.mark:
        raise Conflict(CHANGED)
    routes = timed(share, orders, travel)
    held = approvals(session, [day.plan for day in share.days if day.plan])
    moves = _write(session, share, routes, the_agency(session).zone, now)
    for source, officer, stops in moves:
        hand_over(session, actor, stops, source, officer, now=now)
    changed = [plan for plan in share.all_plans if plan.id in held or plan in session]
    stay_approved(session, actor, held, changed, now=now)
    for plan in changed:
        record(session, actor, "plan.shared_out", plan.id, now=now, stops=len(plan.stops), left_out=len(plan.left_out))
    moved = sum(len(stops) for _, _, stops in moves)
    record(session, actor, "team.shared_out", str(asked.on), now=now, plans=len(changed), moved=moved)


def timed(share: Share, orders: Orders, travel: TravelTimes) -> TeamRoutes:
    """Return the days in these orders with their times. Raises Invalid."""
    known = {one.stop.id: one for one in share.request.located}
    named = [(stop_id, officer) for officer, order in orders.items() for stop_id in order]
    fit = all(stop_id in known and known[stop_id].may_go_to(officer) for stop_id, officer in named)
    if set(orders) != set(share.request.days) or not fit or len({stop_id for stop_id, _ in named}) != len(named):
        raise Invalid({"order": "The orders do not belong to these itineraries. Share out again."})
    given = {officer: list(order) for officer, order in orders.items()}
    return time_team(share.request, given, travel.matrix(share.request.places))


@dataclass(frozen=True)
class _NewDay:
    """One officer's plan as it is to be: the stops that the route calls at, in order, and what it loses to nobody."""

    day: OfficerDay
    plan: DayPlan
    stops: list[Stop]
    route: DayRoute | None
    lost: list[tuple[Stop, LeftOut]]


def _write(session: Session, share: Share, routes: TeamRoutes, zone: str, now: dt.datetime) -> list[Handed]:
    """Write all plans; return which stops went from which plan to which officer."""
    owners = {str(stop.id): (day, stop) for day in share.days for stop in day.left}
    handed: dict[tuple[uuid.UUID, uuid.UUID], Handed] = {}
    fresh = []
    for day in share.days:
        plan, route, stops = share.plans.get(day.officer.id) or day.plan, routes.routes.get(str(day.officer.id)), []
        for call in route.calls if route else ():
            owner, stop = owners[call.stop_id]
            if owner is not day and owner.plan:
                way = (owner.officer.id, day.officer.id)
                handed.setdefault(way, (owner.plan, day.officer, []))[2].append(stop)
            stops.append(stop if owner is day else copy_of(stop))
        lost = [(owners[out.stop_id][1], out) for out in routes.left_out if owners[out.stop_id][0] is day]
        if plan and (day.plan or stops):
            fresh.append(_NewDay(day, plan, stops, route, lost))
    for each in fresh:
        _write_plan(each, zone, now)
        session.add(each.plan)
    session.flush()
    return list(handed.values())


def _write_plan(new: _NewDay, zone: str, now: dt.datetime) -> None:
    """Write one plan: what was begun or skipped keeps its place at the beginning, the rest follows with its times."""
    plan, kept = new.plan, new.day.kept
    begun = [stop for stop in kept if stop.id in new.day.begun]
    eaten_at = plan.lunch_at if plan.lunch_at and plan.lunch_at <= now else None
    plan.stops[:] = [*kept, *new.stops]
    if new.route is None:
        plan.travel_m, plan.back_at = 0, max((stop.leave_at for stop in begun if stop.leave_at), default=None)
        plan.lunch_at = None
    else:
        # the route knows the stops by the ids that they had
        ids = {call.stop_id: str(stop.id) for call, stop in zip(new.route.calls, new.stops, strict=True)}
        calls = tuple(replace(call, stop_id=ids[call.stop_id]) for call in new.route.calls)
        write_route(plan, new.stops, replace(new.route, calls=calls), zone)
    plan.lunch_at = eaten_at or plan.lunch_at
    plan.travel_m += sum(stop.travel_m for stop in begun)
    plan.left_out = _left_out(plan, new.lost)
    plan.arranged_at, plan.arranged_by = now, None
    for position, stop in enumerate(plan.stops):
        stop.position = position


def _left_out(plan: DayPlan, lost: Sequence[tuple[Stop, LeftOut]]) -> list[dict[str, Any]]:
    """Return what is left out of the plan: what was before, unless it is in it now, and what nobody can make."""
    there = {(str(stop.supervisee_id), stop.place) for stop in [*plan.stops, *(stop for stop, _ in lost)]}
    before = [entry for entry in plan.left_out if (entry["supervisee"], entry["place"]) not in there]
    return told_first([*before, *(entry_of_planned(stop, plan.on, out.reason, out.words) for stop, out in lost)])
