"""What the phone needs to work without a signal: the service workers, the plain page, the list of the day's pages."""

import json
from typing import Any

from flask import Blueprint
from flask import Response
from flask import current_app
from flask import render_template
from flask import request

from fieldapp.domain.plans.day import officers_day
from fieldapp.domain.wire.devices import standing_of
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.assets import build
from fieldapp.web.assets import map_files
from fieldapp.web.assets import shell
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.map_page import area_address
from fieldapp.web.pack_pages import pack_pages
from fieldapp.web.parts import parts

bp = Blueprint("offline", __name__)


@bp.get("/worker.js")
@allow(ANYONE)
def worker() -> Any:
    own = json.dumps({"build": build().name, "shell": shell()})
    start = build().address("service-worker/worker.js")
    answer = Response(f'import {{ start }} from "{start}";\nstart(self, {own});\n', mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/sender.js")
@allow(ANYONE)
def sender() -> Any:
    start = build().address("service-worker/sender.js")
    answer = Response(f'import {{ start }} from "{start}";\nstart(self);\n', mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline")
@allow(ANYONE)
def plain() -> Any:
    return render_template("offline/page.html")


@bp.get("/day-pack")
@allow("officer")
def day_pack() -> Any:
    day = officers_day(session(), actor(), actor().id, today())
    pages = pack_pages(day, area_address(day.plan, parts().basemap) if day else "")
    phone = standing_of(session(), request.headers.get("Fieldapp-Device", ""))
    hours = current_app.config["FIELDAPP"].day_pack_hours
    return {"officer": str(actor().id), "phone": phone, "hours": hours, "pages": pages, "files": map_files()}
