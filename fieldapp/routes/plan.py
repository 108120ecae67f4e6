"""Planning the day: the due list with whom to pick, and the plan that comes of it."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request

from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import TryLater
from fieldapp.domain.people.file import people_of
from fieldapp.domain.plans.again import carried_over
from fieldapp.domain.plans.again import caseload_on
from fieldapp.domain.plans.again import start_from
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.days import day_to_plan
from fieldapp.domain.plans.days import refuse_day
from fieldapp.domain.plans.make import keep_plan
from fieldapp.domain.plans.make import lay_out
from fieldapp.domain.plans.places import day_places
from fieldapp.domain.plans.today import plan_of
from fieldapp.domain.plans.wish import filled_up
from fieldapp.models.plan import DayPlan
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.due_lines import due_groups
from fieldapp.web.parts import parts
from fieldapp.web.plan_form import PlanForm
from fieldapp.web.plan_form import blank_form
from fieldapp.web.plan_form import picked_people
from fieldapp.web.plan_form import posted_form
from fieldapp.web.plan_form import read_day
from fieldapp.web.plan_form import shift_words
from fieldapp.web.plan_form import wish_of
from fieldapp.web.plan_form import with_here
from fieldapp.web.travel import travel

bp = Blueprint("plan", __name__)


@bp.get("/plan")
@allow("officer")
def show() -> Any:
    text = request.args.get("day")
    day = read_day(text) if text else day_to_plan(session(), actor(), now=now())
    refuse_day(day, today())
    if "start" in request.args:
        # where the phone is never stands in an address
        return _page(replace(posted_form(request.args), here_lat="", here_lon=""), day)
    start = start_from(agency().shift_start, agency().shift_end, day, agency(), now=now())
    old = plan_of(session(), actor(), day)
    form = blank_form(
        agency(),
        day,
        day_places(session(), actor()),
        request.args.getlist("pick"),
        start=start,
        partner=bool(old and old.with_partner),
    )
    return _page(form, day)


@bp.post("/plan")
@allow("officer", writes=False)
def make() -> Any:
    form = posted_form(request.form)
    try:
        plan = _plan(form, fill="fill" in request.form)
    except Invalid as refused:
        return _refused(form, refused.errors, 422)
    except Conflict as refused:
        return _refused(form, {"stop": str(refused)}, 422)
    except TryLater as refused:
        return _refused(form, {"stop": str(refused)}, 503)
    commit()
    return redirect(f"/plan/{plan.id}", 303)


@bp.post("/plan/<uuid:id>/accept")
@allow("officer")
def use(id: uuid.UUID) -> Any:
    plan = own_plan(session(), actor(), id)
    accept(session(), actor(), plan, now=now())
    commit()
    return redirect("/today" if plan.on == today() else f"/plan/{id}", 303)


def _plan(form: PlanForm, fill: bool) -> DayPlan:
    wish = wish_of(form, with_here(form, day_places(session(), actor())))
    refuse_day(wish.on, today())
    if fill:
        wish = filled_up(wish, due_rows(session(), actor(), wish.on), int(form.minutes))
    caseload = caseload_on(session(), actor(), wish.on)
    wish = carried_over(wish, plan_of(session(), actor(), wish.on), caseload)
    plan = lay_out(session(), actor(), wish, travel(), parts().solver, now=now())
    # solving takes seconds: only what comes after it needs to be the one writer
    rollback()
    begin_writing()
    return keep_plan(session(), actor(), wish, plan, now=now())


def _refused(form: PlanForm, errors: dict[str, str], status: int) -> Any:
    rollback()
    try:
        day = read_day(form.day)
        refuse_day(day, today())
    except Invalid:
        day = today()
    return _page(form, day, errors), status


def _page(form: PlanForm, day: dt.date, errors: dict[str, str] | None = None) -> str:
    rows = due_rows(session(), actor(), day)
    asked = people_of(session(), actor(), picked_people(form), day)
    return render_template(
        "plan/page.html",
        form=form,
        shift=shift_words(form, agency()),
        day=day,
        places=with_here(form, day_places(session(), actor())),
        groups=due_groups(rows, asked, agency(), day, form.picked),
        errors=errors or {},
    )
