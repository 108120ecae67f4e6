"""One person as a caseload file describes them, after reading."""

import datetime as dt
from dataclasses import dataclass

from fieldapp.domain.imports.problem import Problem


@dataclass(frozen=True, slots=True)
class ConditionCell:
    """One condition: its kind, the kind's own fact (a name, a program) and, for a curfew or school, local times."""

    kind: str
    detail: str = ""
    start: dt.time | None = None
    end: dt.time | None = None


@dataclass(frozen=True, slots=True)
class CautionCell:
    """One caution: what it is about, and its text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the file, in the order of its columns. An empty cell, and one with a problem, has its empty value.

    Positions are WGS 84 degrees, times local, `work_days` ISO weekdays as digits ("12345").
    """

    line: int
    case_number: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: dt.date | None = None
    language: str = ""
    phone: str = ""
    supervision_type: str = ""
    status: str = ""
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    level: str = ""
    case_type: str = ""
    officer_email: str = ""
    home_address: str = ""
    home_city: str = ""
    home_state: str = ""
    home_zip: str = ""
    home_lat: float | None = None
    home_lon: float | None = None
    home_notes: str = ""
    employer: str = ""
    employer_address: str = ""
    employer_lat: float | None = None
    employer_lon: float | None = None
    work_days: str = ""
    work_start: dt.time | None = None
    work_end: dt.time | None = None
    employer_aware: str = ""
    conditions: tuple[ConditionCell, ...] = ()
    cautions: tuple[CautionCell, ...] = ()
    last_home_contact: dt.date | None = None


@dataclass(frozen=True)
class Caseload:
    """A file after reading. `columns` are those it has: what is not among them stays as it is in the database.

    `notes` say how the file was understood; with any `problems`, `rows` may be shown but not imported.
    """

    rows: tuple[CaseRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    columns: frozenset[str]
