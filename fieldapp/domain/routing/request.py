"""What a day's route is asked for: places, stops with visiting windows, the shift and lunch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.errors import Invalid

DAY = 86_400
"""Seconds of a day. Times here count from local midnight; on a shift that ends after midnight they pass DAY."""

LATEST = 2 * DAY

Window = tuple[int, int]
"""(from, to) in seconds of the day, both ends included. A visit has to begin inside one; it may end after it."""

ALL_DAY: tuple[Window, ...] = ((0, LATEST),)


@dataclass(frozen=True)
class Place:
    """A point in WGS 84 degrees, with the words that people know it by.

    `passing`: somebody is there at this moment. It is asked about and never written down.
    """

    lat: float
    lon: float
    label: str = ""
    passing: bool = False

    def __post_init__(self) -> None:
        """Refuse what is not on earth (not-a-number included)."""
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise Invalid({"position": "Latitude goes from -90 to 90, longitude from -180 to 180. Set the pin again."})


@dataclass(frozen=True)
class StopRequest:
    """One visit that is wanted.

    `place` is None where the address has no position. `service_s` is how long the visit takes, in seconds.
    No `windows` at all means that nobody can be met that day. A higher `priority` (1 to 1000) wins over any
    saving of travel time; a `required` stop wins over all that are not. `usual` are the hours of that weekday in which
    the last visits began: the order leaves them where that costs little, see variety.py.
    """

    id: str
    place: Place | None
    service_s: int
    windows: tuple[Window, ...] = ALL_DAY
    priority: int = 1
    required: bool = False
    usual: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        """Refuse durations, priorities and windows that mean nothing."""
        if not 0 <= self.service_s <= DAY:
            raise Invalid({"service": "Give a visit from 0 minutes to 24 hours."})
        if not 1 <= self.priority <= 1000:
            raise Invalid({"priority": "Give a priority from 1 to 1000."})
        if any(not 0 <= opens <= closes <= LATEST for opens, closes in self.windows):
            raise Invalid({"windows": "A visiting window must not close before it opens."})


@dataclass(frozen=True)
class LunchRequest:
    """A break of so many minutes that begins no earlier and no later than given, anywhere on the way."""

    minutes: int
    earliest: int
    latest: int

    def __post_init__(self) -> None:
        """Refuse a break that cannot begin."""
        if not 0 < self.minutes <= 24 * 60:
            raise Invalid({"lunch": "Give lunch at least a minute, or leave it out."})
        if not 0 <= self.earliest <= self.latest <= LATEST:
            raise Invalid({"lunch": "The latest start of lunch must not be before the earliest."})

    @property
    def seconds(self) -> int:
        """The length of the break."""
        return self.minutes * 60


@dataclass(frozen=True)
class DayRequest:
    """One officer's day: from `start` at `shift_start` to `end` by `shift_end`."""

    day: date
    shift_start: int
    shift_end: int
    start: Place
    end: Place
    lunch: LunchRequest | None
    stops: tuple[StopRequest, ...]

    def __post_init__(self) -> None:
        """Refuse a day that ends before it starts, and a stop that is there twice."""
        if not 0 <= self.shift_start < self.shift_end <= LATEST:
            raise Invalid({"shift": "The day must end after it starts."})
        if len({stop.id for stop in self.stops}) != len(self.stops):
            raise Invalid({"stops": "The same stop is in the plan twice. Remove one of the two."})

    @property
    def located(self) -> tuple[StopRequest, ...]:
        """The stops that have a position, in the order given."""
        return tuple(stop for stop in self.stops if stop.place is not None)

    @property
    def places(self) -> tuple[Place, ...]:
        """The rows and columns of the travel matrix: the start, the end, then each located stop."""
        return (self.start, self.end, *(stop.place for stop in self.stops if stop.place is not None))


def within(windows: Sequence[Window], earliest: int, latest: int) -> tuple[Window, ...]:
    """Cut windows to a span, in order of time, with those that touch or overlap made one."""
    merged: list[Window] = []
    for opens, closes in sorted((max(a, earliest), min(b, latest)) for a, b in windows):
        if opens > closes:
            continue
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return tuple(merged)
