"""The briefing before a door, for a planned stop or for a visit that was not planned."""

import uuid
from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.domain.people.briefing import Briefing
from fieldapp.domain.people.briefing import briefing_of_person
from fieldapp.domain.people.briefing import briefing_of_stop
from fieldapp.domain.plans.skip import REASONS
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.briefing_page import briefing_page
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.layout import layout_of
from fieldapp.web.reading import note_reading

bp = Blueprint("briefing", __name__)


@bp.get("/stops/<uuid:id>/briefing")
@allow(*SIGNED_IN)
def show(id: uuid.UUID) -> Any:
    return _page(briefing_of_stop(session(), actor(), id, today()), f"/stops/{id}/visit#here")


@bp.get("/people/<uuid:id>/briefing/<place>")
@allow(*SIGNED_IN)
def show_unplanned(id: uuid.UUID, place: str) -> Any:
    briefing = briefing_of_person(session(), actor(), id, place, today())
    return _page(briefing, f"/people/{id}/visit/{place}#here")


def _page(briefing: Briefing, here: str) -> str:
    note_reading("supervisee.read", briefing.file.person.id)
    page = briefing_page(briefing, agency(), today(), office=actor().role != "officer")
    return render_template(
        "briefing/page.html",
        layout=layout_of(actor()),
        briefing=briefing,
        page=page,
        here=here,
        at=now(),
        skip_reasons=REASONS,
    )
