"""Which day to plan: today until its plan is in use or the shift is over, then the next day of field work."""

import datetime as dt
from collections.abc import Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.standards import agency_holidays
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.hours import seconds_of
from fieldapp.models.plan import DayPlan

AHEAD_DAYS = 60
SATURDAY = 5


def day_to_plan(session: Session, actor: Actor, *, now: dt.datetime) -> dt.date:
    """Return the day that the plan page offers first."""
    agency = the_agency(session)
    today = local_date(agency.zone, now)
    query = select(DayPlan.state).where(DayPlan.officer_id == actor.id, DayPlan.on == today)
    in_use = session.scalars(query).first() == "accepted"
    over = local_seconds(agency.zone, now) >= seconds_of(agency.shift_end)
    return next_field_day(today, agency_holidays(session)) if in_use or over else today


def next_field_day(after: dt.date, holidays: Set[dt.date]) -> dt.date:
    """Return the next working day; weekends can be planned too, they are only not offered first."""
    day = after + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY or day in holidays:
        day += dt.timedelta(days=1)
    return day


def refuse_day(on: dt.date, today: dt.date) -> None:
    """Raise Invalid for a day that is over or too far ahead to know who will be due."""
    if not today <= on <= today + dt.timedelta(days=AHEAD_DAYS):
        raise Invalid({"day": f"Choose a day from today up to {AHEAD_DAYS} days ahead."})
