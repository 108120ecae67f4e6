"""The demo's people: two data files with days counted back from today, imported on the days on which it happened."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.imports.apply import apply_import
from fieldapp.domain.imports.plan import plan_import
from fieldapp.domain.imports.read import read_caseload

DATA = Path(__file__).with_name("data")
EVERYBODY = 300
# who was there when the agency began to keep its caseload here: cautions of the first are due for review by now
FIRST_IMPORT, SECOND_IMPORT = 400, 330
LONG_KNOWN = 500
EVERY = 7


@dataclass(frozen=True)
class Change:
    """On `on`, a column of somebody's line changed."""

    on: dt.date
    column: str
    value: str


@dataclass(frozen=True)
class DemoPerson:
    """One line of the demo's caseload: `line` as the import reads it today, and what changed since `known_since`."""

    line: dict[str, str]
    start: dt.date
    known_since: dt.date
    changes: tuple[Change, ...] = field(default=())

    @property
    def case_number(self) -> str:
        """The agency's own number."""
        return self.line["case_number"]

    def on(self, day: dt.date) -> dict[str, str]:
        """Return the line as the agency knew it on that day."""
        return self.line | {change.column: change.value for change in self.changes if change.on <= day}

    def days_of(self, column: str) -> list[dt.date]:
        """Return on which days a column changed."""
        return [change.on for change in self.changes if change.column == column]


@dataclass(frozen=True)
class Import:
    """A caseload file of one day, with only those who are new or changed."""

    on: dt.date
    lines: tuple[dict[str, str], ...]

    def file(self) -> bytes:
        """Return it as the CSV file that an administrator would send."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(self.lines[0]))
        writer.writeheader()
        writer.writerows(self.lines)
        return text.getvalue().encode()


def demo_people(today: dt.date, count: int = EVERYBODY) -> list[DemoPerson]:
    """Return the first `count` people of the data files, dated from today."""
    changes: dict[str, list[Change]] = {}
    for row in _rows("changes.csv"):
        on = today - dt.timedelta(days=int(row["ago"]))
        changes.setdefault(row["case_number"], []).append(Change(on, row["column"], row["value"]))
    return [_person(row, today, tuple(changes.get(row["case_number"], ()))) for row in _rows("caseload.csv")[:count]]


def imports(people: Sequence[DemoPerson]) -> list[Import]:
    """Return the files in the order of their days."""
    lines: dict[dt.date, list[dict[str, str]]] = {}
    for person in people:
        for day in sorted({person.known_since, *(change.on for change in person.changes)}):
            lines.setdefault(day, []).append(person.on(day))
    return [Import(day, tuple(rows)) for day, rows in sorted(lines.items())]


def import_on(session: Session, actor: Actor, file: Import, *, now: dt.datetime) -> None:
    """Take one file in as the import page does. Raises Invalid if the data files are wrong."""
    content = file.file()
    plan = plan_import(session, read_caseload(content), file.on)
    apply_import(session, actor, plan, now=now, subject=hashlib.sha256(content).hexdigest())


def _person(row: dict[str, str], today: dt.date, changes: tuple[Change, ...]) -> DemoPerson:
    start_ago, end_ahead = int(row.pop("start_ago")), row.pop("end_ahead")
    start = today - dt.timedelta(days=start_ago)
    end = (today + dt.timedelta(days=int(end_ahead))).isoformat() if end_ahead else ""
    known = today - dt.timedelta(days=_known_ago(start_ago))
    return DemoPerson(row | {"start_date": start.isoformat(), "end_date": end}, start, known, changes)


def _known_ago(start_ago: int) -> int:
    """Return how many days ago somebody was first in a file: with the next weekly one after the start."""
    if start_ago >= LONG_KNOWN:
        return FIRST_IMPORT
    return SECOND_IMPORT if start_ago >= SECOND_IMPORT else start_ago // EVERY * EVERY


def _rows(name: str) -> list[dict[str, str]]:
    return list(_read(DATA / name))


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as text:
        yield from csv.DictReader(text)
