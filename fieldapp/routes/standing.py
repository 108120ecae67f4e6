"""What a phone may know without being signed in: whether it still is, and whether the office still wants it."""

from typing import Any

from flask import Blueprint
from flask import request

from fieldapp.domain.wire.devices import standing_of
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.actor import current_actor
from fieldapp.web.database import session

bp = Blueprint("standing", __name__)


@bp.get("/standing")
@allow(ANYONE)
def show() -> Any:
    """Answer a phone that names its key in a header; nothing about people, and nothing for whoever knows no key."""
    phone = standing_of(session(), request.headers.get("Fieldapp-Device", ""))
    return {"signed_in": current_actor() is not None, "phone": phone}
