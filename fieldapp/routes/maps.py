"""The map of a planned day, and the basemap beneath it: the agency's own file, never another server's tiles."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response
from flask import render_template
from flask import send_file

from fieldapp.domain.errors import NotFound
from fieldapp.domain.maps.area import area_mark
from fieldapp.domain.maps.area import area_of
from fieldapp.domain.plans.day import own_day
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.map_page import map_page
from fieldapp.web.parts import parts

bp = Blueprint("maps", __name__)
KIND = "application/vnd.pmtiles"
NO_BASEMAP = "The agency has no basemap. Maps work without it: they show the stops on plain ground."


@bp.get("/plan/<uuid:id>/map")
@allow("officer")
def show(id: uuid.UUID) -> Any:
    day = own_day(session(), actor(), id)
    page = map_page(day, parts().basemap, parts().lines, agency(), today())
    return render_template("map/page.html", day=day, page=page)


@bp.get("/map/basemap.pmtiles")
@allow(*SIGNED_IN)
def basemap() -> Any:
    """Answer with the byte range asked for. Which ranges these are tells of where an officer goes: nothing is kept."""
    facts = parts().basemap.facts()
    if facts is None:
        raise NotFound(NO_BASEMAP)
    answer = send_file(parts().basemap.path, KIND, conditional=True, etag=facts.mark)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/map/day/<uuid:id>/<mark>.pmtiles")
@allow("officer")
def area(id: uuid.UUID, mark: str) -> Any:
    plan = own_day(session(), actor(), id).plan
    facts = parts().basemap.facts()
    if facts is None or mark != area_mark(plan, facts):
        raise NotFound("The day or the basemap has changed meanwhile. Open Today: the phone then asks for the new one.")
    return Response(area_of(plan, parts().basemap, facts), content_type=KIND)
