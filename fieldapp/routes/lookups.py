"""Looking up missing positions: begun and stopped by an administrator, with a panel that says how far it is."""

from typing import Any

from flask import Blueprint
from flask import current_app
from flask import redirect
from flask import render_template
from flask import url_for

from fieldapp.domain.errors import Conflict
from fieldapp.domain.positions.runs import begin_run
from fieldapp.domain.positions.runs import stop_run
from fieldapp.settings import Settings
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.answers import htmx
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.lookup_panel import lookup_panel

bp = Blueprint("lookups", __name__, url_prefix="/positions/lookup")
OFF = "Geocoding is off. Have FIELDAPP_GEOCODER set, or set the pins by hand on the page Positions."


@bp.get("")
@allow("administrator")
def show() -> Any:
    return render_template("positions/_lookup.html", lookup=lookup_panel())


@bp.post("")
@allow("administrator")
def begin() -> Any:
    settings: Settings = current_app.config["FIELDAPP"]
    if not settings.geocoding:
        raise Conflict(OFF)
    begin_run(session(), actor(), settings.geocoding, now=now())
    commit()
    return _panel()


@bp.post("/stop")
@allow("administrator")
def stop() -> Any:
    stop_run(session(), actor(), now=now())
    commit()
    return _panel()


def _panel() -> Any:
    """Answer a POST with the panel, without JavaScript with the page that has it."""
    return show() if htmx else redirect(url_for("positions.show"), 303)
