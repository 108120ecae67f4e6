"""What every change of a planned day answers with: its order, as a fragment or a page, or the reason why not."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Response
from flask import redirect

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.people.file import people_found
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.places import places_ahead
from fieldapp.domain.plans.wish import Pick
from fieldapp.models.plan import DayPlan
from fieldapp.web.actor import actor
from fieldapp.web.answers import htmx
from fieldapp.web.answers import part_or_page
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.itinerary_lines import news_of
from fieldapp.web.order_page import order_page
from fieldapp.web.travel import look_up


def changed(id: uuid.UUID, act: Callable[[DayPlan], Any], pick: Pick | None = None) -> Any:
    """Change the actor's own plan and answer with its order; what is refused changes nothing and says why.

    `pick` is who is added: the travel times to them are looked up before anything is written.
    """
    look_up(places_ahead(session(), actor(), own_plan(session(), actor(), id), pick))
    plan = own_plan(session(), actor(), id)
    try:
        act(plan)
    except (Invalid, Conflict) as refused:
        rollback()
        return order_answer(own_plan(session(), actor(), id), str(refused), 422)
    commit()
    return order_answer(own_plan(session(), actor(), id)) if htmx else redirect(f"/plan/{id}", 303)


def order_answer(plan: DayPlan, error: str = "", status: int = 200) -> Response:
    """Return the planned day in its order, with what went wrong above it."""
    people = people_found(session(), actor(), plan.on)
    order = order_page(session(), plan, people, agency())
    news = news_of(session(), plan)
    more = {"news": news, "error": error, "under_way": plan.state == "accepted" and plan.on == today()}
    return part_or_page("plan/_order.html", "plan/order.html", status, order=order, plan=plan, **more)
