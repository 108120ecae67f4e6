"""Enrolling a phone's public key."""

from typing import Any

from flask import Blueprint

from fieldapp.domain.wire.devices import enrol_device
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.json_body import json_body

bp = Blueprint("devices", __name__)


@bp.post("/devices")
@allow("officer")
def enrol() -> Any:
    device = enrol_device(session(), actor(), json_body(), now=now())
    commit()
    return {"kid": device.kid}
