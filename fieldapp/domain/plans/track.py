"""A planned day as points on a map, for other programs: numbers and codes of places, never names."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.plans.codes import place_code
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop


@dataclass(frozen=True)
class Point:
    """A place in WGS 84 degrees, such as "3 K7QM-H", with the times of the visit (UTC) where they are known."""

    name: str
    lat: float
    lon: float
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None


@dataclass(frozen=True)
class Track:
    """A day's stops in their order, and the whole way: with the office where the day starts or ends there."""

    on: dt.date
    stops: tuple[Point, ...]
    way: tuple[Point, ...]


def take_along(session: Session, actor: Actor, plan: DayPlan, *, now: dt.datetime) -> Track:
    """Return the actor's own plan as points, and audit that positions left the app.

    A stop that is skipped or has no position is left out, the others keep their numbers. Raises Conflict when none is
    left.
    """
    stops = [_point(number, stop) for number, stop in enumerate(plan.stops, start=1) if _is_on_map(stop)]
    if not stops:
        raise Conflict("No stop of this plan has a position to drive to. Add one first.")
    agency = the_agency(session)
    way = (*_start(plan, agency), *stops, *_end(plan, agency))
    record(session, actor, "plan.taken_along", plan.id, now=now, stops=len(stops))
    return Track(plan.on, tuple(stops), way)


def _is_on_map(stop: Stop) -> bool:
    return stop.state != "skipped" and None not in stop.address.sure_position


def _point(number: int, stop: Stop) -> Point:
    name = f"{number} {place_code(stop.address_id, stop.place)}"
    return Point(name, stop.address.lat or 0.0, stop.address.lon or 0.0, stop.arrive_at, stop.leave_at)


def _start(plan: DayPlan, agency: Agency) -> list[Point]:
    # anywhere but the office could be where the officer lives
    at = (plan.start_lat, plan.start_lon)
    return [Point("Start", *at)] if at == (agency.office_lat, agency.office_lon) else []


def _end(plan: DayPlan, agency: Agency) -> list[Point]:
    at = (plan.end_lat, plan.end_lon)
    return [Point("End", *at)] if at == (agency.office_lat, agency.office_lon) else []
