"""Days made for tests: places on a grid of seconds, stops, requests and their travel matrices."""

import math
from datetime import date
from random import Random

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest

HOUR = 3600
OFFICE = Place(39.29, -76.61, "Office")
LUNCH = LunchRequest(30, 11 * HOUR + 1800, 13 * HOUR + 1800)


def straight(places: tuple[Place, ...], seconds_per_degree: float = 12_000) -> TravelMatrix:
    """A matrix in which 0.01 degrees are two minutes and a mile or so; rounded up, so detours never save time."""

    def drive(a: Place, b: Place) -> int:
        return math.ceil(round(seconds_per_degree * math.dist((a.lat, a.lon), (b.lat, b.lon)), 6))

    rows = tuple(tuple(drive(a, b) for b in places) for a in places)
    return TravelMatrix(rows, tuple(tuple(9 * s for s in row) for row in rows), "estimate")


def day(*stops: StopRequest, start: float = 8, end: float = 17, lunch: LunchRequest | None = None) -> DayRequest:
    """A day from and to the office."""
    return DayRequest(date(2026, 11, 23), int(start * HOUR), int(end * HOUR), OFFICE, OFFICE, lunch, stops)


def stop(name: str, north: float = 0, east: float = 0, *, minutes: int = 15, **more: object) -> StopRequest:
    """A stop so many hundredths of a degree (two minutes' drive each) from the office."""
    place = Place(OFFICE.lat + north / 100, OFFICE.lon + east / 100, name)
    return StopRequest(name, place, minutes * 60, **more)  # type: ignore[arg-type]


def random_day(seed: int, count: int, *, lunch: bool = True, hours: float = 9, spread: float = 0.15) -> DayRequest:
    """Half of the stops with one or two windows, priorities 10 to 100, some required, some at the same place."""
    random = Random(seed)
    places = [Place(OFFICE.lat + random.uniform(-spread, spread), OFFICE.lon + random.uniform(-spread, spread))]
    stops = []
    for index in range(count):
        if random.random() < 0.9:
            places.append(Place(*(middle + random.uniform(-spread, spread) for middle in (OFFICE.lat, OFFICE.lon))))
        windows = ((0, 48 * HOUR),)
        if random.random() < 0.5:
            opens = [random.randint(8 * HOUR, 15 * HOUR) for _ in range(random.choice([1, 1, 2]))]
            windows = tuple((a, a + random.randint(900, 2 * HOUR)) for a in opens)
        priority, required = random.choice([10, 20, 50, 100]), random.random() < 0.1
        stops.append(StopRequest(str(index), places[-1], random.randint(10, 25) * 60, windows, priority, required))
    return day(*stops, end=8 + hours, lunch=LUNCH if lunch else None)
