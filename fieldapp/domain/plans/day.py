"""An officer's day as it stands: each stop with what came of it, the next one, and how far along the day is."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_plans
from fieldapp.domain.actor import Actor
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit

STATES = {"completed": "done", "attempted": "tried", "not_attempted": "tried"}


@dataclass(frozen=True)
class StopState:
    """One stop as it stands. `state`: done, tried, skipped, next, later; `visit` is the latest one made for it."""

    stop: Stop
    number: int
    state: str
    visit: Visit | None


@dataclass(frozen=True)
class Day:
    """A plan with the state of its stops in order."""

    plan: DayPlan
    stops: Sequence[StopState]

    @property
    def next(self) -> StopState | None:
        """The stop to go to now, or None when the day is through."""
        return next((one for one in self.stops if one.state == "next"), None)

    def count(self, *states: str) -> int:
        """Return how many stops are in one of these states."""
        return sum(one.state in states for one in self.stops)

    def those(self, *states: str) -> list[StopState]:
        """Return the stops in these states, in order."""
        return [one for one in self.stops if one.state in states]


def officers_day(session: Session, actor: Actor, officer_id: uuid.UUID, on: dt.date) -> Day | None:
    """Return the accepted plan of that officer and date, or None when there is none that the actor may see."""
    days = days_on(session, actor, on, officer_id=officer_id)
    return days[0] if days else None


def days_on(session: Session, actor: Actor, on: dt.date, *, officer_id: uuid.UUID | None = None) -> list[Day]:
    """Return all accepted plans of that date that the actor may see, by officer's name."""
    query = visible_plans(actor).where(DayPlan.on == on, DayPlan.state == "accepted").options(*for_day())
    if officer_id:
        query = query.where(DayPlan.officer_id == officer_id)
    plans = sorted(session.scalars(query).unique(), key=lambda plan: plan.officer.name)
    visits = latest_visits(session, [stop.id for plan in plans for stop in plan.stops])
    return [Day(plan, states(plan.stops, visits)) for plan in plans]


def own_day(session: Session, actor: Actor, plan_id: uuid.UUID) -> Day:
    """Return the day of one of the actor's own plans, accepted or not. Raises NotFound."""
    query = visible_plans(actor).where(DayPlan.officer_id == actor.id).options(*for_day())
    plan = one(session, query, DayPlan.id, plan_id, "This plan")
    return Day(plan, states(plan.stops, latest_visits(session, [stop.id for stop in plan.stops])))


def states(stops: Iterable[Stop], visits: dict[uuid.UUID, Visit]) -> list[StopState]:
    """Return each stop with its state: the first without a visit that is not skipped is next."""
    found: list[StopState] = []
    waiting = "next"
    for number, stop in enumerate(stops, start=1):
        visit = visits.get(stop.id)
        if visit:
            state = STATES[visit.outcome_class]
        elif stop.state == "skipped":
            state = "skipped"
        else:
            state, waiting = waiting, "later"
        found.append(StopState(stop, number, state, visit))
    return found


def for_day() -> tuple[ExecutableOption, ...]:
    """Return what a query for plans must load so that a day's page asks nothing more, however many stops there are."""
    stops = selectinload(DayPlan.stops)
    return (
        joinedload(DayPlan.officer),
        stops.joinedload(Stop.address),
        stops.joinedload(Stop.supervisee).options(
            selectinload(Supervisee.levels), selectinload(Supervisee.cautions), selectinload(Supervisee.conditions)
        ),
    )


def latest_visits(session: Session, stops: Sequence[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    """Return the latest visit made for each of these stops, by the stop's id."""
    query = select(Visit).where(Visit.stop_id.in_(stops)).order_by(Visit.arrived_at)
    return {visit.stop_id: visit for visit in session.scalars(query) if visit.stop_id}
