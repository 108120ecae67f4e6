"""What a phone needs to re-plan a day without the office: windows, travel times and places, and nobody's name."""

import hashlib
import json
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.clock import the_agency
from fieldapp.domain.plans.request import KEPT
from fieldapp.domain.plans.request import open_windows
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest
from fieldapp.models.plan import DayPlan


def day_travel(session: Session, plan: DayPlan, travel: TravelTimes) -> dict[str, Any]:
    """Return the day as the phone's own solver takes it. Times are seconds of the local day, positions WGS 84.

    `seconds` has a row for the start, the end, and each stop with a position, in the order of `stops`. How long the
    phone takes from where it is, it estimates by `road_factor` and `speed_kmh`, as the office does without roads.
    Raises TryLater when the travel times cannot be had now.
    """
    request = request_of(plan, plan.stops)
    matrix = travel.matrix(request.places)
    agency = the_agency(session)
    kept = {str(stop.id) for stop in plan.stops if stop.outside == KEPT}
    return {
        "plan": str(plan.id),
        "on": plan.on.isoformat(),
        "shift": [request.shift_start, request.shift_end],
        "start": _position(request.start),
        "end": _position(request.end),
        "end_label": plan.end_label,
        "lunch": _lunch(plan, request),
        "stops": [_stop(stop, stop.id in kept) for stop in request.stops],
        "seconds": [list(row) for row in matrix.seconds],
        "road_factor": agency.road_factor,
        "speed_kmh": agency.speed_kmh,
        "source": matrix.source,
    }


def travel_version(plan: DayPlan) -> str:
    """Return a short text that changes with the stops, their places and their hours, but not with their order."""
    stops = sorted(
        [str(stop.id), *stop.address.sure_position, stop.minutes, open_windows(stop), stop.outside == KEPT]
        for stop in plan.stops
    )
    facts = [stops, plan.start.isoformat(), plan.end.isoformat(), plan.start_lat, plan.start_lon]
    facts += [plan.end_lat, plan.end_lon, plan.lunch_minutes]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]


def _position(place: Place) -> list[float]:
    return [place.lat, place.lon]


def _lunch(plan: DayPlan, request: DayRequest) -> dict[str, Any] | None:
    lunch = request.lunch
    if lunch is None:
        return None
    at = plan.lunch_at.isoformat() if plan.lunch_at else None
    return {"seconds": lunch.seconds, "earliest": lunch.earliest, "latest": lunch.latest, "at": at}


def _stop(stop: StopRequest, kept: bool) -> dict[str, Any]:
    return {
        "id": stop.id,
        "at": _position(stop.place) if stop.place else None,
        "service_s": stop.service_s,
        "windows": [list(window) for window in stop.windows],
        "priority": stop.priority,
        "kept": kept,
    }
