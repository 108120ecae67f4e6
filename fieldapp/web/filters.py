"""Words and numbers as people read them, in the agency's zone, units and clock; registered as template filters."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import Flask

from fieldapp.domain.plans.codes import place_code
from fieldapp.web import clock as request_clock

FEET_PER_METER = 1 / 0.3048
METERS_PER_MILE = 1609.344
RULER_FROM = 8 * 60  # one scale on every screen, 08:00 to 20:00, so that rows compare
RULER_LENGTH = 12 * 60

TONES = {"met": "ok", "due_today": "live", "overdue": "stop"}
SHAPES = {"met": "s-ok", "overdue": "s-stop"}


class Manner(Protocol):
    """How an agency writes."""

    @property
    def zone(self) -> str:
        """The IANA name of its time zone."""

    @property
    def distance_unit(self) -> str:
        """`mi` or `km`."""

    @property
    def clock(self) -> int:
        """12 or 24 hours."""


def local(moment: dt.datetime, agency: Manner) -> dt.datetime:
    """The moment in the agency's zone. Raises ValueError for a moment without a zone: it could mean anything."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone; keep times in UTC and pass them as they are.")
    return moment.astimezone(ZoneInfo(agency.zone))


def local_date(value: dt.date, agency: Manner) -> dt.date:
    """A date as it is; a moment as the date it has in the agency's zone."""
    return local(value, agency).date() if isinstance(value, dt.datetime) else value


def clock(value: dt.datetime | dt.time | int, agency: Manner) -> str:
    """`13:50` or `1:50 pm`: of a moment (in the agency's zone), a time of day, or minutes since midnight (0–1440)."""
    if isinstance(value, dt.datetime):
        value = local(value, agency).time()
    hour, minute = divmod(value, 60) if isinstance(value, int) else (value.hour, value.minute)
    if agency.clock == 24:
        return f"{hour:02}:{minute:02}"
    return f"{hour % 12 or 12}:{minute:02} {'pm' if hour % 24 >= 12 else 'am'}"


def short_date(value: dt.date, today: dt.date, agency: Manner) -> str:
    """`Nov 19`, and `Nov 19, 2024` where the year is not this one."""
    date = local_date(value, agency)
    text = f"{date:%b} {date.day}"
    return text if date.year == today.year else f"{text}, {date.year}"


def day(value: dt.date, today: dt.date, agency: Manner) -> str:
    """`Thu, Nov 19`, and `Tue, Nov 19, 2024` where the year is not this one."""
    date = local_date(value, agency)
    return f"{date:%a}, {short_date(date, today, agency)}"


def moment(value: dt.datetime, today: dt.date, agency: Manner) -> str:
    """The clock alone for today, `Nov 18, 13:50` for other days."""
    text = clock(value, agency)
    date = local_date(value, agency)
    return text if date == today else f"{short_date(date, today, agency)}, {text}"


def ago(value: dt.date, today: dt.date, agency: Manner) -> str:
    """`today`, `yesterday`, `34 days ago`; from 2 months on months, from 24 on years; `in 3 days` ahead."""
    date = local_date(value, agency)
    days = (today - date).days
    if days < 0:
        return "tomorrow" if days == -1 else f"in {-days} days"
    if days < 2:
        return ("today", "yesterday")[days]
    months = _whole_months(date, today)
    if months < 2:
        return f"{days} days ago"
    return f"{months} months ago" if months < 24 else f"{months // 12} years ago"


def _whole_months(start: dt.date, end: dt.date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def since(value: dt.datetime, now: dt.datetime) -> str:
    """`now`, `7 min ago`, `2 h ago`, `3 days ago`; a moment ahead (another clock) counts as now."""
    passed = int((now - value).total_seconds() // 60)
    if passed < 1:
        return "now"
    if passed < 60:
        return f"{passed} min ago"
    return f"{passed // 60} h ago" if passed < 48 * 60 else f"{passed // 1440} days ago"


def minutes(value: float) -> str:
    """A duration in minutes: `40 min`, `5 h`, `5 h 40`."""
    hours, rest = divmod(round(value), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def wait_words(seconds: int) -> str:
    """How long to wait, rounded up: `40 seconds`, `15 minutes`."""
    return count(seconds, "second") if seconds < 60 else count(-(-seconds // 60), "minute")


def distance(meters: float, agency: Manner) -> str:
    """`31 m`, `1.8 km`, `62 km`, or `102 ft`, `1.1 mi`, `38 mi`: whole m or ft below 1000, one decimal below ten."""
    if agency.distance_unit == "km":
        near, near_unit, far = meters, "m", meters / 1000
    else:
        near, near_unit, far = meters * FEET_PER_METER, "ft", meters / METERS_PER_MILE
    if round(near) < 1000:
        return f"{round(near)} {near_unit}"
    text = f"{far:.1f}".removesuffix(".0") if far < 9.95 else f"{round(far):,}"
    return f"{text} {agency.distance_unit}"


def due_words(due: dt.date, today: dt.date, agency: Manner) -> str:
    """`overdue 4 days, due Nov 22`, `due today`, `due tomorrow`, `due Sun, Nov 22` in a week, `due Dec 28` later."""
    left = (due - today).days
    if left < 0:
        return f"{overdue_words(due, today)}, due {short_date(due, today, agency)}"
    if left < 2:
        return ("due today", "due tomorrow")[left]
    return f"due {(day if left < 7 else short_date)(due, today, agency)}"


def overdue_words(due: dt.date, today: dt.date) -> str:
    """`overdue 4 days`."""
    return f"overdue {count((today - due).days, 'day')}"


def due_tone(state: str) -> str:
    """The tone of a state of a requirement (met, due_later, due_soon, due_today, overdue)."""
    return TONES.get(state, "wait")


def due_shape(state: str) -> str:
    """The shape that goes with `due_tone`: check, octagon or clock."""
    return SHAPES.get(state, "clock")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 stop`, `9 stops`, `4,000 photos`; `many` where an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """Bytes as `612 B`, `38 KB`, `2.8 MB`, `11.4 GB` (thousands, as phones show them)."""
    if number < 1000:
        return f"{number} B"
    if number < 999_500:
        return f"{round(number / 1000)} KB"
    return f"{number / 1e6:.1f} MB" if number < 999_950_000 else f"{number / 1e9:.1f} GB"


def sentence(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def short_hash(digest: str) -> str:
    """The first eight digits of a hash in two groups, as a person compares them: `e19a 77c3`."""
    return f"{digest[:4]} {digest[4:8]}"


def split_unit(text: str) -> tuple[str, str]:
    """`12 min` as `("12", "min")`, so that the unit can be drawn small; texts without a unit get an empty one."""
    number, _, unit = str(text).rpartition(" ")
    return (number, unit) if number and unit.isalpha() else (str(text), "")


def ruler_x(minute: int) -> str:
    """Where a minute of the day lies on the ruler, as a share of its length; what is off the scale lies at its end."""
    return f"{_on_ruler(minute):.1f}%"


def ruler_width(window: tuple[int, int]) -> str:
    """How long a window (two minutes of the day) is on the ruler, as a share of its length."""
    return f"{max(0.0, _on_ruler(window[1]) - _on_ruler(window[0])):.1f}%"


def _on_ruler(minute: int) -> float:
    return min(max((minute - RULER_FROM) / RULER_LENGTH, 0.0), 1.0) * 100


PLAIN: tuple[Callable[..., Any], ...] = (
    minutes, wait_words, due_tone, due_shape, count, size, sentence, short_hash, split_unit, ruler_x, ruler_width,
    place_code,
)  # fmt: skip
IN_MANNER: tuple[Callable[..., str], ...] = (clock, distance)
DATED: tuple[Callable[..., str], ...] = (short_date, day, moment, ago, due_words)


def register_filters(app: Flask) -> None:
    """Give templates the functions above under their own names; agency, today and now are those of the request.

    Another day can be given: `{{ stop.day | day }}`, `{{ stop.day | day(plan.day) }}`.
    """
    for function in PLAIN:
        app.add_template_filter(function)
    for function in IN_MANNER:
        app.add_template_filter(_in_manner(function), function.__name__)
    for function in DATED:
        app.add_template_filter(_dated(function), function.__name__)
    app.add_template_filter(lambda due, on=None: overdue_words(due, on or request_clock.today()), "overdue_words")
    app.add_template_filter(lambda value, at=None: since(value, at or request_clock.now()), "since")


def _in_manner(function: Callable[..., str]) -> Callable[..., str]:
    return lambda value: function(value, request_clock.agency())


def _dated(function: Callable[..., str]) -> Callable[..., str]:
    return lambda value, on=None: function(value, on or request_clock.today(), request_clock.agency())
