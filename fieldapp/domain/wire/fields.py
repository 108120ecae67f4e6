"""Reads one JSON object of a payload field by field; every refusal names the path and what belongs there."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fieldapp.domain.errors import Invalid

# Databases refuse NUL, UTF-8 has no lone surrogates
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# A phone without a set clock says 1970 or 2036; anything outside a person's lifetime is no moment of a visit
EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
UUID_TEXT = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Fields:
    """An object and the path that leads to it. Every method raises Invalid whose one key is the path of the field."""

    value: dict[str, Any]
    path: str = ""

    def text(self, name: str, limit: int, *, least: int = 0, absent: str | None = None) -> str:
        """A text of `least` to `limit` characters; `absent` is what a missing one means."""
        raw = self.value.get(name, absent)
        if not isinstance(raw, str) or not least <= len(raw) <= limit or UNSTORABLE.search(raw):
            raise self.bad(name, f"must be a text of {least} to {limit} characters, without control codes")
        return raw

    def texts(self, name: str, most: int, limit: int) -> list[str]:
        """A list of at most `most` texts; a missing one is empty."""
        entries = self.value.get(name, [])
        if not isinstance(entries, list) or len(entries) > most:
            raise self.bad(name, f"must be a list of at most {most} texts")
        return [Fields({str(i): entry}, self.at(name)).text(str(i), limit) for i, entry in enumerate(entries)]

    def word(self, name: str, allowed: Sequence[str]) -> str:
        """One of the allowed words."""
        raw = self.value.get(name)
        if not isinstance(raw, str) or raw not in allowed:
            raise self.bad(name, f"must be one of: {', '.join(allowed)}")
        return raw

    def match(self, name: str, pattern: str, words: str) -> str:
        """A text that matches the whole pattern; `words` say what it is."""
        raw = self.value.get(name)
        if not isinstance(raw, str) or not re.fullmatch(pattern, raw, re.ASCII):
            raise self.bad(name, f"must be {words}")
        return raw

    def uuid(self, name: str) -> UUID:
        """A UUID in its usual form."""
        raw = self.value.get(name)
        if not isinstance(raw, str) or not UUID_TEXT.fullmatch(raw):
            raise self.bad(name, "must be a UUID")
        return UUID(raw)

    def maybe_uuid(self, name: str) -> UUID | None:
        """A UUID, or null."""
        return None if self.value.get(name) is None else self.uuid(name)

    def uuids(self, name: str, most: int) -> list[UUID]:
        """A list of at most `most` UUIDs, each once."""
        found = [
            Fields({str(i): text}, self.at(name)).uuid(str(i)) for i, text in enumerate(self.texts(name, most, 36))
        ]
        if len(set(found)) != len(found):
            raise self.bad(name, "must name each once")
        return found

    def moment(self, name: str) -> dt.datetime:
        """A moment with its zone, as UTC."""
        raw = self.value.get(name)
        moment = moment_of(raw) if isinstance(raw, str) and len(raw) <= 40 else None
        if moment is None:
            raise self.bad(name, "must be a moment in UTC such as 2026-01-31T14:05:12.000Z")
        return moment

    def maybe_moment(self, name: str) -> dt.datetime | None:
        """A moment, or null."""
        return None if self.value.get(name) is None else self.moment(name)

    def flag(self, name: str) -> bool:
        """true or false."""
        raw = self.value.get(name)
        if not isinstance(raw, bool):
            raise self.bad(name, "must be true or false")
        return raw

    def number(self, name: str, least: float, most: float) -> float:
        """A number between the two; true and false are none."""
        raw = self.value.get(name)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not least <= raw <= most:
            raise self.bad(name, f"must be a number from {least:g} to {most:g}")
        return float(raw)

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between the two."""
        raw = self.value.get(name)
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise self.bad(name, f"must be a whole number from {least} to {most}")
        return raw

    def object(self, name: str) -> "Fields":
        """An object inside this one."""
        return fields_of(self.value.get(name), self.at(name))

    def objects(self, name: str, most: int) -> list["Fields"]:
        """A list of at most `most` objects."""
        entries = self.value.get(name)
        if not isinstance(entries, list) or len(entries) > most:
            raise self.bad(name, f"must be a list of at most {most} entries")
        return [fields_of(entry, f"{self.at(name)}[{i}]") for i, entry in enumerate(entries)]

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def bad(self, name: str, demand: str) -> Invalid:
        """The refusal of a field: its path and what it must be."""
        path = self.at(name)
        return Invalid({path: f"{path} {demand}."})


def fields_of(raw: Any, path: str = "") -> Fields:
    """Return the fields of what must be an object. Raises Invalid."""
    if not isinstance(raw, dict):
        name = path or "body"
        raise Invalid({name: f"{name} must be an object."})
    return Fields(raw, path)


def moment_of(text: str) -> dt.datetime | None:
    """Return the moment (UTC) that an ISO 8601 text with a zone names, or None."""
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo and EARLIEST <= moment <= LATEST else None
    except (ValueError, OverflowError):
        return None
