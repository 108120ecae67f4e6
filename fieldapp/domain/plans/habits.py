"""The weekdays and hours of a person's last visits, which the next one had better not repeat."""

import datetime as dt
import uuid
from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.plans.wish import Key
from fieldapp.domain.routing.request import Window
from fieldapp.models.visit import Visit

LAST_VISITS = 3
LOOKED_BACK = dt.timedelta(days=180)
HOUR = 3600

Habits = dict[Key, tuple[Window, ...]]


def usual_hours(
    session: Session, actor: Actor, people: Collection[uuid.UUID], on: dt.date, zone: str, *, now: dt.datetime
) -> Habits:
    """Return for person and place the hours, in seconds of the day, in which any of the last visits began.

    Only visits on the weekday of `on` count, attempts too: whoever did not open knows the hour all the same.
    """
    visible = visible_visits(actor, on).where(Visit.supervisee_id.in_(people), Visit.arrived_at >= now - LOOKED_BACK)
    columns = visible.with_only_columns(Visit.supervisee_id, Visit.place, Visit.arrived_at)
    seen: dict[Key, list[dt.datetime]] = {}
    for person, place, arrived in session.execute(columns.order_by(Visit.arrived_at.desc())).all():
        seen.setdefault((person, place), []).append(arrived.astimezone(ZoneInfo(zone)))
    return {
        key: tuple((at.hour * HOUR, at.hour * HOUR + HOUR) for at in last[:LAST_VISITS] if at.weekday() == on.weekday())
        for key, last in seen.items()
    }
