"""Takes over an agency's contact standards from a JSON file: a list of objects, each one version of one standard."""

import datetime as dt
import json
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import get_args

from sqlalchemy import JSON
from sqlalchemy import Boolean
from sqlalchemy import Date
from sqlalchemy import Integer
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import record
from fieldapp.domain.caseload.standards import as_standard
from fieldapp.domain.due.periods import Unit
from fieldapp.domain.due.standard import Cadence
from fieldapp.domain.due.standard import EventKind
from fieldapp.domain.due.standard_check import check_standard
from fieldapp.domain.errors import Invalid
from fieldapp.models.level import SupervisionLevel
from fieldapp.models.standard import ContactStandard

COLUMNS = {column.name: column for column in ContactStandard.__table__.columns if column.name != "id"}
NEEDED = ("key", "label", "cadence", "effective_from")
# the due rules know this event, but no page or import can tell of it: a standard of it would never come due
NO_SOURCE = "new_concern"
NO_SOURCE_WORDS = (
    "event new_concern cannot be used: nothing tells the office of a new concern yet."
    " Use address_change, release, resumed or new_job."
)
CHOICES: Mapping[str, Sequence[str]] = {
    "place": ("", "home", "work"),
    "cadence": get_args(Cadence),
    "event": [kind for kind in get_args(EventKind) if kind != NO_SOURCE],
    "period_unit": get_args(Unit),
    "initial_unit": get_args(Unit),
    "event_unit": get_args(Unit),
}


def read_standards(data: bytes) -> list[dict[str, Any]]:
    """Return the columns of each version as given. Raises Invalid that names the entry, the field and the remedy."""
    try:
        entries = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        raise Invalid({"file": "This is no JSON file. Write a list of objects, one for each standard."}) from None
    if not isinstance(entries, list) or not entries:
        raise Invalid({"file": "Write a list of objects, one for each standard."})
    errors: dict[str, str] = {}
    read = [_entry(number, entry, errors) for number, entry in enumerate(entries, start=1)]
    versions = [(entry.get("key"), entry.get("effective_from")) for entry in read]
    if not errors and len(set(versions)) != len(versions):
        errors["file"] = "Two entries have the same key and effective_from. Keep one of them."
    if errors:
        raise Invalid(errors)
    return read


def apply_standards(session: Session, entries: Sequence[Mapping[str, Any]], *, now: dt.datetime) -> dict[str, int]:
    """Write the versions and return how many are new, changed and same; others in the table stay as they are.

    A version is known by key and effective_from. Raises Invalid, then nothing is written.
    """
    levels = set(session.scalars(select(SupervisionLevel.key)))
    known = {(row.key, row.effective_from): row for row in session.scalars(select(ContactStandard))}
    counts, errors = {"new": 0, "changed": 0, "same": 0}, dict[str, str]()
    for number, entry in enumerate(entries, start=1):
        row = known.get((entry["key"], entry["effective_from"]))
        before = row and {name: getattr(row, name) for name in COLUMNS}
        row = row or ContactStandard()
        for name, value in {**DEFAULTS, **entry}.items():
            setattr(row, name, value)
        _check(number, row, levels, errors)
        session.add(row)
        after = {name: getattr(row, name) for name in COLUMNS}
        counts["new" if before is None else "same" if before == after else "changed"] += 1
    if errors:
        raise Invalid(errors)
    session.flush()
    if counts["new"] or counts["changed"]:
        record(session, None, "standards.imported", "contact_standard", now=now, **counts)
    return counts


def _entry(number: int, entry: Any, errors: dict[str, str]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        errors[f"{number}"] = f"Entry {number} must be an object with the fields of one standard."
        return {}
    lacking = [name for name in NEEDED if not entry.get(name)]
    for name in lacking:
        errors[f"{number}.{name}"] = f"Entry {number} lacks {name}."
    for name in entry.keys() - COLUMNS.keys():
        errors[f"{number}.{name}"] = f"Entry {number}: {name} is no field of a standard."
    given = {name: value for name, value in entry.items() if name in COLUMNS and name not in lacking}
    return {name: _value(number, name, value, errors) for name, value in given.items()}


def _value(number: int, name: str, value: Any, errors: dict[str, str]) -> Any:
    column = COLUMNS[name]
    wanted = ""
    if value is None:
        wanted = "" if column.nullable else "a value"
    elif name == "event" and value == NO_SOURCE:
        errors[f"{number}.{name}"] = f"Entry {number}: {NO_SOURCE_WORDS}"
    elif name in CHOICES and value not in CHOICES[name]:
        wanted = f"one of {', '.join(word or '(empty)' for word in CHOICES[name])}"
    elif isinstance(column.type, Boolean):
        wanted = "" if isinstance(value, bool) else "true or false"
    elif isinstance(column.type, Integer):
        wanted = "" if isinstance(value, int) and not isinstance(value, bool) else "a whole number"
    elif isinstance(column.type, Date):
        return _date(number, name, value, errors)
    elif isinstance(column.type, JSON):
        listed = isinstance(value, list) and all(isinstance(each, str) for each in value)
        wanted = "" if listed else "a list of words"
    elif not isinstance(value, str) or len(value) > 200:
        wanted = "a text of at most 200 letters"
    if wanted:
        errors[f"{number}.{name}"] = f"Entry {number}: {name} must be {wanted}."
    return value


def _date(number: int, name: str, value: Any, errors: dict[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        errors[f"{number}.{name}"] = f"Entry {number}: {name} must be a date such as 2026-01-31."
        return None


def _check(number: int, row: ContactStandard, levels: set[str], errors: dict[str, str]) -> None:
    if row.level_key is not None and row.level_key not in levels:
        errors[f"{number}.level_key"] = f"Entry {number}: there is no level {row.level_key}."
    try:
        check_standard(as_standard(row, row.effective_from, ""))
    except Invalid as error:
        errors.update({f"{number}.{name}": f"Entry {number}: {words}" for name, words in error.errors.items()})


def _default(name: str) -> Any:
    default = COLUMNS[name].default
    if default is None:
        return None
    return [] if default.is_callable else default.arg


DEFAULTS = {name: _default(name) for name in COLUMNS if name not in NEEDED}
