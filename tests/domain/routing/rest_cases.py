"""Days for the phone's own solver with what the office makes of them; written down in tests/js/cases/rest-cases.json.

`python -m tests.domain.routing.rest_cases` writes the file anew.
"""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.plans.request import outside_word
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.schedule import schedule
from tests.domain.routing.days import random_day
from tests.domain.routing.days import straight
from tests.domain.routing.oracle import best_value
from tests.domain.routing.oracle import worth

FILE = Path(__file__).resolve().parents[2] / "js" / "cases" / "rest-cases.json"
DAYS = 36
WAYS = [(1.3, 40.0, 39.29), (1.0, 130.0, 61.2), (1.5, 25.0, -33.9)]


def cases() -> dict[str, Any]:
    """All cases, the same each time."""
    return {"days": [_day(seed) for seed in range(DAYS)], "ways": [_ways(*manner) for manner in WAYS]}


def _day(seed: int) -> dict[str, Any]:
    random = Random(seed)
    asked = random_day(seed, random.randint(2, 7), lunch=random.random() < 0.6, hours=random.choice([3, 5, 7, 9]))
    request = replace(asked, stops=tuple(replace(stop, required=False) for stop in asked.stops))
    matrix = straight(request.places)
    order = [stop.id for stop in request.stops]
    random.shuffle(order)
    return {
        "rest": _rest(request, matrix),
        "order": order,
        "times": _times(order, matrix, request),
        "worth": worth(request.stops, request),
        "best": best_value(request, matrix),
    }


def _rest(request: DayRequest, matrix: TravelMatrix) -> dict[str, Any]:
    lunch = request.lunch
    return {
        "begin": request.shift_start,
        "end": request.shift_end,
        "lunch": lunch and {"seconds": lunch.seconds, "earliest": lunch.earliest, "latest": lunch.latest},
        "travel": [list(row) for row in matrix.seconds],
        "stops": [
            {
                "id": stop.id,
                "row": row,
                "service_s": stop.service_s,
                "windows": [list(window) for window in stop.windows],
                "priority": stop.priority,
            }
            for row, stop in enumerate(request.stops, start=2)
        ],
    }


def _times(order: list[str], matrix: TravelMatrix, request: DayRequest) -> dict[str, Any]:
    route = schedule(order, matrix, request)
    return {
        "begins": [call.begin for call in route.calls],
        "outside": [outside_word(call.outside) if call.outside else "" for call in route.calls],
        "lunch": route.lunch.start if route.lunch else None,
        "back": route.back_at,
        "late": route.late_s,
        "road": route.travel_s,
    }


def _ways(road_factor: float, speed_kmh: float, lat: float) -> dict[str, Any]:
    random = Random(lat)
    around = [[round(lat + random.uniform(-0.2, 0.2), 6), round(10 + random.uniform(-0.2, 0.2), 6)] for _ in range(12)]
    travel = GeodesicTravelTimes(road_factor=road_factor, speed_kmh=speed_kmh)
    matrix = travel.matrix([Place(*at) for at in around])
    ways = {"seconds": list(matrix.seconds[0][1:]), "meters": list(matrix.meters[0][1:])}
    return {"road_factor": road_factor, "speed_kmh": speed_kmh, "position": around[0], "places": around[1:], **ways}


if __name__ == "__main__":
    FILE.write_text(json.dumps(cases(), separators=(",", ":")) + "\n", encoding="utf-8")
