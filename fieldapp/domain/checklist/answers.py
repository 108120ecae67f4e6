"""Answers as they come from a phone: checked against the template, so that the rules can trust their shape."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.errors import Invalid

Value = str | float | tuple[str, ...]
Rows = Mapping[str, tuple[Mapping[str, Any], ...]]

ANSWERED_BY = ("tap", "rest")
DISCOVERY = ("plain_view", "volunteered", "search")
TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 10_000
ROW_LIMIT = 100
# Databases refuse NUL, UTF-8 has no lone surrogates: both would fail later, where nobody can say which field it was.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ANSWER_KEYS = {"item", "value", "answered_by", "at", "note", "discovery", "no_photo_reason"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item. `value`: text, number, or texts for `several`. `at`: UTC, the phone's clock."""

    value: Value
    note: str = ""
    discovery: str = ""
    no_photo_reason: str = ""
    answered_by: str = "tap"
    at: dt.datetime | None = None


def parse_answers(template: Template, raw: Any) -> dict[str, Answer]:
    """The wire's list of answers, by item id and in its order.

    Answers to items that are hidden now are kept: the officer gave them, the rules pass them over.
    Raises `Invalid` whose keys are paths such as `answers[3].value`.
    """
    answers: dict[str, Answer] = {}
    for i, entry in enumerate(_list(raw, "answers", len(list(template.items())))):
        path = f"answers[{i}]"
        if not isinstance(entry, dict) or not set(entry) <= _ANSWER_KEYS:
            raise Invalid({path: f"{path} must be an object with no keys but {', '.join(sorted(_ANSWER_KEYS))}."})
        item = _item(template, entry.get("item"), f"{path}.item")
        if item.type == "rows" or item.id in answers:
            raise Invalid({f"{path}.item": f"{path}.item: “{item.id}” can have no answer here, or has one already."})
        answers[item.id] = _answer(item, entry, path)
    return answers


def parse_rows(template: Template, raw: Any) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """The wire's repeating groups, by item id; each row has its `id` (a UUID's text) and the fields that are filled in.

    Raises `Invalid` whose keys are paths such as `rows.people.persons[0].age`.
    """
    if not isinstance(raw, dict):
        raise Invalid({"rows": "rows must be an object with a list for each repeating group."})
    found = {}
    for key, entries in raw.items():
        item = _item(template, key, "rows")
        path = f"rows.{item.id}"
        if item.type != "rows":
            raise Invalid({path: f"{path} is not a repeating group. Send it among the answers."})
        found[item.id] = tuple(_row(item, row, f"{path}[{i}]") for i, row in enumerate(_list(entries, path, ROW_LIMIT)))
    return found


def _list(raw: Any, path: str, limit: int) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > limit:
        raise Invalid({path: f"{path} must be a list of at most {limit} entries."})
    return raw


def _item(template: Template, key: Any, path: str) -> Item:
    item = template.item(key) if isinstance(key, str) else None
    if item is None:
        raise Invalid(
            {path: f"{path}: {template.title} {template.version} has no such item. Update the phone’s program."}
        )
    return item


def _answer(item: Item, entry: dict[str, Any], path: str) -> Answer:
    value = _value(item, entry.get("value"), f"{path}.value")
    answered_by = _one(entry.get("answered_by"), ANSWERED_BY, f"{path}.answered_by")
    if answered_by == "rest" and value != item.clear:
        raise Invalid(
            {f"{path}.answered_by": f"{path}.answered_by: “{item.label}” must be answered by a tap of its own."}
        )
    discovery = entry.get("discovery") or ""
    return Answer(
        value=value,
        note=_text(entry.get("note") or "", LONG_TEXT_LIMIT, f"{path}.note"),
        discovery=_one(discovery, ("", *DISCOVERY), f"{path}.discovery"),
        no_photo_reason=_text(entry.get("no_photo_reason") or "", TEXT_LIMIT, f"{path}.no_photo_reason"),
        answered_by=answered_by,
        at=_instant(entry.get("at"), f"{path}.at"),
    )


def _row(item: Item, raw: Any, path: str) -> Mapping[str, Any]:
    fields = {field.key: field for field in item.fields}
    if not isinstance(raw, dict) or not set(raw) <= {"id", *fields}:
        raise Invalid({path: f"{path} must be an object with no keys but id, {', '.join(fields)}."})
    row: dict[str, Any] = {"id": _uuid(raw.get("id"), f"{path}.id")}
    for key, field in fields.items():
        if raw.get(key) not in (None, "", []):
            row[key] = _value(field, raw[key], f"{path}.{key}")
    return row


def _value(item: Item, raw: Any, path: str) -> Value:
    readers: dict[str, Callable[[], Value]] = {
        "several": lambda: _several(raw, item.values, path),
        "text": lambda: _text(raw, TEXT_LIMIT, path),
        "long_text": lambda: _text(raw, LONG_TEXT_LIMIT, path),
        "number": lambda: _number(raw, path),
        "date": lambda: _date(raw, path),
    }
    return readers.get(item.type, lambda: _one(raw, item.values, path))()


def _one(raw: Any, allowed: tuple[str, ...], path: str) -> str:
    if not isinstance(raw, str) or raw not in allowed:
        raise Invalid({path: f"{path} must be one of: {', '.join(word for word in allowed if word)}."})
    return raw


def _several(raw: Any, allowed: tuple[str, ...], path: str) -> tuple[str, ...]:
    chosen = tuple(_one(value, allowed, path) for value in _list(raw, path, len(allowed)))
    if len(set(chosen)) != len(chosen):
        raise Invalid({path: f"{path} names a value twice. Send each once."})
    return chosen


def _text(raw: Any, limit: int, path: str) -> str:
    if not isinstance(raw, str) or len(raw) > limit or _UNSTORABLE.search(raw):
        raise Invalid({path: f"{path} must be a text of at most {limit} characters, without control codes."})
    return raw


def _number(raw: Any, path: str) -> float:
    # A bool is an int to Python; NaN and infinity pass through JSON parsers that are not strict.
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= 1e9:
        raise Invalid({path: f"{path} must be a number between -1000000000 and 1000000000."})
    return raw


def _date(raw: Any, path: str) -> str:
    try:
        return dt.date.fromisoformat(_text(raw, TEXT_LIMIT, path)).isoformat()
    except ValueError:
        raise Invalid({path: f"{path} must be a date such as 2026-01-31."}) from None


def _instant(raw: Any, path: str) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(_text(raw, TEXT_LIMIT, path))
        if instant.tzinfo is None:
            raise ValueError
        return instant.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Invalid({path: f"{path} must be an instant in UTC such as 2026-01-31T14:05:12.000Z."}) from None


def _uuid(raw: Any, path: str) -> str:
    try:
        return str(uuid.UUID(_text(raw, TEXT_LIMIT, path)))
    except ValueError:
        raise Invalid({path: f"{path} must be a UUID."}) from None
