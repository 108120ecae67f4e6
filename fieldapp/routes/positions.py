"""Positions to look at: approximate ones and missing ones, each with a map to set its pin by hand."""

import uuid
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for

from fieldapp.domain.errors import Invalid
from fieldapp.domain.positions.pin import set_pin
from fieldapp.domain.positions.review import address_to_review
from fieldapp.domain.positions.review import review
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.basemap import basemap_data
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.lookup_panel import lookup_panel
from fieldapp.web.parts import parts
from fieldapp.web.position_page import pin_page
from fieldapp.web.reading import note_reading

bp = Blueprint("positions", __name__, url_prefix="/positions")
OFFICE = ("supervisor", "administrator")


@bp.get("")
@allow(*OFFICE)
def show() -> Any:
    panel = lookup_panel() if actor().role == "administrator" else None
    return render_template("positions/page.html", review=review(session(), actor(), now=now()), lookup=panel)


@bp.get("/<uuid:id>")
@allow(*OFFICE)
def show_address(id: uuid.UUID) -> Any:
    line = address_to_review(session(), actor(), id, now=now())
    note_reading("supervisee.read", line.person.id)
    return render_template("positions/address.html", page=pin_page(line, agency(), _basemap()))


@bp.post("/<uuid:id>")
@allow(*OFFICE)
def set_address(id: uuid.UUID) -> Any:
    try:
        set_pin(session(), actor(), id, request.form, now=now())
    except Invalid as error:
        rollback()
        line = address_to_review(session(), actor(), id, now=now())
        page = pin_page(line, agency(), _basemap(), request.form, error.errors)
        return render_template("positions/address.html", page=page), 422
    commit()
    return redirect(url_for("positions.show"), 303)


def _basemap() -> Any:
    """Return what the map's script asks for tiles by, None where the agency has no basemap: the pin is set without."""
    return basemap_data(parts().basemap)[0]
