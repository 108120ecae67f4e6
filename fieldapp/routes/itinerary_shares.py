"""Sharing a team's stops out again: a preview of what moves from whom to whom, and keeping it."""

from typing import Any

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import TryLater
from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.share import find_share
from fieldapp.domain.itineraries.share import solve_share
from fieldapp.domain.itineraries.share_keep import keep_share
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.itinerary_form import read_asked
from fieldapp.web.itinerary_form import read_orders
from fieldapp.web.itinerary_form import write_orders
from fieldapp.web.itinerary_lines import shared_page
from fieldapp.web.itinerary_pages import team_page
from fieldapp.web.parts import parts
from fieldapp.web.travel import travel

bp = Blueprint("itinerary_shares", __name__)
OFFICE = ("supervisor", "administrator")


@bp.post("/itineraries/share")
@allow(*OFFICE, writes=False)
def preview() -> Any:
    asked = read_asked(session(), actor(), request.form, today())
    try:
        share = find_share(session(), actor(), asked, now=now())
        routes = solve_share(share, travel(), parts().team_solver, parts().solver)
    except (Invalid, Conflict, TryLater) as refused:
        return _refused(asked, refused)
    return render_template(
        "itineraries/share.html",
        asked=asked,
        page=shared_page(share, routes),
        orders=write_orders(routes.orders),
        mark=share.mark,
    )


@bp.post("/itineraries/share/keep")
@allow(*OFFICE)
def keep() -> Any:
    asked = read_asked(session(), actor(), request.form, today())
    orders, mark = read_orders(request.form.getlist("order")), request.form.get("mark", "")
    try:
        keep_share(session(), actor(), asked, orders, mark, travel(), now=now())
    except (Invalid, Conflict, TryLater) as refused:
        return _refused(asked, refused)
    commit()
    return redirect(url_for("itineraries.index", day=asked.on, team=asked.team), 303)


def _refused(asked: ShareAsked, refused: Invalid | Conflict | TryLater) -> Any:
    rollback()
    status = 422 if isinstance(refused, Invalid) else 409 if isinstance(refused, Conflict) else 503
    return render_template("itineraries/index.html", **team_page(asked, asked.away, str(refused))), status
