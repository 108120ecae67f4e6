"""The demo agency's levels and contact standards."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.caseload.standards import agency_standards
from fieldapp.domain.due.standard_check import check_standard
from fieldapp.domain.setup import add_levels
from fieldapp.models.agency import Agency
from fieldapp.models.standard import ContactStandard

HOME_EVERY = {"high": 30, "medium": 60, "low": 180, "administrative": 365}
WORK_EVERY = {"high": 90}
TREATMENT_EVERY = 90
IN_TREATMENT = ("mental_health", "sex_offense")
FIRST_VISIT_DAYS = 30
MOVE_DAYS = 14
RELEASE_DAYS = 5
NEW_JOB_DAYS = 30
CITATION = "Harbor County Policy 4.2"

HOME: dict[str, Any] = {
    "place": "home",
    "methods": ["in_person"],
    "locations": ["residence"],
    "parties": ["direct"],
}
WORK: dict[str, Any] = {
    "place": "work",
    "methods": ["in_person"],
    "locations": ["employment"],
    "parties": ["direct", "collateral"],
}
CALL: dict[str, Any] = {"place": "", "methods": ["phone", "in_person"], "parties": ["collateral"]}
TREATMENT: dict[str, Any] = {**CALL, "locations": ["treatment"]}
MONTHLY: dict[str, Any] = {"cadence": "calendar", "period_number": 1, "period_unit": "month"}
FIRST: dict[str, Any] = {"initial_number": FIRST_VISIT_DAYS, "initial_unit": "day"}


def make_standards(session: Session, agency: Agency, since: dt.date) -> None:
    """Write levels and standards, in force since that day. Raises Invalid if one of them could not be used."""
    add_levels(session)
    session.add_all(ContactStandard(effective_from=since, citation=CITATION, **fields) for fields in _all())
    session.flush()
    for standard in agency_standards(session, agency):
        check_standard(standard)


def _all() -> list[dict[str, Any]]:
    return [
        *(_every(f"home-{of}", "Home contact", days, FIRST, level_key=of, **HOME) for of, days in HOME_EVERY.items()),
        *(_every(f"work-{key}", "Work check", days, {}, level_key=key, **WORK) for key, days in WORK_EVERY.items()),
        _every("treatment", "Call to treatment", TREATMENT_EVERY, {}, case_types=[*IN_TREATMENT], **TREATMENT),
        {"key": "collateral-high", "label": "Collateral by phone", "level_key": "high", **MONTHLY, **CALL},
        _event("home-new-address", "Home contact at the new address", "address_change", MOVE_DAYS, "day", **HOME),
        _event("home-release", "Home contact after release", "release", RELEASE_DAYS, "business_day", **HOME),
        _event("work-new-job", "Work check at the new job", "new_job", NEW_JOB_DAYS, "day", **WORK),
    ]


def _every(key: str, label: str, days: int, first: dict[str, Any], **fields: Any) -> dict[str, Any]:
    period = {"cadence": "rolling", "period_number": days, "period_unit": "day"}
    return {"key": key, "label": label, **period, **first, **fields}


def _event(key: str, label: str, event: str, number: int, unit: str, **fields: Any) -> dict[str, Any]:
    within = {"cadence": "once", "event": event, "event_number": number, "event_unit": unit}
    return {"key": key, "label": label, **within, **fields}
