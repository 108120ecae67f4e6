"""Itineraries as the office reads them: a team's day, one officer's plan, its approval, stops moved by hand."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import TryLater
from fieldapp.domain.itineraries.approval import approve
from fieldapp.domain.itineraries.approval import send_back
from fieldapp.domain.itineraries.approval import teams_plan
from fieldapp.domain.itineraries.move import move_stops
from fieldapp.domain.itineraries.team_day import officers_itinerary
from fieldapp.domain.itineraries.team_day import officers_to_move_to
from fieldapp.models.plan import DayPlan
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.itinerary_form import read_asked
from fieldapp.web.itinerary_form import read_officer
from fieldapp.web.itinerary_form import read_stops
from fieldapp.web.itinerary_lines import itinerary
from fieldapp.web.itinerary_pages import team_page
from fieldapp.web.travel import travel

bp = Blueprint("itineraries", __name__)
OFFICE = ("supervisor", "administrator")


@bp.get("/itineraries")
@allow(*OFFICE)
def index() -> Any:
    asked = read_asked(session(), actor(), request.args, today())
    return render_template("itineraries/index.html", **team_page(asked, None))


@bp.get("/itineraries/<uuid:id>")
@allow(*OFFICE)
def show(id: uuid.UUID) -> Any:
    return _page(id)


@bp.post("/itineraries/<uuid:id>/approve")
@allow(*OFFICE)
def say_yes(id: uuid.UUID) -> Any:
    return _decide(id, lambda plan: approve(session(), actor(), plan, request.form.get("mark", ""), now=now()))


@bp.post("/itineraries/<uuid:id>/send-back")
@allow(*OFFICE)
def say_no(id: uuid.UUID) -> Any:
    mark, words = request.form.get("mark", ""), request.form.get("words", "")
    return _decide(id, lambda plan: send_back(session(), actor(), plan, mark, words, now=now()))


@bp.post("/itineraries/<uuid:id>/move")
@allow(*OFFICE)
def move(id: uuid.UUID) -> Any:
    teams_plan(session(), actor(), id)
    times = travel()
    return _decide(
        id,
        lambda plan: move_stops(
            session(), actor(), plan.id, read_stops(request.form), read_officer(request.form), times, now=now()
        ),
    )


def _decide(id: uuid.UUID, act: Callable[[DayPlan], Any]) -> Any:
    plan = teams_plan(session(), actor(), id)
    try:
        act(plan)
    except Invalid as refused:
        return _page(id, refused.errors, 422)
    except Conflict as refused:
        return _page(id, {"plan": str(refused)}, 409)
    except TryLater as refused:
        return _page(id, {"plan": str(refused)}, 503)
    commit()
    return redirect(f"/itineraries/{id}", 303)


def _page(id: uuid.UUID, errors: dict[str, str] | None = None, status: int = 200) -> Any:
    if errors:
        rollback()
    plan = teams_plan(session(), actor(), id)
    day = officers_itinerary(session(), plan)
    page = render_template(
        "itineraries/page.html",
        plan=plan,
        day=day,
        page=itinerary(day, plan, agency()),
        officers=officers_to_move_to(session(), actor(), plan),
        errors=errors or {},
        given=request.form,
    )
    return page, status
