"""A stored plan as the solver's request, and the solver's route written back into the plan."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set

from fieldapp.domain.clock import local_moment
from fieldapp.domain.plans.hours import seconds_of
from fieldapp.domain.plans.wish import Key
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.route import Call
from fieldapp.domain.routing.route import DayRoute
from fieldapp.domain.routing.route import Outside
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

KEPT = "kept"
Windows = tuple[Window, ...]
NO_HABITS: Mapping[Key, Windows] = {}


def request_of(
    plan: DayPlan, stops: Sequence[Stop], sure: Set[str] = frozenset(), habits: Mapping[Key, Windows] = NO_HABITS
) -> DayRequest:
    """Return the request for these stops of a plan; ids are the stops' ids as text, `sure` those to make before all.

    `habits` are the hours, by person and place, that the order should leave where that costs little.
    """
    return DayRequest(
        day=plan.on,
        shift_start=seconds_of(plan.start),
        shift_end=seconds_of(plan.end),
        start=Place(plan.start_lat, plan.start_lon, plan.start_label),
        end=Place(plan.end_lat, plan.end_lon, plan.end_label),
        lunch=_lunch(plan),
        stops=tuple(
            _stop_request(stop, str(stop.id) in sure, habits.get((stop.supervisee_id, stop.place), ()))
            for stop in stops
        ),
    )


def open_windows(stop: Stop) -> Windows:
    """Return when the visit may begin: the person's windows, up to the latest time that the officer set."""
    windows = [(opens, closes) for opens, closes in stop.windows]
    return within(windows, 0, seconds_of(stop.latest)) if stop.latest else tuple(windows)


def write_route(plan: DayPlan, stops: Sequence[Stop], route: DayRoute, zone: str) -> None:
    """Write order, times and travel into the plan and its stops; stops that the route leaves out are the caller's.

    `Stop.outside`: "" in its windows; early, late, closed when it misses them; KEPT when the officer wants it so.
    """
    by_id = {str(stop.id): stop for stop in stops}
    for position, call in enumerate(route.calls):
        _write_call(by_id[call.stop_id], position, call, plan.on, zone)
    plan.lunch_at = local_moment(zone, plan.on, route.lunch.start) if route.lunch else None
    plan.back_at = local_moment(zone, plan.on, route.back_at)
    plan.travel_m, plan.travel_source = route.travel_m, route.source


def _write_call(stop: Stop, position: int, call: Call, on: dt.date, zone: str) -> None:
    stop.position = position
    stop.arrive_at = local_moment(zone, on, call.begin)
    stop.leave_at = local_moment(zone, on, call.leave)
    stop.travel_s, stop.travel_m = call.travel_s, call.travel_m
    if call.outside is None or stop.outside != KEPT:
        stop.outside = outside_word(call.outside) if call.outside else ""
    fits = call.outside.next_fit if call.outside else None
    stop.fits_at = local_moment(zone, on, fits) if fits is not None else None


def outside_word(outside: Outside) -> str:
    """Return how a call misses its windows: early, late, or closed where there is none that day."""
    if outside.nearest is None:
        return "closed"
    return "early" if outside.early_s and (not outside.late_s or outside.early_s <= outside.late_s) else "late"


def _lunch(plan: DayPlan) -> LunchRequest | None:
    if not plan.lunch_minutes or plan.lunch_earliest is None or plan.lunch_latest is None:
        return None
    return LunchRequest(plan.lunch_minutes, seconds_of(plan.lunch_earliest), seconds_of(plan.lunch_latest))


def _stop_request(stop: Stop, required: bool, usual: Windows) -> StopRequest:
    lat, lon = stop.address.sure_position
    return StopRequest(
        id=str(stop.id),
        place=None if lat is None or lon is None else Place(lat, lon),
        service_s=stop.minutes * 60,
        windows=open_windows(stop),
        priority=max(1, stop.priority),
        required=required,
        usual=usual,
    )
