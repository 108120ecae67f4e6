"""Re-planning a day that is under way: the office's proposal, and what the phone needs to make its own."""

import uuid
from typing import Any

from flask import Blueprint

from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.day_travel import day_travel
from fieldapp.domain.plans.replan import propose
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import session
from fieldapp.web.json_body import json_body
from fieldapp.web.parts import parts
from fieldapp.web.replan_json import proposal_json
from fieldapp.web.replan_json import read_asked
from fieldapp.web.travel import travel

bp = Blueprint("replan", __name__)


@bp.post("/replan/<uuid:id>")
@allow("officer", writes=False)
def proposal(id: uuid.UUID) -> Any:
    """Answer with an order and its times; nothing is changed: the phone submits the order that is used."""
    asked = read_asked(json_body())
    found = propose(session(), actor(), id, asked, travel(), parts().solver, now=now())
    return proposal_json(found)


@bp.get("/plan/<uuid:id>/travel/<version>")
@allow("officer")
def day_times(id: uuid.UUID, version: str) -> Any:
    """Answer with the day as it is now; `version` is only there so that a changed day has another address."""
    plan = own_plan(session(), actor(), id)
    return day_travel(session(), plan, travel())
