"""Approval of an officer's plan by a supervisor, where the agency asks for it. A plan in use works before it, too."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_plans
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.models.itinerary import PlanReview
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

OFFICE = ("supervisor", "administrator")
LONGEST_WORDS = 500


@dataclass(frozen=True)
class Approval:
    """How a plan in use stands. `state`: waiting, approved, sent_back; `by`, `at`, `words` are of the last decision.

    `new` are the visits that came in since the plan was approved; the others stay approved while these wait.
    """

    state: str
    by: str = ""
    at: dt.datetime | None = None
    words: str = ""
    new: frozenset[str] = frozenset()


def approvals(session: Session, plans: Iterable[DayPlan]) -> dict[uuid.UUID, Approval]:
    """Return how each plan stands, by its id; nothing of drafts, nor where the agency asks for no approval."""
    if the_agency(session).itinerary_approval != "required":
        return {}
    in_use = [plan for plan in plans if plan.state == "accepted"]
    last = _last_reviews(session, [plan.id for plan in in_use])
    return {plan.id: standing(plan, last.get(plan.id)) for plan in in_use}


def approval_of(session: Session, plan: DayPlan) -> Approval | None:
    """Return how this plan stands, or None where nobody has to approve it."""
    return approvals(session, [plan]).get(plan.id)


def standing(plan: DayPlan, last: PlanReview | None) -> Approval:
    """Return what the last decision means for the plan as it is now."""
    if last is None or last.decision == "sent":
        return Approval("waiting")
    if last.decision == "sent_back":
        return Approval("sent_back", last.by.name, last.at, last.words)
    new = frozenset(visit_key(stop) for stop in plan.stops) - frozenset(last.stops)
    return Approval("waiting" if new else "approved", last.by.name, last.at, new=new)


def visit_key(stop: Stop) -> str:
    """Return what is the same visit however often its plan is made anew."""
    return f"{stop.supervisee_id}:{stop.place}"


def mark_of(plan: DayPlan) -> str:
    """Return a text that changes with what a reader of the plan decides about: who is visited, and in which order."""
    return str(uuid.uuid5(plan.id, "\n".join(visit_key(stop) for stop in plan.stops)))


def teams_plan(session: Session, actor: Actor, plan_id: uuid.UUID) -> DayPlan:
    """Return a plan that the actor may decide about, with its stops. Raises NotFound, Forbidden for officers."""
    if actor.role not in OFFICE:
        raise Forbidden("Only a supervisor decides about itineraries. Ask yours.")
    stops = selectinload(DayPlan.stops)
    query = visible_plans(actor).options(stops.joinedload(Stop.address), stops.joinedload(Stop.supervisee))
    return one(session, query.options(joinedload(DayPlan.officer)), DayPlan.id, plan_id, "This itinerary")


def approve(session: Session, actor: Actor, plan: DayPlan, mark: str, *, now: dt.datetime) -> None:
    """Approve the plan as `mark` says that it was read. Approving twice changes nothing. Raises Conflict."""
    _refuse(session, plan, mark)
    held = approval_of(session, plan)
    if held is None or held.state != "approved":
        _decide(session, actor, plan, "approved", now)
        record(session, actor, "plan.approved", plan.id, now=now, stops=len(plan.stops))


def send_back(session: Session, actor: Actor, plan: DayPlan, mark: str, words: str, *, now: dt.datetime) -> None:
    """Send the plan back with words on what to change. Raises Invalid (field words), Conflict."""
    words = " ".join(words.split())
    if not 1 <= len(words) <= LONGEST_WORDS:
        raise Invalid({"words": f"Write what is to be changed, in at most {LONGEST_WORDS} characters."})
    _refuse(session, plan, mark)
    _decide(session, actor, plan, "sent_back", now, words)
    record(session, actor, "plan.sent_back", plan.id, now=now, stops=len(plan.stops))


def send_again(session: Session, actor: Actor, plan: DayPlan, *, now: dt.datetime) -> None:
    """Ask anew for the approval of a plan that was sent back; any other stays as it is."""
    held = approval_of(session, plan)
    if held and held.state == "sent_back":
        _decide(session, actor, plan, "sent", now)
        record(session, actor, "plan.sent_again", plan.id, now=now, stops=len(plan.stops))


def stay_approved(
    session: Session, actor: Actor, held: Mapping[uuid.UUID, Approval], plans: Sequence[DayPlan], *, now: dt.datetime
) -> None:
    """What the office itself puts into a plan that stood approved, or makes, is approved; the rest goes on waiting.

    `held` is how the plans stood before, without those that are new.
    """
    if the_agency(session).itinerary_approval != "required":
        return
    for plan in plans:
        before = held.get(plan.id)
        if plan.state == "accepted" and (before is None or before.state == "approved"):
            _decide(session, actor, plan, "approved", now)


def _refuse(session: Session, plan: DayPlan, mark: str) -> None:
    if the_agency(session).itinerary_approval != "required":
        raise Conflict("Your agency does not ask for approval of itineraries. The plan is in use as it is.")
    if plan.state != "accepted":
        raise Conflict("The officer has not put this plan into use yet. Look at it again when they have.")
    if mark != mark_of(plan):
        raise Conflict("The plan has changed since you opened it. Look at it again, then decide.")


def _decide(session: Session, actor: Actor, plan: DayPlan, decision: str, now: dt.datetime, words: str = "") -> None:
    stops = sorted({visit_key(stop) for stop in plan.stops})
    last = session.scalar(select(func.max(PlanReview.number)).where(PlanReview.plan_id == plan.id)) or 0
    made = {"number": last + 1, "by_id": actor.id, "at": now, "decision": decision, "words": words, "stops": stops}
    session.add(PlanReview(plan_id=plan.id, **made))
    session.flush()


def _last_reviews(session: Session, plans: Sequence[uuid.UUID]) -> dict[uuid.UUID, PlanReview]:
    query = select(PlanReview).where(PlanReview.plan_id.in_(plans)).options(joinedload(PlanReview.by))
    return {review.plan_id: review for review in session.scalars(query.order_by(PlanReview.number))}
