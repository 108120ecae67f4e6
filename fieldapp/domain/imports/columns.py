"""The columns of a caseload file, under the names that people give them."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields

from fieldapp.domain.imports.problem import Problem
from fieldapp.domain.imports.problem import shown
from fieldapp.domain.imports.row import CaseRow

COLUMNS = tuple(field.name for field in fields(CaseRow) if field.name != "line")
REQUIRED = (
    "case_number",
    "first_name",
    "last_name",
    "supervision_type",
    "status",
    "start_date",
    "level",
    "officer_email",
    "home_address",
)
# a part of a group makes no sense without the whole
TOGETHER = (("home_lat", "home_lon"), ("employer_lat", "employer_lon"), ("work_start", "work_end"))
SYNONYMS = {
    "case": "case_number",
    "case_no": "case_number",
    "case_id": "case_number",
    "given_name": "first_name",
    "family_name": "last_name",
    "surname": "last_name",
    "dob": "date_of_birth",
    "birth_date": "date_of_birth",
    "birthdate": "date_of_birth",
    "telephone": "phone",
    "phone_number": "phone",
    "type": "supervision_type",
    "term_status": "status",
    "start": "start_date",
    "term_start": "start_date",
    "end": "end_date",
    "term_end": "end_date",
    "risk_level": "level",
    "supervision_level": "level",
    "officer": "officer_email",
    "officer_e_mail": "officer_email",
    "address": "home_address",
    "street": "home_address",
    "city": "home_city",
    "state": "home_state",
    "zip": "home_zip",
    "zip_code": "home_zip",
    "home_zip_code": "home_zip",
    "home_latitude": "home_lat",
    "home_longitude": "home_lon",
    "home_lng": "home_lon",
    "employer_name": "employer",
    "work_address": "employer_address",
    "employer_latitude": "employer_lat",
    "employer_longitude": "employer_lon",
    "employer_lng": "employer_lon",
    "shift_days": "work_days",
    "shift_start": "work_start",
    "shift_end": "work_end",
    "special_conditions": "conditions",
    "caution_flags": "cautions",
    "last_home_visit": "last_home_contact",
}


@dataclass(frozen=True)
class Header:
    """Which column stands at which place (None where unknown), what is wrong with it, and what is worth knowing."""

    places: list[str | None]
    problems: list[Problem]
    notes: list[str]


def column_of(name: str) -> str | None:
    """Return the column that a header's cell means: case, spaces and signs do not matter. None when unknown."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    column = SYNONYMS.get(plain, plain)
    return column if column in COLUMNS else None


def known_columns(header: Sequence[str]) -> set[str]:
    """Return the columns that a header names."""
    return {column for column in map(column_of, header) if column}


def read_header(line: int, header: Sequence[str]) -> Header:
    """Return the columns of a header; those that are doubled, missing or misspelled are problems, others only notes."""
    found = Header([], [], [])
    known = known_columns(header)
    for name in header:
        column = column_of(name)
        if column and column in found.places:
            found.problems.append(Problem(line, column, shown(name), "This column is there twice. Remove one of them."))
            column = None
        elif column is None and name:
            _unknown(found, line, name, known)
        found.places.append(column)
    for column in _missing(known):
        remedy = "This column is missing. Add it to the first line, and its values below."
        found.problems.append(Problem(line, column, "", remedy))
    return found


def _missing(known: set[str]) -> list[str]:
    halves = [part for group in TOGETHER if known.intersection(group) for part in group]
    if "employer" in known:
        halves.append("employer_address")
    elif any(column.startswith(("employer_", "work_")) for column in known):
        halves.append("employer")
    return [column for column in (*REQUIRED, *halves) if column not in known]


def _unknown(found: Header, line: int, name: str, known: set[str]) -> None:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    near = difflib.get_close_matches(plain, [column for column in COLUMNS if column not in known], 1, 0.8)
    if near:
        remedy = f"This column is not known. If it means {near[0]}, name it so; otherwise remove it."
        found.problems.append(Problem(line, shown(name), "", remedy))
    else:
        found.notes.append(f"The column “{shown(name)}” is not known and is left out.")
