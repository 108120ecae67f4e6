"""Hours in which an agency makes no visits: read from one line of text, and taken out of the windows of a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.routing.request import DAY
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.windows import EVERY_DAY
from fieldapp.domain.routing.windows import WeeklyHours
from fieldapp.domain.routing.windows import on_day
from fieldapp.domain.routing.windows import without

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST = 14
RANGE = re.compile(r"(?:([A-Za-z]{3}(?:[-,][A-Za-z]{3})*) )?([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")


@dataclass(frozen=True)
class NoVisitHours:
    """A setting's kind: ranges with `;` between, each of all days or with its weekdays before it."""

    takes: str = (
        'hours without visits, such as "Sun 12:00-13:00; Mon-Fri 07:00-08:00; 20:00-07:00" (no weekday: every day), '
        "or nothing"
    )

    def read(self, text: str) -> str:
        """Return the ranges as they are kept. Raises ValueError."""
        parts = [" ".join(part.split()) for part in text.split(";") if part.strip()]
        if len(parts) > MOST:
            raise ValueError(self.takes)
        for part in parts:
            _range(part)
        return "; ".join(part[:1].upper() + part[1:] for part in parts)

    def write(self, value: str) -> str:
        """Return the text as it is."""
        return value


def no_visit_ranges(text: str) -> list[WeeklyHours]:
    """Return the ranges of a setting that NoVisitHours has read."""
    return [_range(part.strip()) for part in text.split(";") if part.strip()]


def open_for_visits(windows: Sequence[Window], text: str, weekday: int, service_s: int, until: int) -> Sequence[Window]:
    """Return when a visit may begin so that none of its seconds falls into the hours without visits."""
    closed = on_day(no_visit_ranges(text), weekday, until + service_s)
    # a visit may end in the second in which they begin, and begin in the one in which they end
    return without(windows, [(max(0, opens - service_s), closes) for opens, closes in closed])


def _range(part: str) -> WeeklyHours:
    match = RANGE.fullmatch(part)
    if not match:
        raise ValueError(part)
    start, end = _seconds(match[2]), _seconds(match[3])
    if start in (end, DAY):
        raise ValueError(part)
    return WeeklyHours(_weekdays(match[1]) if match[1] else EVERY_DAY, start, end)


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return frozenset(found)


def _day(text: str) -> int:
    # a ValueError, as for any other text, where it is no day
    return DAYS.index(text.capitalize())


def _seconds(text: str) -> int:
    hours, minutes = int(text[:2]), int(text[3:])
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        raise ValueError(text)
    return hours * 3600 + minutes * 60
