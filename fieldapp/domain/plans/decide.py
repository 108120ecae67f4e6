"""What an officer decides about one stop of a plan: that it stays, by when it must begin, that two go there."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Conflict
from fieldapp.domain.plans.change import retime
from fieldapp.domain.plans.change import stop_of
from fieldapp.domain.plans.left_out import entry_of_planned
from fieldapp.domain.plans.left_out import told_first
from fieldapp.domain.plans.left_out import without
from fieldapp.domain.plans.partner import needs_partner
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.domain.routing.route import Reason
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop


def pin(session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Keep a stop in the plan whatever is planned again. Raises NotFound."""
    _want(session, actor, stop_of(plan, stop_id), "pinned", "plan.stop_pinned", now)


def unpin(session: Session, actor: Actor, plan: DayPlan, stop_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Let a stop go where others are more urgent; it is still one that the officer picked. Raises NotFound."""
    stop = stop_of(plan, stop_id)
    if stop.wanted == "pinned":
        _want(session, actor, stop, "picked", "plan.stop_unpinned", now)


def set_limits(
    session: Session,
    actor: Actor,
    plan: DayPlan,
    stop_id: uuid.UUID,
    latest: dt.time | None,
    two_officers: bool,
    travel: TravelTimes,
    *,
    now: dt.datetime,
) -> None:
    """Say by when a visit must begin (None: its windows alone say so) and whether two officers go there.

    The order stays. A visit that needs two leaves the plan of an officer who is alone; a caution on file that asks for
    two cannot be taken back here. Raises NotFound, Conflict when the visit was made already.
    """
    stop = stop_of(plan, stop_id)
    if stop.id in visited_stops(session, plan):
        raise Conflict("This stop was visited already. Its limits stay as they were.")
    stop.latest, stop.two_officers = latest, two_officers or needs_partner(stop.supervisee, plan.on)
    if stop.two_officers and not plan.with_partner:
        take_out(plan, stop, "needs_partner", NEEDS_PARTNER)
    retime(session, actor, plan, travel, "plan.stop_limited", now=now)


def take_out(plan: DayPlan, stop: Stop, reason: Reason, words: str) -> None:
    """Move a stop to those that are left out, with the reason; who times the plan again is the caller."""
    others = without(plan.left_out, (stop.supervisee_id, stop.place))
    plan.left_out = told_first([entry_of_planned(stop, plan.on, reason, words), *others])
    plan.stops.remove(stop)


def _want(session: Session, actor: Actor, stop: Stop, wanted: str, event: str, now: dt.datetime) -> None:
    if stop.wanted != wanted:
        stop.wanted = wanted
        session.flush()
        record(session, actor, event, stop.plan_id, now=now)
