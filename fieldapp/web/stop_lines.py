"""A stop as plan and Today show it: times in minutes of the day, windows for the ruler, states in words."""

import datetime as dt
import uuid
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.plans.hours import window_words
from fieldapp.domain.plans.onward import OVER_SHIFT
from fieldapp.domain.plans.request import KEPT
from fieldapp.domain.plans.request import open_windows
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.web.filters import clock
from fieldapp.web.filters import count
from fieldapp.web.filters import due_words
from fieldapp.web.filters import local
from fieldapp.web.filters import minutes

OUTSIDE = {
    "early": "Arrives before it opens",
    "late": "Arrives after it closes",
    "closed": "Nobody can be met there that day",
    OVER_SHIFT: "Ends after your shift",
    KEPT: "Outside its window, kept",
}


@dataclass(frozen=True)
class StopLine:
    """One stop. `windows` are pairs of minutes of the day, `eta` one or None; `outside` a word or "".

    `kept`: outside on purpose. `fits`: what the button says that moves it. `visited`: stays where it is.
    `asked` are what the officer or the case asks of this stop, as shape and words; `latest` as a time field wants it.
    """

    stop: Stop
    purpose: str
    windows: Sequence[tuple[int, int]]
    window_words: str
    eta: int | None
    outside: str
    kept: bool
    fits: str
    visited: bool
    asked: Sequence[tuple[str, str]]
    latest: str


def stop_line(stop: Stop, on: dt.date, agency: Agency, visited: Collection[uuid.UUID] = ()) -> StopLine:
    """Return the line of one stop in a plan for that day."""
    return StopLine(
        stop=stop,
        purpose=purpose_words(stop, on, agency),
        windows=[(opens // 60, closes // 60) for opens, closes in open_windows(stop)],
        window_words=window_words(stop.windows, stop.place, lambda at: clock(at // 60 % 1440, agency)),
        eta=minute_of_day(stop.arrive_at, agency),
        outside=OUTSIDE.get(stop.outside, ""),
        kept=stop.outside == KEPT,
        fits=f"Move to after {clock(stop.fits_at, agency)}" if stop.fits_at else "Move to where it fits best",
        visited=stop.id in visited,
        asked=_asked(stop, agency),
        latest=f"{stop.latest:%H:%M}" if stop.latest else "",
    )


def purpose_words(stop: Stop, on: dt.date, agency: Agency) -> str:
    """Return such as "Home contact, 2 days overdue" or "Home contact, due Nov 22"."""
    if stop.due_on is None:
        return f"{stop.purpose}, {'at work' if stop.place == 'work' else 'at home'}"
    late = (on - stop.due_on).days
    words = f"{count(late, 'day')} overdue" if late > 0 else due_words(stop.due_on, on, agency)
    return f"{stop.purpose}, {words}"


def _asked(stop: Stop, agency: Agency) -> list[tuple[str, str]]:
    latest = clock(stop.latest.hour * 60 + stop.latest.minute, agency) if stop.latest else ""
    found = [("pin", "Pinned" if stop.wanted == "pinned" else ""), ("clock", latest and f"Must begin by {latest}")]
    return [(shape, words) for shape, words in (*found, ("users", "Two officers" * stop.two_officers)) if words]


def minute_of_day(moment: dt.datetime | None, agency: Agency) -> int | None:
    """Return the minute of the local day, or None."""
    if moment is None:
        return None
    here = local(moment, agency)
    return here.hour * 60 + here.minute


def outside_count(lines: Sequence[StopLine]) -> int:
    """Return how many stops are outside of their windows without being meant so."""
    return sum(1 for line in lines if line.outside and not line.kept and line.stop.outside != OVER_SHIFT)


def end_words(plan: DayPlan, agency: Agency) -> str:
    """Return such as "Ends 17:40, 20 min before your shift does"; "" for a plan that was never timed."""
    if plan.back_at is None:
        return ""
    back = local(plan.back_at, agency)
    end = dt.datetime.combine(plan.on, plan.end, back.tzinfo)
    spare = round((end - back).total_seconds() / 60)
    when = f"Ends {clock(plan.back_at, agency)}"
    if spare == 0:
        return f"{when}, as your shift does"
    return f"{when}, {minutes(abs(spare))} {'before' if spare > 0 else 'after'} your shift does"
