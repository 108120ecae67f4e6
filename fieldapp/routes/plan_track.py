"""Taking a planned day along to other programs, as a GPX file."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response

from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.track import take_along
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.gpx import MEDIA_TYPE
from fieldapp.web.gpx import gpx

bp = Blueprint("plan_track", __name__)


@bp.post("/plan/<uuid:id>/gpx")
@allow("officer")
def download(id: uuid.UUID) -> Any:
    """Post, not get: it is audited, no page fetches it by itself, and no cache keeps it."""
    plan = own_plan(session(), actor(), id)
    track = take_along(session(), actor(), plan, now=now())
    commit()
    headers = {"Content-Disposition": f"attachment; filename=day-{track.on}.gpx", "Cache-Control": "no-store"}
    return Response(gpx(track, agency(), now=now()), mimetype=MEDIA_TYPE, headers=headers)
