"""The map of a day: its stops as a list, and the same for the script that draws them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from fieldapp.domain.maps.area import area_mark
from fieldapp.domain.maps.area import facts_or_problem
from fieldapp.domain.maps.area import places_of
from fieldapp.domain.maps.basemap import Basemap
from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day import StopState
from fieldapp.domain.routing.ports import RouteLines
from fieldapp.domain.routing.request import Place
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.web.basemap import basemap_data
from fieldapp.web.stop_lines import minute_of_day
from fieldapp.web.stop_lines import purpose_words

SHAPES = {"done": "s-ok", "tried": "s-tried", "skipped": "x", "next": "navigation", "later": "s-later"}
STRAIGHT = 2
WORDS = {"done": "Seen", "tried": "Attempted", "skipped": "Skipped", "next": "Next", "later": "Later"}


@dataclass(frozen=True)
class MapLine:
    """One stop in the list beside the map. `eta` is the minute of the day or None."""

    one: StopState
    shape: str
    word: str
    eta: int | None
    purpose: str
    href: str
    shown: bool


@dataclass(frozen=True)
class MapPage:
    """The page. `problem` says why there is no basemap although there is a file; `data` is what the script draws.

    `by_road` when at least a part of the line follows roads.
    """

    lines: Sequence[MapLine]
    problem: str
    by_road: bool
    data: dict[str, Any]
    is_today: bool


def map_page(day: Day, basemap: Basemap, lines: RouteLines, agency: Agency, today: dt.date) -> MapPage:
    """Return the page of a day; `lines` know how its way runs."""
    shown, problem = basemap_data(basemap)
    legs = _legs(day, lines)
    return MapPage(
        lines=[_line(one, day.plan.on, agency) for one in day.stops],
        problem=problem,
        by_road=any(len(leg["points"]) > STRAIGHT for leg in legs),
        data={**_data(day, shown, agency), "legs": legs},
        is_today=day.plan.on == today,
    )


def area_address(plan: DayPlan, basemap: Basemap) -> str:
    """Return where the phone gets the day's part of the basemap; "" where there is none."""
    facts, _problem = facts_or_problem(basemap)
    return url_for("maps.area", id=plan.id, mark=area_mark(plan, facts)) if facts else ""


def _line(one: StopState, on: dt.date, agency: Agency) -> MapLine:
    stop = one.stop
    moment = one.visit.arrived_at if one.visit else stop.arrive_at
    href = f"/visits/{one.visit.id}" if one.visit else f"/stops/{stop.id}/briefing"
    eta = None if one.state == "skipped" else minute_of_day(moment, agency)
    shown = None not in stop.address.sure_position
    return MapLine(one, SHAPES[one.state], WORDS[one.state], eta, purpose_words(stop, on, agency), href, shown)


def _data(day: Day, basemap: dict[str, Any] | None, agency: Agency) -> dict[str, Any]:
    plan = day.plan
    places = places_of(plan)
    lats, lons = [lat for lat, _lon in places], [lon for _lat, lon in places]
    return {
        "plan": str(plan.id),
        "on": plan.on.isoformat(),
        "unit": agency.distance_unit,
        "basemap": basemap,
        "bounds": [[min(lats), min(lons)], [max(lats), max(lons)]],
        "start": {"at": places[0], "words": plan.start_label},
        "end": {"at": places[-1], "words": plan.end_label},
        "stops": [
            {"id": str(one.stop.id), "state": one.state, "at": list(one.stop.address.sure_position)}
            for one in day.stops
        ],
    }


def _legs(day: Day, lines: RouteLines) -> list[dict[str, Any]]:
    """Return the way to each stop that is not skipped, and to the end: points from the place before, to the meter."""
    plan = day.plan
    ways = [(str(one.stop.id), one.stop.address) for one in day.stops if one.state != "skipped"]
    goals = [(id, Place(at.lat, at.lon)) for id, at in ways if at.lat is not None and at.lon is not None]
    legs: list[dict[str, Any]] = []
    here = Place(plan.start_lat, plan.start_lon)
    for id, there in [*goals, ("end", Place(plan.end_lat, plan.end_lon))]:
        points = lines.route_line([here, there])
        legs.append({"to": id, "points": [(round(lat, 5), round(lon, 5)) for lat, lon in points]})
        here = there
    return legs
