"""When a person can be met on a day, as windows for the solver and as words for the officer."""

import datetime as dt
from collections.abc import Callable
from collections.abc import Sequence

from fieldapp.domain.people.file import conditions_on
from fieldapp.domain.people.file import job_on
from fieldapp.domain.people.file import jobs_on
from fieldapp.domain.plans.no_visits import open_for_visits
from fieldapp.domain.routing.request import LATEST
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.windows import EVERY_DAY
from fieldapp.domain.routing.windows import WeeklyHours
from fieldapp.domain.routing.windows import surely_home
from fieldapp.domain.routing.windows import visiting_windows
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.agency import Agency
from fieldapp.models.supervisee import Supervisee

ShowTime = Callable[[int], str]
# a shorter overlap would crowd all visits under a curfew into a few minutes
CURFEW_COUNTS_FROM = 3600
SCHOOL_DAYS = frozenset(range(5))


def seconds_of(time: dt.time) -> int:
    """Return seconds since midnight."""
    return time.hour * 3600 + time.minute * 60 + time.second


def windows_on(
    person: Supervisee,
    place: str,
    agency: Agency,
    on: dt.date,
    *,
    address: Address | None = None,
    minutes: int | None = None,
) -> tuple[Window, ...]:
    """Return when a visit may begin on that local date, within the agency's field hours; nothing: not that day.

    Needs the person's conditions and employments. Home: the agency's field hours without work and school; where a
    curfew keeps the person home for an hour or more of the officers' shift, the hours of the curfew alone. Work: the
    shift of the job at `address`, of the latest job without it. A visit of `minutes` (the agency's usual length if not
    given) never runs into the hours in which the agency makes none.
    """
    field = [WeeklyHours(EVERY_DAY, seconds_of(agency.field_start), seconds_of(agency.field_end))]
    until = LATEST if agency.field_end <= agency.field_start else seconds_of(agency.field_end)
    service_s = 60 * (agency.visit_minutes if minutes is None else minutes)
    if place == "work":
        found = visiting_windows(field, _shifts(_job_at(person, on, address)), on.weekday(), "work", until=until)
    else:
        found = _home_windows(person, agency, on, field, until)
    return tuple(open_for_visits(found, agency.no_visit_hours, on.weekday(), service_s, until))


def _home_windows(
    person: Supervisee, agency: Agency, on: dt.date, field: Sequence[WeeklyHours], until: int
) -> tuple[Window, ...]:
    curfews = _curfews(person, on)
    away = [*_school(person, on), *(shift for job in jobs_on(person, on) for shift in _shifts(job))]
    sure = surely_home(field, curfews, away, on.weekday(), until=until)
    if _length(within(sure, seconds_of(agency.shift_start), seconds_of(agency.shift_end))) >= CURFEW_COUNTS_FROM:
        return sure
    return visiting_windows(field, away, on.weekday(), "home", until=until)


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


def _school(person: Supervisee, on: dt.date) -> list[WeeklyHours]:
    return [
        WeeklyHours(SCHOOL_DAYS, seconds_of(row.curfew_start), seconds_of(row.curfew_end))
        for row in conditions_on(person, on)
        if row.kind == "school" and row.curfew_start and row.curfew_end
    ]


def _job_at(person: Supervisee, on: dt.date, address: Address | None) -> Employment | None:
    there = [job for job in jobs_on(person, on) if address and job.address_id == address.id]
    return there[-1] if there else job_on(person, on)


def _shifts(job: Employment | None) -> list[WeeklyHours]:
    if job is None or job.start is None or job.end is None:
        return []
    days = frozenset(int(day) - 1 for day in job.days) if job.days else EVERY_DAY
    return [WeeklyHours(days, seconds_of(job.start), seconds_of(job.end))]
