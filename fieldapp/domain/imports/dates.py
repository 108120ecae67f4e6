"""Dates as people write them: ISO, or with slashes whose order one file decides for itself."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.domain.imports.problem import CellRefused

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][0:.]+Z?)?")
PARTS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: [0:.]+(?: AM)?)?")
SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}")
EARLIEST = dt.date(1900, 1, 1)
ORDERS = {"mdy": "month/day/year", "dmy": "day/month/year"}


@dataclass(frozen=True)
class DateOrder:
    """How dates such as 3/4/2026 are read: `mdy` or `dmy`. `line` shows it; None where nothing does.

    `used` says whether the file has any such date.
    """

    order: str
    line: int | None
    used: bool

    @property
    def note(self) -> str:
        """Say how dates were read, or nothing where there was no question."""
        if not self.used:
            return ""
        words = ORDERS[self.order]
        if self.line is not None:
            return f"Dates with slashes are read as {words}, as line {self.line} shows."
        return f"Dates with slashes are read as {words}; no date in the file shows otherwise."


def date_order(dates: Iterable[tuple[int, str]]) -> DateOrder:
    """Return the order that most telling dates (line, text) show: a number above 12 is a day. US where none tells."""
    lines: dict[str, list[int]] = {"mdy": [], "dmy": []}
    used = False
    for line, text in dates:
        match = PARTS.fullmatch(text)
        if not match or match[2] == ".":
            continue
        used = True
        first, second = int(match[1]), int(match[3])
        if first <= 12 < second:
            lines["mdy"].append(line)
        elif second <= 12 < first:
            lines["dmy"].append(line)
    order = "dmy" if len(lines["dmy"]) > len(lines["mdy"]) else "mdy"
    return DateOrder(order, lines[order][0] if lines[order] else None, used)


def read_date(text: str, order: str) -> dt.date:
    """Return the date. Raises CellRefused with the remedy; dots always mean day.month.year."""
    iso, parts = ISO.fullmatch(text), PARTS.fullmatch(text)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif parts:
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
        month, day = (second, first) if parts[2] == "." or order == "dmy" else (first, second)
    elif SHORT_YEAR.fullmatch(text):
        raise CellRefused("Write the year with four digits, such as 1987-12-13.")
    else:
        raise CellRefused("Write the date as year-month-day, such as 2026-03-31.")
    return _checked(year, month, day, "" if iso else f" Dates in this file are read as {ORDERS[order]}.")


def _checked(year: int, month: int, day: int, how: str) -> dt.date:
    if not 1 <= month <= 12:
        raise CellRefused(f"There is no month {month}. Write the date as year-month-day.{how}")
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise CellRefused(f"Month {month} of {year} has no day {day}. Correct the date.{how}") from None
    if found < EARLIEST:
        raise CellRefused("This date is before 1900. Correct the year.")
    return found
