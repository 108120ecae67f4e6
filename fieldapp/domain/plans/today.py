"""Which plan an officer has for a day, whatever its state."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.models.plan import DayPlan


def plan_of(session: Session, actor: Actor, on: dt.date) -> DayPlan | None:
    """Return the actor's own plan of that day, draft or accepted, or None."""
    return session.scalars(select(DayPlan).where(DayPlan.officer_id == actor.id, DayPlan.on == on)).first()
