"""Caseload files for tests: whole ones from tests/data, and small ones made line by line."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.imports.apply import apply_import
from fieldapp.domain.imports.columns import COLUMNS
from fieldapp.domain.imports.plan import ImportPlan
from fieldapp.domain.imports.plan import plan_import
from fieldapp.domain.imports.read import read_caseload
from fieldapp.models.all import metadata
from tests import people

DATA = Path(__file__).parents[2] / "data" / "caseload"
TODAY = dt.date(2026, 11, 23)
LATER = dt.date(2026, 12, 1)
NOW = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)
OFFICERS = tuple(f"officer{number}@demo.example" for number in range(1, 7))
LINE = {
    "case_number": "C-1",
    "first_name": "Alex",
    "last_name": "Sample",
    "date_of_birth": "1990-04-13",
    "language": "en",
    "phone": "410-555-0101",
    "supervision_type": "probation",
    "status": "active",
    "start_date": "2026-01-05",
    "end_date": "2028-01-04",
    "level": "medium",
    "case_type": "general",
    "officer_email": OFFICERS[0],
    "home_address": "9001 Sample Street",
    "home_city": "Baltimore",
    "home_state": "MD",
    "home_zip": "21201",
    "home_lat": "39.29",
    "home_lon": "-76.61",
    "home_notes": "ring twice",
    "employer": "Sample Deli",
    "employer_address": "9002 Market Place, Baltimore, MD",
    "employer_lat": "39.28",
    "employer_lon": "-76.6",
    "work_days": "mon-fri",
    "work_start": "08:00",
    "work_end": "16:30",
    "employer_aware": "no",
    "conditions": "no_alcohol; curfew 20:00-06:00",
    "cautions": "dog: large dog in yard",
    "last_home_contact": "2026-10-01",
}


def sample(name: str) -> bytes:
    """The bytes of a file in tests/data/caseload."""
    return (DATA / name).read_bytes()


def line(**cells: str) -> dict[str, str]:
    """A good line in which these cells differ."""
    return LINE | cells


def csv_file(*lines: dict[str, str], columns: Any = COLUMNS, encoding: str = "utf-8", **style: Any) -> bytes:
    """A file with these lines; `style` goes to csv.DictWriter."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", **style)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(encoding)


def arrange(session: Session) -> None:
    """The agency, levels and officers that the samples name."""
    people.agency(session)
    for key in ("administrative", "low", "medium", "high"):
        people._level(session, key)
    for email in OFFICERS:
        people.officer(session, email=email)


def take(session: Session, data: bytes, on: dt.date = TODAY) -> ImportPlan:
    """Plan and apply a file without problems on that day."""
    plan = plan_import(session, read_caseload(data), on)
    assert plan.problems == ()
    apply_import(session, None, plan, now=NOW + (on - TODAY), subject="file")
    return plan


def contents(session: Session) -> dict[str, list[Any]]:
    """Every row of every table but the audit log, to compare with another time."""
    return {
        table.name: sorted(map(repr, session.execute(select(table)).all()))
        for table in metadata.sorted_tables
        if table.name != "audit_entry"
    }
