"""A day that goes on from somewhere on the way: what was still ahead is timed from there, and not from the morning."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from sqlalchemy.orm import Session

from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_moment
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.plans.request import write_route
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.schedule import schedule
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.strict_json import parse_json
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.wire import Submission

OVER_SHIFT = "over"
MOST_NAMED = 500
LONGEST_S = 86_400
LONGEST_M = 5_000_000


@dataclass(frozen=True)
class Onward:
    """How the rest of a day begins, as the phone signed it with an order.

    `over`: the stops behind the officer then. `to`: the stop to drive to first, `drive_s` seconds and `drive_m` meters
    away; None where no stop ahead has a position. `lunch`: whether lunch was still to come. Where the officer was is
    not told: how far the first stop is says enough.
    """

    over: frozenset[uuid.UUID]
    to: uuid.UUID | None
    drive_s: int
    drive_m: int
    lunch: bool


def read_onward(fields: Fields) -> Onward | None:
    """Return what an order's body says of how the day goes on; None of one that was made by hand. Raises Invalid."""
    if fields.value.get("onward") is None:
        return None
    said = fields.object("onward")
    return Onward(
        over=frozenset(said.uuids("over", MOST_NAMED)),
        to=said.maybe_uuid("to"),
        drive_s=said.whole("drive_s", 0, LONGEST_S),
        drive_m=said.whole("drive_m", 0, LONGEST_M),
        lunch=said.flag("lunch"),
    )


def onward_of(session: Session, plan: DayPlan) -> Onward | None:
    """Return how the plan's last arrangement had the day go on; None where it was made by hand or at the office.

    It is read from the submission that brought the order, so that the times come out the same whatever arrived since.
    """
    kept = session.get(Submission, plan.arranged_by) if plan.arranged_by else None
    if kept is None:
        return None
    payload = parse_json(decode_part(kept.jws.split(".")[1]), "payload")
    return read_onward(fields_of(payload.get("body"), "body"))


def time_onward(plan: DayPlan, stops: Sequence[Stop], onward: Onward, travel: TravelTimes, zone: str) -> None:
    """Time those of these stops that are ahead, from the moment the order was decided; what is behind stays as it is.

    `stops` are those to be made, in order; the plan was timed as a whole before. Raises TryLater.
    """
    ahead = [stop for stop in stops if stop.id not in onward.over]
    if not ahead or plan.arranged_at is None or local_date(zone, plan.arranged_at) != plan.on:
        return
    at = local_seconds(zone, plan.arranged_at)
    first = next((row for row, stop in enumerate(located(ahead), start=2) if stop.id == onward.to), None)
    there = next((stop for stop in ahead if stop.id == onward.to), None)
    behind = [stop for stop in stops if stop.id in onward.over]
    request = rest_request(plan, ahead, at, position_of(there) or last_place(plan, behind), lunch=onward.lunch)
    matrix = travel.matrix(request.places)
    if first is not None:
        matrix = set_out(matrix, first, onward)
    write_rest(plan, ahead, schedule([str(stop.id) for stop in ahead], matrix, request), matrix, request, zone)
    if not onward.lunch and plan.lunch_at is not None:
        plan.lunch_at = min(plan.lunch_at, local_moment(zone, plan.on, at - plan.lunch_minutes * 60))


def rest_request(plan: DayPlan, ahead: Sequence[Stop], at: int, start: Place, *, lunch: bool) -> DayRequest:
    """Return the request for the rest of a day: from `start` at `at` (seconds of the local day) to where it ends."""
    whole = request_of(plan, ahead)
    begin = max(at, whole.shift_start)
    end = max(whole.shift_end, begin + 1)
    return replace(whole, shift_start=begin, shift_end=end, start=start, lunch=whole.lunch if lunch else None)


def write_rest(
    plan: DayPlan, ahead: Sequence[Stop], route: DayRoute, matrix: TravelMatrix, request: DayRequest, zone: str
) -> None:
    """Write the times of what is ahead; the distance of the whole day and a lunch that is over stay as they are."""
    meters, lunch_at = plan.travel_m, plan.lunch_at
    positions = [stop.position for stop in ahead]
    write_route(plan, ahead, route, zone)
    plan.travel_m = meters
    if route.lunch is None:
        plan.lunch_at = lunch_at
    beyond = over_shift(route, matrix, request)
    for stop, position in zip(ahead, positions, strict=True):
        stop.position = position
        if str(stop.id) in beyond and not stop.outside:
            stop.outside = OVER_SHIFT


def over_shift(route: DayRoute, matrix: TravelMatrix, request: DayRequest) -> set[str]:
    """Return the stops after which the officer is not back by the end of the shift."""
    rows = {stop.id: row for row, stop in enumerate(request.located, start=2)}
    return {
        call.stop_id for call in route.calls if call.leave + matrix.seconds[rows[call.stop_id]][1] > request.shift_end
    }


def set_out(matrix: TravelMatrix, row: int, onward: Onward) -> TravelMatrix:
    """Return the matrix with the start so far away from the place of that row; elsewhere one drives by way of it."""
    seconds = tuple(onward.drive_s + way for way in matrix.seconds[row])
    meters = tuple(onward.drive_m + way for way in matrix.meters[row])
    return TravelMatrix((seconds, *matrix.seconds[1:]), (meters, *matrix.meters[1:]), matrix.source)


def located(stops: Sequence[Stop]) -> list[Stop]:
    """Return those of the stops that have a position, in the order of the travel matrix."""
    return [stop for stop in stops if position_of(stop)]


def position_of(stop: Stop | None) -> Place | None:
    """Return where a stop is, or None."""
    lat, lon = stop.address.sure_position if stop else (None, None)
    return None if lat is None or lon is None else Place(lat, lon)


def last_place(plan: DayPlan, behind: Sequence[Stop]) -> Place:
    """Return where the officer is taken to be without a position: at the last stop made, else where the day starts."""
    there = [position for position in map(position_of, behind) if position]
    return there[-1] if there else Place(plan.start_lat, plan.start_lon, plan.start_label)
