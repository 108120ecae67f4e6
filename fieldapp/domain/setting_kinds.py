"""Kinds of settings: each reads a value from text within its range, writes it as text, and says what it takes."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from typing import Protocol
from zoneinfo import available_timezones

NUMBER = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,12})?")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Kind(Protocol):
    """`takes` completes the sentence "Give …"."""

    @property
    def takes(self) -> str:
        """What may be given, with the range."""

    def read(self, text: str) -> Any:
        """Return the value. Raises ValueError for anything else."""

    def write(self, value: Any) -> str:
        """Return the value as `read` takes it."""


@dataclass(frozen=True)
class Words:
    """One line of text; `longest` in characters."""

    longest: int
    optional: bool = False

    @property
    def takes(self) -> str:
        """What may be given, with the range."""
        return f"one line of at most {self.longest} characters{', or nothing' if self.optional else ''}"

    def read(self, text: str) -> str:
        """Return the text with single spaces. Raises ValueError."""
        found = " ".join(text.split())
        if len(found) > self.longest or not found.isprintable() or not (found or self.optional):
            raise ValueError(self.takes)
        return found

    def write(self, value: str) -> str:
        """Return the text as it is."""
        return value


@dataclass(frozen=True)
class Number:
    """A number from `least` to `most`; `whole` without decimals, `optional` may be unset by an empty text."""

    least: int
    most: int
    unit: str = ""
    whole: bool = False
    optional: bool = False

    @property
    def takes(self) -> str:
        """What may be given, with the range."""
        kind = "a whole number" if self.whole else "a number"
        unit = f" ({self.unit})" if self.unit else ""
        return f"{kind} from {self.least} to {self.most}{unit}{', or nothing' if self.optional else ''}"

    def read(self, text: str) -> int | float | None:
        """Return the number, None for an empty text where that is allowed. Raises ValueError."""
        text = text.strip()
        if not text and self.optional:
            return None
        if not NUMBER.fullmatch(text) or (self.whole and "." in text) or not self.least <= float(text) <= self.most:
            raise ValueError(self.takes)
        return int(text) if self.whole else float(text)

    def write(self, value: int | float | None) -> str:
        """Return the number's digits, nothing where it is unset."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class TimeOfDay:
    """A local time of day."""

    takes: str = "a time from 00:00 to 23:59 as HH:MM, such as 08:30"

    def read(self, text: str) -> dt.time:
        """Return the time. Raises ValueError."""
        if not TIME.fullmatch(text.strip()):
            raise ValueError(self.takes)
        return dt.time.fromisoformat(text.strip())

    def write(self, value: dt.time) -> str:
        """Return hours and minutes."""
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Choice:
    """One of some words; `values` maps each to what is kept."""

    values: Mapping[str, Any]

    @property
    def takes(self) -> str:
        """The words."""
        return " or ".join(self.values)

    def read(self, text: str) -> Any:
        """Return the value of a word. Raises ValueError."""
        if text.strip() not in self.values:
            raise ValueError(self.takes)
        return self.values[text.strip()]

    def write(self, value: Any) -> str:
        """Return the word that stands for a value."""
        return next((word for word, kept in self.values.items() if kept == value), str(value))


@dataclass(frozen=True)
class Zone:
    """A time zone by its IANA name."""

    takes: str = "a time zone by its IANA name, such as America/New_York or America/Chicago"

    def read(self, text: str) -> str:
        """Return the name. Raises ValueError."""
        if text.strip() not in available_timezones():
            raise ValueError(self.takes)
        return text.strip()

    def write(self, value: str) -> str:
        """Return the name."""
        return value
