"""A plan taking the place of the day's earlier one, under the same ids, and what stands in its way."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import Conflict
from fieldapp.models.field import CheckIn
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from fieldapp.models.visit import Visit


def replaceable_plan(session: Session, actor: Actor, on: dt.date) -> DayPlan | None:
    """Return the officer's plan of that day, or None; nobody else makes or replaces one until this transaction ends.

    Raises Conflict when visits of the plan were already made or begun.
    """
    # a double tap must not make two plans: the second waits here for the first (SQLite has one writer by nature)
    session.execute(select(User.id).where(User.id == actor.id).with_for_update(key_share=True))
    query = select(DayPlan).where(DayPlan.officer_id == actor.id, DayPlan.on == on)
    old = session.scalars(query.options(selectinload(DayPlan.stops))).first()
    if old and visited_stops(session, old):
        raise Conflict("Visits of this plan were already made. Add, move or remove stops of the day instead.")
    return old


def take_place_of(session: Session, old: DayPlan | None, new: DayPlan) -> DayPlan:
    """Store the new plan and return it; visits that were in the old one keep their stops' ids."""
    if old is None:
        session.add(new)
        session.flush()
        return new
    known = {(stop.supervisee_id, stop.place): stop.id for stop in old.stops}
    new.id = old.id
    for stop in new.stops:
        stop.id = known.get((stop.supervisee_id, stop.place), stop.id)
    merged = session.merge(new)
    session.flush()
    return merged


def visited_stops(session: Session, plan: DayPlan) -> set[uuid.UUID]:
    """Return the ids of the plan's stops that have a visit, or a check-in, after which a visit is under way."""
    return visited_among(session, [stop.id for stop in plan.stops])


def visited_among(session: Session, stops: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these stops, of whatever plans, have a visit or a check-in."""
    visited = session.scalars(select(Visit.stop_id).where(Visit.stop_id.in_(stops)))
    arrived = session.scalars(select(CheckIn.stop_id).where(CheckIn.stop_id.in_(stops)))
    return {stop_id for stop_id in (*visited, *arrived) if stop_id}
