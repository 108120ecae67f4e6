"""Making a day plan: from the wish and the due list to ordered stops with times, and what did not fit and why."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.plans.urgency import urgency
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit

UNPLANNED = "Visit"


def plan_day(
    session: Session, actor: Actor, wish: DayWish, travel: TravelTimes, solver: RouteSolver, *, now: dt.datetime
) -> DayPlan:
    """Plan the officer's day anew as a draft and return it; an earlier plan of that day is replaced whole.

    Raises Invalid for a wish without people or with people who are not on the caseload, Conflict when visits of that
    day's plan were already made, TryLater when the solver or the travel times fail: then the old plan stays.
    """
    agency = the_agency(session)
    people = _people(session, actor, wish)
    plan = _fresh_plan(session, actor, wish, agency)
    stops, homeless = _stops(people, wish, agency, requirements_of(session, list(people.values()), wish.on))
    route = plan_route(request_of(plan, stops), travel, solver)
    chosen = {call.stop_id for call in route.calls}
    write_route(plan, stops, route, agency.zone)
    plan.stops = sorted((stop for stop in stops if str(stop.id) in chosen), key=lambda stop: stop.position)
    by_id = {str(stop.id): stop for stop in stops}
    plan.left_out = homeless + [left_out(by_id[one.stop_id], one.reason, one.words) for one in route.left_out]
    session.add(plan)
    session.flush()
    record(session, actor, "plan.made", plan.id, now=now, stops=len(plan.stops), left_out=len(plan.left_out))
    return plan


def new_stop(person: Supervisee, address: Address, pick: Pick, agency: Agency, on: dt.date, due: DueRow | None) -> Stop:
    """Return a stop for this pick with its windows; times come with the route."""
    return Stop(
        id=uuid.uuid4(),
        position=0,
        supervisee=person,
        supervisee_id=person.id,
        address=address,
        address_id=address.id,
        place=pick.place,
        purpose=due.required.standard.label if due else UNPLANNED,
        due_on=due.required.due if due else None,
        minutes=pick.minutes,
        priority=urgency(due, on) if due else 1,
        windows=[list(window) for window in windows_on(person, pick.place, agency, on)],
    )


def left_out(stop: Stop, reason: str, words: str) -> dict[str, Any]:
    """Return how a plan keeps a stop that did not fit."""
    return {
        "supervisee": str(stop.supervisee_id),
        "place": stop.place,
        "purpose": stop.purpose,
        "reason": reason,
        "words": words,
    }


def visited_stops(session: Session, plan: DayPlan) -> set[uuid.UUID]:
    """Return the ids of the plan's stops for which a visit has come in."""
    query = select(Visit.stop_id).where(Visit.stop_id.in_([stop.id for stop in plan.stops]))
    return {stop_id for stop_id in session.scalars(query) if stop_id}


def _people(session: Session, actor: Actor, wish: DayWish) -> dict[uuid.UUID, Supervisee]:
    wanted = {pick.supervisee_id for pick in wish.picks}
    if not wanted:
        raise Invalid({"stop": "Pick at least one person, or let the list pick by urgency."})
    query = visible_supervisees(actor, wish.on).options(*FOR_DUE, selectinload(Supervisee.conditions))
    people = {person.id: person for person in session.scalars(query.where(Supervisee.id.in_(wanted)))}
    if set(people) != wanted:
        raise Invalid({"stop": "Somebody picked is no longer on your caseload. Open the plan page again."})
    return people


def _fresh_plan(session: Session, actor: Actor, wish: DayWish, agency: Agency) -> DayPlan:
    old = session.scalars(select(DayPlan).where(DayPlan.officer_id == actor.id, DayPlan.on == wish.on)).first()
    if old and visited_stops(session, old):
        raise Conflict("Visits of this plan were already made. Add, move or remove stops of the day instead.")
    if old:
        session.delete(old)
        session.flush()
    lunch = wish.lunch_minutes
    return DayPlan(
        id=uuid.uuid4(),
        officer_id=actor.id,
        on=wish.on,
        start=wish.start,
        end=wish.end,
        start_label=wish.start_place.label,
        start_lat=wish.start_place.lat,
        start_lon=wish.start_place.lon,
        end_label=wish.end_place.label,
        end_lat=wish.end_place.lat,
        end_lon=wish.end_place.lon,
        lunch_minutes=lunch,
        lunch_earliest=agency.lunch_earliest if lunch else None,
        lunch_latest=agency.lunch_latest if lunch else None,
    )


def _stops(
    people: dict[uuid.UUID, Supervisee], wish: DayWish, agency: Agency, due: Sequence[DueRow]
) -> tuple[list[Stop], list[dict[str, Any]]]:
    """Return the stops, and the picks for whom no such address is on file."""
    first = {(row.person.id, row.place): row for row in visits_due(due)}
    stops: list[Stop] = []
    homeless: list[dict[str, Any]] = []
    for pick in wish.picks:
        person = people[pick.supervisee_id]
        address = address_at(person, pick.place, wish.on)
        if address is None:
            words = "No such address is on file. Ask the administrator to add it."
            homeless.append({"supervisee": str(person.id), "place": pick.place, "purpose": UNPLANNED})
            homeless[-1].update(reason="no_position", words=words)
            continue
        stops.append(new_stop(person, address, pick, agency, wish.on, first.get((person.id, pick.place))))
    return stops, homeless
