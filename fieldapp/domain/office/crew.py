"""Who is in the field today: where each officer is, how far along, and when the phone was last heard of."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload

from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import local_moment
from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day import days_on
from fieldapp.models.field import CheckIn
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Device
from fieldapp.models.wire import PhoneReport
from fieldapp.models.wire import Submission

# an officer with work left who has not been heard of for so long is shown with a triangle
QUIET = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Arrival:
    """A check-in with the name of the person it is about."""

    at: dt.datetime
    supervisee_id: uuid.UUID
    stop_id: uuid.UUID | None
    name: str


@dataclass(frozen=True)
class Whereabouts:
    """Where an officer is by what arrived. `state`: here, seen, tried or not_started (then without name and time)."""

    state: str
    name: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """What an officer's phones last said they still hold, together; `oldest_at` is the phone's own time."""

    count: int = 0
    oldest_at: dt.datetime | None = None


@dataclass(frozen=True)
class CrewMember:
    """One officer's day as the office knows it. `back_at` is an estimate; `heard_at` None: never."""

    officer: User
    day: Day
    where: Whereabouts
    back_at: dt.datetime | None
    heard_at: dt.datetime | None
    quiet: bool
    waiting: Waiting


def crew(session: Session, actor: Actor, on: dt.date, zone: str, *, now: dt.datetime) -> list[CrewMember]:
    """Return each visible officer with an accepted plan for the local date `on`, by name."""
    days = days_on(session, actor, on)
    officers = [day.plan.officer_id for day in days]
    start, end = local_moment(zone, on, 0), local_moment(zone, on + dt.timedelta(days=1), 0)
    arrivals, visits = _arrivals(session, officers, start, end), _visits(session, officers, start, end)
    heard, waiting = _heard(session, officers)
    return [
        _member(day, arrivals.get(day.plan.officer_id), visits[day.plan.officer_id], heard, waiting, now)
        for day in days
    ]


def whereabouts(arrival: Arrival | None, visits: Sequence[Visit]) -> Whereabouts:
    """Return where an officer is, from today's latest check-in and today's visits in the order of arrival.

    A visit to the same stop or person that ended after the check-in, or any that began after it, closes the check-in.
    """
    if arrival and not any(_closes(visit, arrival) for visit in visits):
        return Whereabouts("here", arrival.name, arrival.at)
    if not visits:
        return Whereabouts("not_started")
    last = visits[-1]
    return Whereabouts("seen" if last.outcome_class == "completed" else "tried", last.supervisee.name, last.left_at)


def end_of_day(day: Day, where: Whereabouts, now: dt.datetime) -> dt.datetime | None:
    """Return when the officer is about to be back: the plan's time, put off by what the next stop is late by now.

    Windows make an early officer wait, so a day that runs ahead is not brought forward. None without a plan's time.
    """
    upcoming, back = day.next, day.plan.back_at
    if upcoming is None or back is None or upcoming.stop.arrive_at is None:
        return back
    reached = where.at if where.state == "here" and where.at else now
    return back + max(dt.timedelta(), reached - upcoming.stop.arrive_at)


def _closes(visit: Visit, arrival: Arrival) -> bool:
    same = visit.supervisee_id == arrival.supervisee_id or (arrival.stop_id and visit.stop_id == arrival.stop_id)
    return bool(same and visit.left_at >= arrival.at) or visit.arrived_at > arrival.at


def _member(
    day: Day,
    arrival: Arrival | None,
    visits: Sequence[Visit],
    heard: Mapping[uuid.UUID, dt.datetime],
    waiting: Mapping[uuid.UUID, Waiting],
    now: dt.datetime,
) -> CrewMember:
    where, id = whereabouts(arrival, visits), day.plan.officer_id
    last = heard.get(id)
    return CrewMember(
        officer=day.plan.officer,
        day=day,
        where=where,
        back_at=end_of_day(day, where, now),
        heard_at=last,
        quiet=day.next is not None and (last is None or now - last > QUIET),
        waiting=waiting.get(id, Waiting()),
    )


def _arrivals(
    session: Session, officers: Sequence[uuid.UUID], start: dt.datetime, end: dt.datetime
) -> dict[uuid.UUID, Arrival]:
    """Return the latest check-in of each officer between two moments."""
    query = (
        select(CheckIn, Supervisee)
        .join(Supervisee, Supervisee.id == CheckIn.supervisee_id)
        .where(CheckIn.officer_id.in_(officers), CheckIn.at >= start, CheckIn.at < end)
        .order_by(CheckIn.at)
    )
    return {
        check_in.officer_id: Arrival(check_in.at, person.id, check_in.stop_id, person.name)
        for check_in, person in session.execute(query)
    }


def _visits(
    session: Session, officers: Sequence[uuid.UUID], start: dt.datetime, end: dt.datetime
) -> Mapping[uuid.UUID, list[Visit]]:
    query = (
        select(Visit)
        .where(Visit.officer_id.in_(officers), Visit.arrived_at >= start, Visit.arrived_at < end)
        .where(Visit.outcome_class != "not_attempted")
        .options(joinedload(Visit.supervisee))
        .order_by(Visit.arrived_at)
    )
    found: dict[uuid.UUID, list[Visit]] = defaultdict(list)
    for visit in session.scalars(query):
        found[visit.officer_id].append(visit)
    return found


def _heard(
    session: Session, officers: Sequence[uuid.UUID]
) -> tuple[dict[uuid.UUID, dt.datetime], dict[uuid.UUID, Waiting]]:
    """Return when each officer was last heard of, and what all phones of each still hold."""
    sent = select(Submission.officer_id, func.max(Submission.received_at)).where(Submission.officer_id.in_(officers))
    heard = dict(session.execute(sent.group_by(Submission.officer_id)).all())
    reports = (
        select(Device.officer_id, PhoneReport)
        .join(PhoneReport, PhoneReport.device_id == Device.id)
        .where(Device.officer_id.in_(officers), Device.signed_off_at.is_(None))
    )
    waiting: dict[uuid.UUID, Waiting] = {}
    for officer_id, report in session.execute(reports):
        heard[officer_id] = max(report.reported_at, heard.get(officer_id, report.reported_at))
        waiting[officer_id] = _together(waiting.get(officer_id, Waiting()), report)
    return heard, waiting


def _together(known: Waiting, report: PhoneReport) -> Waiting:
    if not report.waiting:
        return known
    return Waiting(known.count + report.waiting, _earliest((known.oldest_at, report.oldest_at)))


def _earliest(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return min((moment for moment in moments if moment), default=None)
