"""When a person can be met: agency hours, work shifts and curfews turned into the visiting windows of one weekday."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import DAY
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.request import within

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class WeeklyHours:
    """Hours that return each week: on `weekdays` (0 is Monday) from `start` to `end`, in seconds of the day.

    An `end` at or before `start` is on the next day: 22:00 to 06:00 is a night, 00:00 to 00:00 the whole day.
    """

    weekdays: frozenset[int]
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse days and times that no week has."""
        if not self.weekdays <= EVERY_DAY:
            raise Invalid({"weekdays": "Weekdays go from 0 (Monday) to 6 (Sunday)."})
        if not (0 <= self.start < DAY and 0 <= self.end <= DAY):
            raise Invalid({"hours": "Hours go from 00:00 to 24:00."})


def visiting_windows(
    field_hours: Sequence[WeeklyHours],
    shifts: Sequence[WeeklyHours],
    weekday: int,
    place: Literal["home", "work"],
    *,
    until: int = DAY,
) -> tuple[Window, ...]:
    """The windows in which a visit may begin on that weekday, up to `until` (past DAY on a shift over midnight).

    Home: agency hours without the work shift; `surely_home` says when a curfew helps too.
    Work: the shift within agency hours; with no shift known at all, agency hours. Nothing: not that day.
    """
    field = on_day(field_hours, weekday, until)
    if place == "work":
        return _both(field, on_day(shifts, weekday, until)) if shifts else field
    return without(field, on_day(shifts, weekday, until))


def surely_home(
    field_hours: Sequence[WeeklyHours],
    curfews: Sequence[WeeklyHours],
    shifts: Sequence[WeeklyHours],
    weekday: int,
    *,
    until: int = DAY,
) -> tuple[Window, ...]:
    """The part of the agency hours in which a curfew keeps the person home and no work shift excuses them."""
    free = without(on_day(field_hours, weekday, until), on_day(shifts, weekday, until))
    return _both(free, on_day(curfews, weekday, until))


def on_day(hours: Iterable[WeeklyHours], weekday: int, until: int = DAY) -> tuple[Window, ...]:
    """Weekly hours as windows of one weekday, last night's remainder included."""
    cut = within([window for each in hours for window in _around(each, weekday)], 0, until)
    # Hours that end at this very midnight, or begin at the next one, leave no more than a moment of the day.
    return tuple((opens, closes) for opens, closes in cut if opens < closes)


def _around(hours: WeeklyHours, weekday: int) -> Iterable[Window]:
    """The hours as they fall on the day before, the day itself and the day after."""
    length = (hours.end - hours.start) if hours.end > hours.start else hours.end - hours.start + DAY
    for offset in (-1, 0, 1):
        if (weekday + offset) % 7 in hours.weekdays:
            start = offset * DAY + hours.start
            yield (start, start + length)


def _both(ones: Sequence[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """The time in both; a single shared moment is none."""
    cuts = [(max(a, c), min(b, d)) for a, b in ones for c, d in others]
    return tuple(sorted((opens, closes) for opens, closes in cuts if opens < closes))


def without(ones: Sequence[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """The time in the first but not in the second; a moment at the edge of both stays."""
    left = list(ones)
    for opens, closes in others:
        left = [part for a, b in left for part in ((a, min(b, opens)), (max(a, closes), b)) if part[0] < part[1]]
    return tuple(left)
