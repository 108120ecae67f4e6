"""The planned day: its order, changed by hand, each change timed again."""

import uuid
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import request

from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.change import keep_outside
from fieldapp.domain.plans.change import move
from fieldapp.domain.plans.change import move_to_fit
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.change import reorder
from fieldapp.domain.plans.in_and_out import add_stop
from fieldapp.domain.plans.in_and_out import remove_stop
from fieldapp.domain.plans.places import places_ahead
from fieldapp.domain.plans.today import plan_of
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.order_answer import changed
from fieldapp.web.order_answer import order_answer
from fieldapp.web.plan_form import read_pick
from fieldapp.web.travel import look_up
from fieldapp.web.travel import travel

bp = Blueprint("plan_order", __name__)


@bp.get("/plan/<uuid:id>")
@allow("officer")
def show(id: uuid.UUID) -> Any:
    return order_answer(own_plan(session(), actor(), id))


@bp.post("/plan/<uuid:id>/order")
@allow("officer")
def put_in_order(id: uuid.UUID) -> Any:
    return changed(id, lambda plan: reorder(session(), actor(), plan, _posted_order(), _travel(), now=now()))


@bp.post("/plan/<uuid:id>/stops")
@allow("officer")
def add(id: uuid.UUID) -> Any:
    pick = read_pick(request.form.get("stop", ""), agency().visit_minutes)
    return changed(id, lambda plan: add_stop(session(), actor(), plan, pick, _travel(), now=now()), pick)


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/up")
@allow("officer")
def move_up(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: move(session(), actor(), plan, stop, -1, _travel(), now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/down")
@allow("officer")
def move_down(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: move(session(), actor(), plan, stop, 1, _travel(), now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/fit")
@allow("officer")
def fit(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: move_to_fit(session(), actor(), plan, stop, _travel(), now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/keep")
@allow("officer")
def keep(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: keep_outside(session(), actor(), plan, stop, now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/remove")
@allow("officer")
def remove(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: remove_stop(session(), actor(), plan, stop, _travel(), now=now()))


@bp.post("/plan/add")
@allow("officer")
def add_to_today() -> Any:
    """Add somebody from their own page: to today's plan, or as a pick where there is none yet."""
    value = request.form.get("stop", "")
    pick = read_pick(value, agency().visit_minutes)
    plan = plan_of(session(), actor(), today())
    if plan is None:
        address = f":{pick.address_id}" if pick.address_id else ""
        return redirect(f"/plan?day={today()}&pick={pick.supervisee_id}:{pick.place}{address}", 303)
    id = plan.id
    look_up(places_ahead(session(), actor(), own_plan(session(), actor(), id), pick))
    add_stop(session(), actor(), own_plan(session(), actor(), id), pick, _travel(), now=now())
    commit()
    return redirect(f"/plan/{id}", 303)


def _posted_order() -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text) for text in request.form.getlist("stop")]
    except ValueError:
        raise Invalid({"order": "The order could not be read. Look at the plan again, then move the stop."}) from None


def _travel() -> Any:
    return travel()
