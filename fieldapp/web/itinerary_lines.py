"""Itineraries in words: an officer's day in a line, a preview of a team shared out, and what an officer is told."""

import datetime as dt
import uuid
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.itineraries.approval import Approval
from fieldapp.domain.itineraries.approval import approval_of
from fieldapp.domain.itineraries.approval import mark_of
from fieldapp.domain.itineraries.approval import visit_key
from fieldapp.domain.itineraries.hand_over import moves_of
from fieldapp.domain.itineraries.share import Share
from fieldapp.domain.itineraries.team_day import OfficerDay
from fieldapp.domain.routing.team_plan import TeamRoutes
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from fieldapp.web.filters import clock
from fieldapp.web.filters import count
from fieldapp.web.stop_lines import StopLine
from fieldapp.web.stop_lines import stop_line

STATES = {"done": "seen", "tried": "attempted", "skipped": "skipped"}


@dataclass(frozen=True)
class DayLine:
    """One officer's day. `words`: how many stops and what came of them; `hours` "" where nothing is timed.

    `away`: ticked as ill or away; who has no plan that day is, until somebody says otherwise.
    """

    day: OfficerDay
    words: str
    hours: str
    away: bool


@dataclass(frozen=True)
class ItineraryLine:
    """One stop of an itinerary. `movable`: neither begun nor skipped; `new`: came in after the plan was approved."""

    line: StopLine
    state: str
    movable: bool
    new: bool


@dataclass(frozen=True)
class Itinerary:
    """One officer's itinerary. `mark` says which version of the plan was read."""

    lines: Sequence[ItineraryLine]
    mark: str


@dataclass(frozen=True)
class MovedLine:
    """One visit in a preview: whose it was and at which minute of the day it is made now."""

    stop: Stop
    other: User
    eta: int


@dataclass(frozen=True)
class SharedLine:
    """One officer in a preview. `before` and `after` say how many stops are left and the way in meters."""

    officer: User
    before: tuple[int, int]
    after: tuple[int, int]
    back: int | None
    takes: Sequence[MovedLine]
    gives: Sequence[MovedLine]
    overtime: bool


@dataclass(frozen=True)
class LostLine:
    """A visit that nobody can make, whose it was, and why."""

    stop: Stop
    officer: User
    words: str


@dataclass(frozen=True)
class SharedPage:
    """A preview: every officer, what is lost, and how many visits go to somebody else."""

    lines: Sequence[SharedLine]
    lost: Sequence[LostLine]
    moved: int
    estimated: bool


@dataclass(frozen=True)
class News:
    """What the office has done about an officer's day: its approval, and visits that came or went."""

    approval: Approval | None
    moves: Sequence[str]


def day_line(day: OfficerDay, agency: Agency, away: Collection[uuid.UUID] | None) -> DayLine:
    """Return an officer's line; `away` None: nobody has ticked anything yet."""
    ticked = day.plan is None if away is None else day.officer.id in away
    if day.plan is None:
        return DayLine(day, "No plan for this day", "", ticked)
    states = [one.state for one in day.stops]
    found = [f"{states.count(state)} {word}" for state, word in STATES.items() if state in states]
    return DayLine(day, ", ".join([count(len(day.stops), "stop"), *found]), _hours(day.plan, agency), ticked)


def itinerary(day: OfficerDay, plan: DayPlan, agency: Agency) -> Itinerary:
    """Return the lines of one officer's plan."""
    movable, new = {stop.id for stop in day.left}, day.approval.new if day.approval else frozenset()
    lines = [
        ItineraryLine(
            stop_line(one.stop, plan.on, agency, day.begun),
            one.state,
            one.stop.id in movable,
            visit_key(one.stop) in new,
        )
        for one in day.stops
    ]
    return Itinerary(lines, mark_of(plan))


def shared_page(share: Share, routes: TeamRoutes) -> SharedPage:
    """Return what would come of sharing out."""
    owners = {str(stop.id): (day.officer, stop) for day in share.days for stop in day.left}
    takes: dict[uuid.UUID, list[MovedLine]] = {day.officer.id: [] for day in share.days}
    gives: dict[uuid.UUID, list[MovedLine]] = {day.officer.id: [] for day in share.days}
    for day in share.days:
        route = routes.routes.get(str(day.officer.id))
        for call in route.calls if route else ():
            owner, stop = owners[call.stop_id]
            if owner.id != day.officer.id:
                takes[day.officer.id].append(MovedLine(stop, owner, call.begin // 60 % 1440))
                gives[owner.id].append(MovedLine(stop, day.officer, call.begin // 60 % 1440))
    lines = [_shared_line(day, routes, takes[day.officer.id], gives[day.officer.id]) for day in share.days]
    lost = [LostLine(owners[out.stop_id][1], owners[out.stop_id][0], out.words) for out in routes.left_out]
    estimated = any(route.source == "estimate" for route in routes.routes.values())
    return SharedPage(lines, lost, sum(map(len, takes.values())), estimated)


def news_of(session: Session, plan: DayPlan) -> News:
    """Return what the officer of this plan has to know."""
    moves = [
        f"{move.supervisee.name}: moved to you from {move.from_officer.name} by {move.by.name}"
        if move.to_officer_id == plan.officer_id
        else f"{move.supervisee.name}: moved from you to {move.to_officer.name} by {move.by.name}"
        for move in moves_of(session, plan.officer_id, plan.on)
    ]
    return News(approval_of(session, plan), moves)


def _shared_line(
    day: OfficerDay, routes: TeamRoutes, takes: Sequence[MovedLine], gives: Sequence[MovedLine]
) -> SharedLine:
    route = routes.routes.get(str(day.officer.id))
    there = route if route and route.calls else None
    return SharedLine(
        officer=day.officer,
        before=(len(day.left), sum(stop.travel_m for stop in day.left)),
        after=(len(there.calls), there.travel_m) if there else (0, 0),
        back=there.back_at // 60 % 1440 if there else None,
        takes=takes,
        gives=gives,
        overtime=bool(there and there.overtime_s),
    )


def _hours(plan: DayPlan, agency: Agency) -> str:
    return f"{clock(plan.start, agency)} to {clock(plan.back_at, agency)}" if plan.back_at else ""


def day_choices(today: dt.date, on: dt.date) -> tuple[dt.date | None, dt.date]:
    """Return the day before, None where that is over, and the day after."""
    before = on - dt.timedelta(days=1)
    return (before if before >= today else None), on + dt.timedelta(days=1)
