"""What the scripts of the visit page are told, in one attribute: ids, conditions, the address, manners of writing."""

from typing import Any

from fieldapp.domain.actor import Actor
from fieldapp.domain.field.visit_page import VisitPage
from fieldapp.models.agency import Agency


def visit_data(page: VisitPage, actor: Actor, agency: Agency) -> dict[str, Any]:
    """Return plain data for JSON. Distances in meters, positions in WGS 84 degrees, ids as text."""
    lat, lon = page.address.sure_position
    return {
        **rules_data(actor, agency),
        "supervisee": str(page.file.person.id),
        "name": page.file.person.name,
        "stop": str(page.stop.id) if page.stop else None,
        "place": page.place,
        "address": {"id": str(page.address.id), "lat": lat, "lon": lon},
        "checklist": {"key": page.template.key, "version": page.template.version},
        "conditions": [
            {"id": str(row.id), "kind": row.kind, "number": row.number, "text": row.text} for row in page.conditions
        ],
        "reason": "standard" if page.days_late or (page.stop and page.stop.due_on) else "other",
        "days_late": page.days_late,
    }


def rules_data(actor: Actor, agency: Agency) -> dict[str, Any]:
    """Return what is the same in all visits of an officer: who they are, and the agency's rules. Meters."""
    return {
        "officer": str(actor.id),
        "officer_name": actor.name,
        "collateral_counts": agency.collateral_counts,
        "tolerance_m": agency.position_tolerance_m,
        "poor_beyond_m": agency.poor_accuracy_m,
        "manner": manner(agency),
    }


def manner(agency: Agency) -> dict[str, Any]:
    """Return how the agency writes times and distances: zone, clock (12 or 24) and unit (mi or km)."""
    return {"zone": agency.zone, "clock": agency.clock, "unit": agency.distance_unit}
