"""What only a whole line shows: dates in the wrong order, half a position, a job without an employer."""

import datetime as dt

from fieldapp.domain.imports.problem import Problem
from fieldapp.domain.imports.row import CaseRow

PAIRS = (("home_lat", "home_lon"), ("employer_lat", "employer_lon"), ("work_start", "work_end"))
OF_A_JOB = ("employer_address", "employer_lat", "employer_lon", "work_days", "work_start", "work_end")


def row_problems(row: CaseRow) -> list[Problem]:
    """Return the problems of a line whose cells are all fine by themselves."""
    return [*_dates(row), *_half_pairs(row), *_job(row)]


def _dates(row: CaseRow) -> list[Problem]:
    if row.start_date and row.end_date and row.end_date < row.start_date:
        remedy = f"The term ends before it starts ({row.start_date}). Correct one of the two dates."
        return [Problem(row.line, "end_date", str(row.end_date), remedy)]
    if row.start_date and row.date_of_birth and row.date_of_birth >= row.start_date:
        remedy = f"The person is born after the term starts ({row.start_date}). Correct one of the two dates."
        return [Problem(row.line, "date_of_birth", str(row.date_of_birth), remedy)]
    return []


def _half_pairs(row: CaseRow) -> list[Problem]:
    pairs = PAIRS if row.employer else PAIRS[:1]
    found = []
    for one, other in pairs:
        if (getattr(row, one) is None) != (getattr(row, other) is None):
            empty, given = (one, other) if getattr(row, one) is None else (other, one)
            remedy = f"This is empty, but {given} is not. Fill in both, or leave both empty."
            found.append(Problem(row.line, empty, "", remedy))
    return found


def _job(row: CaseRow) -> list[Problem]:
    if row.employer:
        if row.employer_address:
            return []
        return [Problem(row.line, "employer_address", "", "This is empty. Fill in where the employer is.")]
    given = next((column for column in OF_A_JOB if getattr(row, column) not in (None, "")), None)
    if given is None and row.employer_aware in ("", "unknown"):
        return []
    column = given or "employer_aware"
    remedy = "There is no employer on this line. Fill in the employer, or empty this cell."
    value = getattr(row, column)
    return [Problem(row.line, column, f"{value:%H:%M}" if isinstance(value, dt.time) else str(value), remedy)]
