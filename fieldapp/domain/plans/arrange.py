"""Changing the officer's own plan from what a phone sends, with the plan held until the sync is over."""

import uuid
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import TryLater
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.change import time_again
from fieldapp.domain.plans.onward import onward_of
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop


def held_plan(session: Session, actor: Actor, plan_id: uuid.UUID) -> DayPlan:
    """Return the actor's own plan; nobody changes its stops until this transaction ends. Raises NotFound."""
    # in the order in which the office's own pages write them, so that the two never wait for each other in a ring
    stops = select(Stop.id).where(Stop.plan_id == plan_id).order_by(Stop.id)
    session.scalars(stops.with_for_update(key_share=True)).all()
    return own_plan(session, actor, plan_id)


def arrange(plan: DayPlan, order: Sequence[uuid.UUID]) -> None:
    """Put the stops in this order; those that it does not name follow, those that are gone are passed over."""
    places = {stop_id: place for place, stop_id in enumerate(order)}
    plan.stops.sort(key=lambda stop: (places.get(stop.id, len(places)), stop.position))
    for position, stop in enumerate(plan.stops):
        stop.position = position


def time_for_phone(session: Session, plan: DayPlan, travel: TravelTimes, zone: str) -> None:
    """Time the plan again; where travel times cannot be had now, it keeps those it has: what a phone sent counts."""
    with suppress(TryLater):
        time_again(plan, travel, zone, onward_of(session, plan))
