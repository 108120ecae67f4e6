"""The page on which a visit is made: planned, or to somebody who is not on today's plan."""

import uuid
from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.field.visit_page import VisitPage
from fieldapp.domain.field.visit_page import visit_page_of_person
from fieldapp.domain.field.visit_page import visit_page_of_stop
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.reading import note_reading
from fieldapp.web.visit_data import visit_data

bp = Blueprint("field_visits", __name__)


@bp.get("/stops/<uuid:id>/visit")
@allow("officer")
def show(id: uuid.UUID) -> Any:
    return _page(visit_page_of_stop(session(), actor(), id, today(), shipped_library()), f"/stops/{id}/briefing")


@bp.get("/people/<uuid:id>/visit/<place>")
@allow("officer")
def show_unplanned(id: uuid.UUID, place: str) -> Any:
    page = visit_page_of_person(session(), actor(), id, place, today(), shipped_library())
    return _page(page, f"/people/{id}/briefing/{place}")


@bp.get("/visit/<checklist>")
@allow(ANYONE)
def show_kept(checklist: str) -> Any:
    """The page of a visit that was begun on this phone: it names nobody, the phone's draft knows all."""
    return render_template("visit/kept.html", template=shipped_library().named(checklist))


def _page(page: VisitPage, briefing: str) -> Any:
    note_reading("supervisee.read", page.file.person.id)
    data = visit_data(page, actor(), agency())
    return render_template(
        "visit/page.html", visit=page, template=page.template, hints=page.hints, data=data, briefing=briefing
    )
