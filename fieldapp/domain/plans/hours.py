"""When a person can be met on a day, as windows for the solver and as words for the officer."""

import datetime as dt
from collections.abc import Callable
from collections.abc import Sequence
from typing import Literal
from typing import cast

from fieldapp.domain.people.file import conditions_on
from fieldapp.domain.people.file import job_on
from fieldapp.domain.routing.request import LATEST
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.windows import EVERY_DAY
from fieldapp.domain.routing.windows import WeeklyHours
from fieldapp.domain.routing.windows import surely_home
from fieldapp.domain.routing.windows import visiting_windows
from fieldapp.models.address import Employment
from fieldapp.models.agency import Agency
from fieldapp.models.supervisee import Supervisee

ShowTime = Callable[[int], str]
# a shorter overlap would crowd all visits under a curfew into a few minutes
CURFEW_COUNTS_FROM = 3600


def seconds_of(time: dt.time) -> int:
    """Return seconds since midnight."""
    return time.hour * 3600 + time.minute * 60 + time.second


def windows_on(person: Supervisee, place: str, agency: Agency, on: dt.date) -> tuple[Window, ...]:
    """Return when a visit may begin on that local date, within the agency's field hours; nothing: not that day.

    Needs the person's conditions and employments. Home: the agency's field hours without the work shift; where a
    curfew keeps the person home for an hour or more of the officers' shift, the hours of the curfew alone.
    """
    field = [WeeklyHours(EVERY_DAY, seconds_of(agency.field_start), seconds_of(agency.field_end))]
    kind = cast(Literal["home", "work"], place)
    until = LATEST if agency.field_end <= agency.field_start else seconds_of(agency.field_end)
    curfews, shifts = _curfews(person, on), _shifts(job_on(person, on))
    sure = surely_home(field, curfews, shifts, on.weekday(), until=until) if kind == "home" else ()
    if _length(within(sure, seconds_of(agency.shift_start), seconds_of(agency.shift_end))) >= CURFEW_COUNTS_FROM:
        return sure
    return visiting_windows(field, shifts, on.weekday(), kind, until=until)


def window_words(windows: Sequence[Window], place: str, show: ShowTime) -> str:
    """Return such as "At home 08:00 to 13:30 and 18:00 to 20:00"; `show` writes seconds of the day."""
    where = "At work" if place == "work" else "At home"
    if not windows:
        return f"{'Not at work' if place == 'work' else 'Not at home'} that day within field hours"
    return f"{where} {' and '.join(f'{show(opens)} to {show(closes)}' for opens, closes in windows)}"


def _length(windows: Sequence[Window]) -> int:
    return sum(closes - opens for opens, closes in windows)


def curfew_from(person: Supervisee, on: dt.date) -> dt.time | None:
    """Return when the earliest curfew of that day begins, or None."""
    starts = [row.curfew_start for row in conditions_on(person, on) if row.kind == "curfew" and row.curfew_start]
    return min(starts, default=None)


def _curfews(person: Supervisee, on: dt.date) -> list[WeeklyHours]:
    return [
        WeeklyHours(EVERY_DAY, seconds_of(row.curfew_start), seconds_of(row.curfew_end))
        for row in conditions_on(person, on)
        if row.kind == "curfew" and row.curfew_start and row.curfew_end
    ]


def _shifts(job: Employment | None) -> list[WeeklyHours]:
    if job is None or job.start is None or job.end is None:
        return []
    days = frozenset(int(day) - 1 for day in job.days) if job.days else EVERY_DAY
    return [WeeklyHours(days, seconds_of(job.start), seconds_of(job.end))]
