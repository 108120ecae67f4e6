"""A re-planned day as JSON: what the phone asks, and what the office proposes."""

import datetime as dt
from typing import Any

from fieldapp.domain.plans.replan import Asked
from fieldapp.domain.plans.replan import Proposal
from fieldapp.domain.routing.request import Place
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.fields import fields_of

MOST_STOPS = 500


def read_asked(raw: Any) -> Asked:
    """Return what the phone asks: {stops, position: {lat, lon} or null, last: stop or null}. Raises Invalid."""
    fields = fields_of(raw)
    return Asked(fields.uuids("stops", MOST_STOPS), _position(fields), fields.maybe_uuid("last"))


def proposal_json(found: Proposal) -> dict[str, Any]:
    """Return the proposal as the phone reads it; moments are ISO 8601."""
    return {
        "at": found.at.isoformat(),
        "stops": [
            {"id": str(stop.id), "arrive_at": _moment(stop.arrive_at), "trouble": stop.trouble} for stop in found.stops
        ],
        "to": str(found.to) if found.to else None,
        "drive_s": found.drive_s,
        "drive_m": found.drive_m,
        "lunch": found.lunch,
        "lunch_at": _moment(found.lunch_at),
        "back_at": found.back_at.isoformat(),
        "was_back_at": found.was_back_at.isoformat(),
        "end": found.end,
        "source": found.source,
    }


def _position(fields: Fields) -> Place | None:
    if fields.value.get("position") is None:
        return None
    at = fields.object("position")
    return Place(at.number("lat", -90, 90), at.number("lon", -180, 180), passing=True)


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None
