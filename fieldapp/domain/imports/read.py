"""Reads a caseload file: every cell that can be used, and every problem with the rest."""

from collections.abc import Callable
from functools import partial
from typing import Any

from fieldapp.domain.imports import cells
from fieldapp.domain.imports import lists
from fieldapp.domain.imports.columns import COLUMNS
from fieldapp.domain.imports.columns import REQUIRED
from fieldapp.domain.imports.columns import read_header
from fieldapp.domain.imports.dates import date_order
from fieldapp.domain.imports.dates import read_date
from fieldapp.domain.imports.problem import CellRefused
from fieldapp.domain.imports.problem import Problem
from fieldapp.domain.imports.problem import shown
from fieldapp.domain.imports.row import Caseload
from fieldapp.domain.imports.row import CaseRow
from fieldapp.domain.imports.table import Table
from fieldapp.domain.imports.table import read_table
from fieldapp.domain.imports.whole_row import row_problems
from fieldapp.models.supervisee import TERM_STATUSES

DATES = ("date_of_birth", "start_date", "end_date", "last_home_contact")
TERM_KINDS = ("probation", "parole", "supervised_release")
READERS: dict[str, Callable[[str], Any]] = {
    "case_number": cells.case_number,
    "first_name": cells.name,
    "last_name": cells.name,
    "language": cells.language,
    "phone": cells.phone,
    "supervision_type": partial(cells.one_of, allowed=TERM_KINDS),
    "status": partial(cells.one_of, allowed=TERM_STATUSES),
    "level": cells.code,
    "case_type": cells.code,
    "officer_email": cells.email,
    "home_zip": cells.zip_code,
    "home_lat": partial(cells.degrees, most=90),
    "home_lon": partial(cells.degrees, most=180),
    "home_notes": partial(cells.plain_text, longest=cells.LONGEST_TEXT),
    "employer_lat": partial(cells.degrees, most=90),
    "employer_lon": partial(cells.degrees, most=180),
    "employer_address": partial(cells.plain_text, longest=cells.LONGEST_LINE * 2),
    "work_days": lists.work_days,
    "work_start": cells.clock_time,
    "work_end": cells.clock_time,
    "employer_aware": cells.truth,
    "conditions": lists.conditions,
    "cautions": lists.cautions,
}
ENCODINGS = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}
MOST_PROBLEMS = 5_000
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_caseload(data: bytes) -> Caseload:
    """Return the people in a CSV file of any habit, with every problem by line and column.

    Raises Invalid (field "file") when the file is no caseload at all, or too large.
    """
    table = read_table(data)
    header = read_header(table.header_line, table.header)
    rows: list[CaseRow] = []
    problems = list(header.problems)
    order = date_order(_dates(table, header.places))
    readers = READERS | dict.fromkeys(DATES, partial(read_date, order=order.order))
    for line, row_cells in table.records:
        if len(problems) >= MOST_PROBLEMS:
            header.notes.append(f"Reading stopped before line {line}: there are too many problems to list them all.")
            break
        if len(row_cells) != len(header.places):
            problems.append(_uneven(line, len(row_cells), len(header.places)))
            continue
        values, wrong = _read_row(line, dict(zip(header.places, row_cells, strict=True)), readers)
        rows.append(CaseRow(line, **values))
        problems += wrong or row_problems(rows[-1])
    problems += _doubled(rows)
    if table.broken:
        problems.append(Problem(table.broken, "", "", "The quotes from here on do not close. Add or remove a quote."))
    problems.sort(key=lambda one: (one.line, COLUMNS.index(one.column) if one.column in COLUMNS else -1))
    notes = [*_habits(table), order.note, *header.notes]
    columns = frozenset(place for place in header.places if place)
    return Caseload(tuple(rows), tuple(problems), tuple(filter(None, notes)), columns)


def _read_row(
    line: int, texts: dict[str | None, str], readers: dict[str, Callable[[str], Any]]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for column, text in texts.items():
        if column is None:
            continue
        if not text:
            if column in REQUIRED:
                problems.append(Problem(line, column, "", f"This is empty. Fill in {column}; every person needs it."))
            continue
        try:
            values[column] = readers.get(column, cells.plain_text)(text)
        except CellRefused as error:
            problems.append(Problem(line, column, shown(text), str(error)))
    return values, problems


def _dates(table: Table, places: list[str | None]) -> list[tuple[int, str]]:
    where = [place for place, column in enumerate(places) if column in DATES]
    return [(line, row[place]) for line, row in table.records for place in where if place < len(row)]


def _doubled(rows: list[CaseRow]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        if row.case_number and first.setdefault(row.case_number, row.line) != row.line:
            remedy = f"Line {first[row.case_number]} has this case number too. Remove one of the lines or correct it."
            found.append(Problem(row.line, "case_number", row.case_number, remedy))
    return found


def _uneven(line: int, cells_here: int, cells_above: int) -> Problem:
    remedy = (
        f"This line has {cells_here} cells, the first line {cells_above}. "
        "Put text that holds the separator in quotes, and keep empty cells."
    )
    return Problem(line, "", "", remedy)


def _habits(table: Table) -> list[str]:
    notes = []
    if table.encoding in ENCODINGS:
        notes.append(f"The file is written in {ENCODINGS[table.encoding]}.")
    if table.separator in SEPARATORS:
        notes.append(f"Cells are separated by {SEPARATORS[table.separator]}.")
    return notes
