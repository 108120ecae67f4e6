"""What an import must know besides the file, and the values of the rows that it writes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.clock import local_moment
from fieldapp.domain.imports.row import CaseRow
from fieldapp.domain.imports.row import CautionCell
from fieldapp.domain.imports.row import ConditionCell
from fieldapp.domain.imports.wording import condition_text

SOURCE = "Import"
NOON = 12 * 3600
Values = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """The local date of the import, the agency's zone, officers by e-mail, levels, and the columns of the file."""

    on: dt.date
    zone: str
    officers: Mapping[str, uuid.UUID]
    levels: frozenset[str]
    columns: frozenset[str]

    @property
    def last_day(self) -> dt.date:
        """The last day on which what this import ends still holds."""
        return self.on - dt.timedelta(days=1)

    def began(self, row: CaseRow) -> dt.date:
        """Return the day from which a new person's facts hold: the start of supervision, at the latest today."""
        return min(row.start_date or self.on, self.on)


def term_values(row: CaseRow, person: uuid.UUID) -> Values:
    """Return the term of a line."""
    return {
        "id": uuid.uuid4(),
        "supervisee_id": person,
        "kind": row.supervision_type,
        "status": row.status,
        "start_on": row.start_date,
        "end_on": row.end_date,
    }


def home_values(row: CaseRow, person: uuid.UUID, since: dt.date) -> Values:
    """Return the home address of a line."""
    return {
        "supervisee_id": person,
        "place": "home",
        "line": row.home_address,
        "city": row.home_city,
        "state": row.home_state,
        "zip": row.home_zip,
        "notes": row.home_notes,
        "lat": row.home_lat,
        "lon": row.home_lon,
        "position_quality": "none" if row.home_lat is None else "given",
        "from_on": since,
    }


def work_values(row: CaseRow, person: uuid.UUID, since: dt.date) -> Values:
    """Return the employer's address of a line; its town stands in the same cell as the street."""
    return {
        "id": uuid.uuid4(),
        "supervisee_id": person,
        "place": "work",
        "line": row.employer_address,
        "lat": row.employer_lat,
        "lon": row.employer_lon,
        "position_quality": "none" if row.employer_lat is None else "given",
        "from_on": since,
    }


def job_values(row: CaseRow, person: uuid.UUID, address: uuid.UUID, since: dt.date) -> Values:
    """Return the job of a line."""
    return {
        "supervisee_id": person,
        "address_id": address,
        "employer": row.employer,
        "days": row.work_days,
        "start": row.work_start,
        "end": row.work_end,
        "employer_aware": row.employer_aware or "unknown",
        "from_on": since,
    }


def condition_values(cell: ConditionCell, person: uuid.UUID, number: int, since: dt.date) -> Values:
    """Return a numbered condition in plain words."""
    return {
        "supervisee_id": person,
        "number": number,
        "kind": cell.kind,
        "text": condition_text(cell),
        "detail": cell.detail,
        "curfew_start": cell.start,
        "curfew_end": cell.end,
        "from_on": since,
    }


def caution_values(cell: CautionCell, person: uuid.UUID, on: dt.date) -> Values:
    """Return a caution whose source is the import; it is to be reviewed after a year."""
    return {
        "supervisee_id": person,
        "subject": cell.subject,
        "text": cell.text,
        "source": SOURCE,
        "noted_on": on,
        "review_on": on + dt.timedelta(days=365),
    }


def assignment_values(person: uuid.UUID, officer: uuid.UUID, since: dt.date) -> Values:
    """Return an assignment as the officer's own case; who had it before the import is not known."""
    return {"supervisee_id": person, "officer_id": officer, "kind": "primary", "from_on": since}


def contact_values(on: dt.date, person: uuid.UUID, zone: str) -> Values:
    """Return the last home contact before the import; its time of day is not known and given as noon."""
    return {
        "supervisee_id": person,
        "at": local_moment(zone, on, NOON),
        "on": on,
        "method": "in_person",
        "location": "residence",
        "party": "direct",
        "status": "completed",
        "source": "import",
    }
