"""Making a day plan: from the wish and the due list to ordered stops with times, and what did not fit and why."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

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
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.days import refuse_day
from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.replace import replaceable_plan
from fieldapp.domain.plans.replace import take_place_of
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.plans.urgency import urgency
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.route import DayRoute
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee

UNPLANNED = "Visit"
NO_ADDRESS = "No such address is on file. Ask the administrator to add it."


def plan_day(
    session: Session, actor: Actor, wish: DayWish, travel: TravelTimes, solver: RouteSolver, *, now: dt.datetime
) -> DayPlan:
    """Plan the officer's day anew as a draft and return it; an earlier plan of that day is replaced whole.

    The plan keeps its id, and a visit that was in the earlier plan keeps its stop's: phones may name it already.
    Raises Invalid for a day that is over, a wish without people or with people who are not on the caseload, Conflict
    when visits of that day's plan were already made, TryLater when the solver or the travel times fail: then
    nothing was changed.
    """
    agency = the_agency(session)
    refuse_day(wish.on, local_date(agency.zone, now))
    people = _people(session, actor, wish)
    old = replaceable_plan(session, actor, wish.on)
    plan = _blank_plan(actor, wish, agency)
    stops, homeless = _stops(people, wish, agency, requirements_of(session, list(people.values()), wish.on))
    sure = {str(stop.id) for stop, pick in stops if pick.sure} if any(not pick.sure for _, pick in stops) else set()
    made = [stop for stop, _ in stops]
    route = plan_route(request_of(plan, made, sure), travel, solver)
    write_route(plan, made, route, agency.zone)
    chosen = {call.stop_id for call in route.calls}
    plan.stops = sorted((stop for stop in made if str(stop.id) in chosen), key=lambda stop: stop.position)
    plan.left_out = homeless + _left_out(stops, route)
    plan = take_place_of(session, old, plan)
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
        state="planned",
        skip_reason="",
    )


def _people(session: Session, actor: Actor, wish: DayWish) -> dict[uuid.UUID, Supervisee]:
    wanted = {pick.supervisee_id for pick in wish.picks}
    if not wanted:
        raise Invalid({"stop": "Pick at least one person, or let the list pick by urgency."})
    query = visible_supervisees(actor, wish.on).options(*FOR_DUE, selectinload(Supervisee.conditions))
    people = {person.id: person for person in session.scalars(query.where(Supervisee.id.in_(wanted)))}
    if set(people) != wanted:
        raise Invalid({"stop": "Somebody picked is not on your caseload that day. Open the plan page again."})
    return people


def _blank_plan(actor: Actor, wish: DayWish, agency: Agency) -> DayPlan:
    lunch = wish.lunch_minutes
    return DayPlan(
        id=uuid.uuid4(),
        officer_id=actor.id,
        on=wish.on,
        state="draft",
        accepted_at=None,
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
) -> tuple[list[tuple[Stop, Pick]], list[dict[str, Any]]]:
    """Return the stops with their picks, and the picks for whom no such address is on file."""
    first = {(row.person.id, row.place): row for row in visits_due(due)}
    stops: list[tuple[Stop, Pick]] = []
    homeless: list[dict[str, Any]] = []
    for pick in wish.picks:
        person = people[pick.supervisee_id]
        address = address_at(person, pick.place, wish.on)
        row = first.get((person.id, pick.place))
        if address:
            stops.append((new_stop(person, address, pick, agency, wish.on, row), pick))
        else:
            purpose = row.required.standard.label if row else UNPLANNED
            homeless.append(_left_out_entry(person.id, pick.place, purpose, "no_position", NO_ADDRESS))
    return stops, homeless


def _left_out(stops: Sequence[tuple[Stop, Pick]], route: DayRoute) -> list[dict[str, Any]]:
    """Return who was picked or is overdue and did not fit; whom the list merely proposed is no news."""
    by_id = {str(stop.id): (stop, pick) for stop, pick in stops}
    found = []
    for one in route.left_out:
        stop, pick = by_id[one.stop_id]
        if pick.sure or pick.overdue:
            found.append(_left_out_entry(stop.supervisee_id, stop.place, stop.purpose, one.reason, one.words))
    return found


def _left_out_entry(supervisee_id: uuid.UUID, place: str, purpose: str, reason: str, words: str) -> dict[str, Any]:
    who = {"supervisee": str(supervisee_id), "place": place}
    return who | {"purpose": purpose, "reason": reason, "words": words}
