"""What an officer decides about the stops of a planned day, and the day planned again with all of it kept."""

import uuid
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import request

from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import TryLater
from fieldapp.domain.plans.again import wish_again
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.decide import pin
from fieldapp.domain.plans.decide import set_limits
from fieldapp.domain.plans.decide import unpin
from fieldapp.domain.plans.make import keep_plan
from fieldapp.domain.plans.make import lay_out
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.order_answer import changed
from fieldapp.web.order_answer import order_answer
from fieldapp.web.parts import parts
from fieldapp.web.plan_form import read_latest
from fieldapp.web.travel import travel

bp = Blueprint("plan_decisions", __name__)


@bp.post("/plan/<uuid:id>/again")
@allow("officer", writes=False)
def again(id: uuid.UUID) -> Any:
    """Plan the day anew in one tap: pins, latest times and exclusions hold; `partner` brings a second officer."""
    try:
        _plan_again(id, with_partner="partner" in request.form)
    except (Invalid, Conflict) as refused:
        return _refused(id, str(refused), 422)
    except TryLater as refused:
        return _refused(id, str(refused), 503)
    commit()
    return redirect(f"/plan/{id}", 303)


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/pin")
@allow("officer")
def pin_stop(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: pin(session(), actor(), plan, stop, now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/unpin")
@allow("officer")
def unpin_stop(id: uuid.UUID, stop: uuid.UUID) -> Any:
    return changed(id, lambda plan: unpin(session(), actor(), plan, stop, now=now()))


@bp.post("/plan/<uuid:id>/stops/<uuid:stop>/limits")
@allow("officer")
def limit(id: uuid.UUID, stop: uuid.UUID) -> Any:
    two, times = "two_officers" in request.form, travel()

    def limited(plan: Any) -> None:
        latest = read_latest(request.form.get("latest", ""))
        set_limits(session(), actor(), plan, stop, latest, two, times, now=now())

    return changed(id, limited)


def _plan_again(id: uuid.UUID, with_partner: bool) -> None:
    old = own_plan(session(), actor(), id)
    due = due_rows(session(), actor(), old.on)
    wish = wish_again(session(), actor(), old, due, with_partner=with_partner, now=now())
    plan = lay_out(session(), actor(), wish, travel(), parts().solver, now=now())
    # solving takes seconds: only what comes after it needs to be the one writer
    rollback()
    begin_writing()
    keep_plan(session(), actor(), wish, plan, now=now())


def _refused(id: uuid.UUID, sentence: str, status: int) -> Any:
    rollback()
    return order_answer(own_plan(session(), actor(), id), sentence, status)
