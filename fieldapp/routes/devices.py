"""Enrolling a phone's public key."""

from typing import Any

from flask import Blueprint
from flask import current_app
from flask import jsonify

from fieldapp.domain.wire.devices import enrol_device
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.json_body import json_body

bp = Blueprint("devices", __name__)
MARK_SECONDS = 400 * 24 * 3600


@bp.post("/devices")
@allow("officer")
def enrol() -> Any:
    device = enrol_device(session(), actor(), json_body(), now=now())
    commit()
    answer = jsonify(kid=device.kid)
    # says only that this browser once held a key here: the app then knows an emptied phone from a new one
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie("fieldapp-phone", "1", max_age=MARK_SECONDS, secure=secure, samesite="Strict")
    return answer
