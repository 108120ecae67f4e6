"""Re-plan from here: the best order of what is left of a day that is under way, as a proposal that changes nothing."""

import datetime as dt
import uuid
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import dataclass
from dataclasses import replace

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_moment
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.hours import seconds_of
from fieldapp.domain.plans.onward import OVER_SHIFT
from fieldapp.domain.plans.onward import last_place
from fieldapp.domain.plans.onward import over_shift
from fieldapp.domain.plans.onward import position_of
from fieldapp.domain.plans.onward import rest_request
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.plans.request import KEPT
from fieldapp.domain.plans.request import outside_word
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import ALL_DAY
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

NO_POSITION = "no_position"
# as the solver weighs a second on the road against a second of the day
ROAD_WEIGHT = 10
OTHER_DAY = "This is the plan of another day. Open Today again, then re-plan."
NOTHING_LEFT = "No stop of this plan is left. There is nothing to re-plan."
SHIFT_OVER = "Your shift is over. Skip the stops that are left, or arrange them by hand."


@dataclass(frozen=True)
class Asked:
    """What the phone asks: `stops` are those left, in its order; `position` is None where it has none.

    `last` is the stop it was made at last, None where it knows of none.
    """

    stops: Sequence[uuid.UUID]
    position: Place | None
    last: uuid.UUID | None


@dataclass(frozen=True)
class ProposedStop:
    """One stop ahead. `trouble`: "" where all is well, early, late or closed outside its windows, over where the
    officer would not be back by the shift's end, no_position where nobody can say; `arrive_at` is None then."""

    id: uuid.UUID
    arrive_at: dt.datetime | None
    trouble: str


@dataclass(frozen=True)
class Proposal:
    """The order found, timed from `at`; `was_back_at` is when the order as it is would end from the same place.

    `drive_s`, `drive_m`: to the stop `to`, the first with a position. `lunch`: whether it is still to come, then
    `lunch_at` is when. `source`: whose travel times these are.
    """

    at: dt.datetime
    stops: Sequence[ProposedStop]
    to: uuid.UUID | None
    drive_s: int
    drive_m: int
    lunch: bool
    lunch_at: dt.datetime | None
    back_at: dt.datetime
    was_back_at: dt.datetime
    end: str
    source: str


def propose(
    session: Session, actor: Actor, plan_id: uuid.UUID, asked: Asked, travel: TravelTimes, solver: RouteSolver,
    *, now: dt.datetime,
) -> Proposal:  # fmt: skip
    """Return the best order of the stops left, from where the officer is. Nothing is written.

    Every stop left is in it: what no longer fits follows at the end, in its order, and says why. Never worse than
    the order as it is. Raises NotFound for a plan that is not the actor's, Conflict where nothing can be re-planned,
    TryLater when the solver or the travel times fail.
    """
    zone = the_agency(session).zone
    plan = own_plan(session, actor, plan_id)
    ahead = _ahead(plan, asked, visited_stops(session, plan))
    at = max(local_seconds(zone, now), seconds_of(plan.start))
    _refuse(plan, ahead, at, local_date(zone, now))
    lunch = lunch_to_come(plan, local_moment(zone, plan.on, at))
    request = rest_request(plan, ahead, at, _start(plan, asked), lunch=lunch)
    matrix = travel.matrix(request.places)
    now_order = [str(stop.id) for stop in ahead]
    was = schedule(now_order, matrix, request)
    found = solver.solve(_with_kept_open(request, ahead), matrix)
    best = schedule([*found, *(id for id in now_order if id not in found)], matrix, request)
    best = min(was, best, key=lambda route: _cost(route, matrix, request))
    return _proposal(plan, ahead, best, was, matrix, request, zone)


def lunch_to_come(plan: DayPlan, at: dt.datetime) -> bool:
    """Say whether lunch is still to come: not where the plan's has passed by then."""
    if not plan.lunch_minutes:
        return False
    return plan.lunch_at is None or plan.lunch_at + dt.timedelta(minutes=plan.lunch_minutes) > at


def _ahead(plan: DayPlan, asked: Asked, made: Set[uuid.UUID]) -> list[Stop]:
    by_id = {stop.id: stop for stop in plan.stops if stop.id not in made}
    return [by_id[id] for id in asked.stops if id in by_id]


def _refuse(plan: DayPlan, ahead: Sequence[Stop], at: int, today: dt.date) -> None:
    if plan.on != today:
        raise Conflict(OTHER_DAY)
    if not ahead:
        raise Conflict(NOTHING_LEFT)
    if at >= seconds_of(plan.end):
        raise Conflict(SHIFT_OVER)


def _start(plan: DayPlan, asked: Asked) -> Place:
    if asked.position:
        return asked.position
    return last_place(plan, [stop for stop in plan.stops if stop.id == asked.last])


def _with_kept_open(request: DayRequest, ahead: Sequence[Stop]) -> DayRequest:
    """Stops that the officer wants outside of their windows may be made at any time."""
    kept = {str(stop.id) for stop in ahead if stop.outside == KEPT}
    stops = (replace(stop, windows=ALL_DAY) if stop.id in kept else stop for stop in request.stops)
    return replace(request, stops=tuple(stops))


def _cost(route: DayRoute, matrix: TravelMatrix, request: DayRequest) -> tuple[int, int, int]:
    """What makes one order worse than another: urgent stops that do not fit, then limits and time of those that do."""
    priority = {stop.id: stop.priority for stop in request.stops}
    late = over_shift(route, matrix, request)
    fits = [call.stop_id for call in route.calls if not call.outside and call.stop_id not in late]
    alone = schedule(fits, matrix, request)
    return -sum(priority[id] for id in fits), alone.late_s, ROAD_WEIGHT * alone.travel_s + alone.back_at


def _proposal(
    plan: DayPlan, ahead: Sequence[Stop], best: DayRoute, was: DayRoute, matrix: TravelMatrix, request: DayRequest,
    zone: str,
) -> Proposal:  # fmt: skip
    late = over_shift(best, matrix, request)
    stops = []
    for call in best.calls:
        trouble = outside_word(call.outside) if call.outside else OVER_SHIFT if call.stop_id in late else ""
        stops.append(ProposedStop(uuid.UUID(call.stop_id), local_moment(zone, plan.on, call.begin), trouble))
    stops += [ProposedStop(stop.id, None, NO_POSITION) for stop in ahead if position_of(stop) is None]
    first = best.calls[0] if best.calls else None
    return Proposal(
        at=local_moment(zone, plan.on, request.shift_start),
        stops=stops,
        to=uuid.UUID(first.stop_id) if first else None,
        drive_s=first.travel_s if first else 0,
        drive_m=first.travel_m if first else 0,
        lunch=request.lunch is not None,
        lunch_at=local_moment(zone, plan.on, best.lunch.start) if best.lunch else None,
        back_at=local_moment(zone, plan.on, best.back_at),
        was_back_at=local_moment(zone, plan.on, was.back_at),
        end=plan.end_label,
        source=best.source,
    )
