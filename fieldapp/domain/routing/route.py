"""What a day's route looks like once it is timed: calls, lunch, the way back, and what was left out."""

from dataclasses import dataclass
from typing import Literal

from fieldapp.domain.routing.request import Window

Reason = Literal["no_time", "window_closed", "no_position", "needs_partner", "excluded"]


@dataclass(frozen=True)
class Outside:
    """A call that falls outside the visiting windows.

    `late_s`: seconds since the last window closed, 0 if none has. `early_s`: seconds until the next one opens, 0 if
    none does. `next_fit`: when that is, None if no more that day. `nearest`: the window that is least far away.
    """

    late_s: int
    early_s: int
    next_fit: int | None
    nearest: Window | None


@dataclass(frozen=True)
class Call:
    """One stop of the route. Times are seconds of the day, travel is from the place before.

    `arrive` is at the door; `begin` = `arrive` unless the window opens later; `leave` = `begin` + the visit.
    `wait_s` is all idle time since the place before, so that leave(before) + travel + lunch there + wait = begin.
    """

    stop_id: str
    travel_s: int
    travel_m: int
    arrive: int
    wait_s: int
    begin: int
    leave: int
    outside: Outside | None


@dataclass(frozen=True)
class LunchBreak:
    """Lunch from `start` to `end`, on the way to `before` (a stop's id; None: on the way back).

    `late_s`: by how much it starts after the latest time asked for; 0 unless the order leaves no other room.
    """

    start: int
    end: int
    before: str | None
    late_s: int


@dataclass(frozen=True)
class LeftOut:
    """A stop that is not on the route, why, and in words that say what to do."""

    stop_id: str
    reason: Reason
    words: str


@dataclass(frozen=True)
class DayRoute:
    """A whole day in order. `overtime_s`: seconds after the shift's end; `source`: where travel times come from."""

    leave_at: int
    calls: tuple[Call, ...]
    lunch: LunchBreak | None
    back_travel_s: int
    back_travel_m: int
    back_at: int
    overtime_s: int
    left_out: tuple[LeftOut, ...]
    source: str

    @property
    def travel_s(self) -> int:
        """Seconds on the road in all, the way back included."""
        return sum(call.travel_s for call in self.calls) + self.back_travel_s

    @property
    def travel_m(self) -> int:
        """Meters on the road in all, the way back included."""
        return sum(call.travel_m for call in self.calls) + self.back_travel_m

    @property
    def late_s(self) -> int:
        """Seconds by which the route breaks its own limits: closed windows, late lunch, overtime. 0: all is kept."""
        calls = sum(max(1, _miss(call.outside)) for call in self.calls if call.outside)
        return calls + (self.lunch.late_s if self.lunch else 0) + self.overtime_s


def _miss(outside: Outside) -> int:
    """Seconds to the nearest window on either side."""
    return min((s for s in (outside.late_s, outside.early_s) if s), default=0)
