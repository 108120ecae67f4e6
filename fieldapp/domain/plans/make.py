"""Making a day plan: from the wish and the due list to ordered stops with times, and what did not fit and why."""

import datetime as dt
import uuid
from collections.abc import Sequence
from collections.abc import Set
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.caseload.cases import FOR_DUE
from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.cases import addresses_on
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.caseload.standards import agency_holidays
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.choose import choose
from fieldapp.domain.plans.choose import route_of
from fieldapp.domain.plans.days import refuse_day
from fieldapp.domain.plans.habits import usual_hours
from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.left_out import homeless_entry
from fieldapp.domain.plans.left_out import told_first
from fieldapp.domain.plans.partner import needs_partner
from fieldapp.domain.plans.replace import replaceable_plan
from fieldapp.domain.plans.replace import take_place_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.plans.urgency import urgency
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee

UNPLANNED = "Visit"
FOR_STOPS = (*FOR_DUE, selectinload(Supervisee.conditions), selectinload(Supervisee.cautions))
NO_ADDRESS = "No such address is on file. Ask the administrator to add it."


def plan_day(
    session: Session, actor: Actor, wish: DayWish, travel: TravelTimes, solver: RouteSolver, *, now: dt.datetime
) -> DayPlan:
    """Plan the officer's day anew as a draft and return it: `lay_out` and `keep_plan` in one transaction."""
    return keep_plan(session, actor, wish, lay_out(session, actor, wish, travel, solver, now=now), now=now)


def lay_out(
    session: Session, actor: Actor, wish: DayWish, travel: TravelTimes, solver: RouteSolver, *, now: dt.datetime
) -> DayPlan:
    """Return a plan that is not stored yet. It takes seconds and writes nothing: nobody needs to wait for it.

    Raises Invalid for a day that is over, a wish without people or with people who are not on the caseload, Conflict
    when visits of that day's plan were already made, TryLater when the solver or the travel times fail.
    """
    agency = the_agency(session)
    refuse_day(wish.on, local_date(agency.zone, now))
    people = _people(session, actor, wish)
    replaceable_plan(session, actor, wish.on)
    plan = _blank_plan(actor, wish, agency, now)
    due = requirements_of(session, list(people.values()), wish.on)
    stops, homeless = _stops(people, wish, agency, due, agency_holidays(session))
    habits = usual_hours(session, actor, people, wish.on, agency.zone, now=now)
    choice = choose(plan, wish, stops)
    route, left_out = route_of(plan, choice, habits, travel, solver)
    by_id = {str(stop.id): stop for stop, _ in stops}
    plan.stops = [by_id[call.stop_id] for call in route.calls]
    write_route(plan, plan.stops, route, agency.zone)
    plan.left_out = told_first(homeless + left_out)
    return plan


def keep_plan(session: Session, actor: Actor, wish: DayWish, plan: DayPlan, *, now: dt.datetime) -> DayPlan:
    """Store a laid out plan as the draft of its day; an earlier plan of that day is replaced whole.

    The plan keeps its id, and a visit that was in the earlier plan keeps its stop's: phones may name it already.
    Raises Invalid where somebody has left the caseload meanwhile, Conflict when visits of that day were already made.
    """
    _people(session, actor, wish)
    plan = take_place_of(session, replaceable_plan(session, actor, wish.on), plan)
    record(session, actor, "plan.made", plan.id, now=now, stops=len(plan.stops), left_out=len(plan.left_out))
    return plan


def new_stop(
    person: Supervisee,
    address: Address,
    pick: Pick,
    agency: Agency,
    on: dt.date,
    due: DueRow | None,
    holidays: Set[dt.date] = frozenset(),
) -> Stop:
    """Return a stop for this pick with its windows; times come with the route. Needs the person's cautions."""
    windows = windows_on(person, pick.place, agency, on, address=address, minutes=pick.minutes)
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
        priority=urgency(due, on, holidays) if due else 1,
        windows=[list(window) for window in windows],
        wanted=pick.wanted,
        latest=pick.latest,
        two_officers=pick.two_officers or needs_partner(person, on),
        state="planned",
        skip_reason="",
    )


def address_for(person: Supervisee, pick: Pick, on: dt.date) -> Address | None:
    """Return where to go: the address that the pick names where it holds on that day, else the latest of its place."""
    named = (each for each in addresses_on(person, on) if each.id == pick.address_id and each.place == pick.place)
    return next(named, None) or address_at(person, pick.place, on)


def _people(session: Session, actor: Actor, wish: DayWish) -> dict[uuid.UUID, Supervisee]:
    wanted = {pick.supervisee_id for pick in wish.picks}
    if not wanted:
        raise Invalid({"stop": "Pick at least one person, or let the list pick by urgency."})
    query = visible_supervisees(actor, wish.on).options(*FOR_STOPS)
    people = {person.id: person for person in session.scalars(query.where(Supervisee.id.in_(wanted)))}
    if set(people) != wanted:
        raise Invalid({"stop": "Somebody picked is not on your caseload that day. Open the plan page again."})
    return people


def _blank_plan(actor: Actor, wish: DayWish, agency: Agency, now: dt.datetime) -> DayPlan:
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
        with_partner=wish.with_partner,
        arranged_at=now,
        arranged_by=None,
    )


def _stops(
    people: dict[uuid.UUID, Supervisee], wish: DayWish, agency: Agency, due: Sequence[DueRow], holidays: Set[dt.date]
) -> tuple[list[tuple[Stop, Pick]], list[dict[str, Any]]]:
    """Return the stops with their picks, and the picks for whom no such address is on file."""
    first = {(row.person.id, row.place): row for row in visits_due(due)}
    stops: list[tuple[Stop, Pick]] = []
    homeless: list[dict[str, Any]] = []
    for pick in wish.picks:
        person = people[pick.supervisee_id]
        address = address_for(person, pick, wish.on)
        row = first.get(pick.key)
        if address:
            stops.append((new_stop(person, address, pick, agency, wish.on, row, holidays), pick))
        else:
            purpose = row.required.standard.label if row else UNPLANNED
            homeless.append(homeless_entry(pick, purpose, NO_ADDRESS))
    return stops, homeless
