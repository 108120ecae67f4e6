"""A team's day as the office sees it: each officer with their plan, what of it is made, and who is without one."""

import datetime as dt
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_officers
from fieldapp.domain.access import visible_plans
from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import NotFound
from fieldapp.domain.itineraries.approval import Approval
from fieldapp.domain.itineraries.approval import approvals
from fieldapp.domain.plans.day import StopState
from fieldapp.domain.plans.day import for_day
from fieldapp.domain.plans.day import latest_visits
from fieldapp.domain.plans.day import states
from fieldapp.domain.plans.replace import visited_among
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import Team
from fieldapp.models.user import User
from fieldapp.models.visit import Visit


@dataclass(frozen=True)
class OfficerDay:
    """One officer's day. `plan` is None where there is none; `begun` are stops with a visit or a check-in."""

    officer: User
    plan: DayPlan | None
    stops: Sequence[StopState]
    begun: frozenset[uuid.UUID]
    approval: Approval | None

    @property
    def left(self) -> list[Stop]:
        """The stops that can still go to somebody else: neither begun nor skipped."""
        return [one.stop for one in self.stops if one.stop.id not in self.begun and one.stop.state != "skipped"]

    @property
    def kept(self) -> list[Stop]:
        """The stops that stay where they are: made or begun first, then skipped ones."""
        held = [one.stop for one in self.stops if one.stop.id in self.begun]
        return held + [one.stop for one in self.stops if one.stop.id not in self.begun and one.stop.state == "skipped"]


def teams(session: Session, actor: Actor) -> Sequence[Team]:
    """Return the teams whose itineraries the actor may see, by name."""
    officers = visible_officers(actor).with_only_columns(User.team_id)
    return session.scalars(select(Team).where(Team.id.in_(officers)).order_by(Team.name)).all()


def team_day(session: Session, actor: Actor, on: dt.date, team: uuid.UUID | None) -> list[OfficerDay]:
    """Return each officer of that team whom the actor may see, by name, with their day. Raises NotFound."""
    officers = sorted(session.scalars(_of_team(actor, team)), key=lambda officer: (officer.name, str(officer.id)))
    if team and not officers and team not in {each.id for each in teams(session, actor)}:
        raise NotFound("This team was not found. It may be another supervisor's.")
    ids = [officer.id for officer in officers]
    mine = visible_plans(actor).where(DayPlan.on == on, DayPlan.officer_id.in_(ids)).options(*for_day())
    return _days(session, officers, {plan.officer_id: plan for plan in session.scalars(mine).unique()})


def team_officers(session: Session, actor: Actor, team: uuid.UUID | None) -> Sequence[uuid.UUID]:
    """Return the ids of the officers whom `team_day` shows."""
    return session.scalars(_of_team(actor, team).with_only_columns(User.id)).all()


def officers_to_move_to(session: Session, actor: Actor, plan: DayPlan) -> list[User]:
    """Return who could make stops of this plan instead, by name."""
    query = visible_officers(actor).where(User.disabled_at.is_(None), User.id != plan.officer_id)
    return sorted(session.scalars(query), key=lambda officer: officer.name)


def officers_itinerary(session: Session, plan: DayPlan) -> OfficerDay:
    """Return the day of one plan that the actor may see."""
    return _days(session, [plan.officer], {plan.officer_id: plan})[0]


def _of_team(actor: Actor, team: uuid.UUID | None) -> Select[User]:
    return visible_officers(actor).where(User.disabled_at.is_(None), User.team_id == team)


def _days(session: Session, officers: Sequence[User], plans: Mapping[uuid.UUID, DayPlan]) -> list[OfficerDay]:
    stops = [stop.id for plan in plans.values() for stop in plan.stops]
    visits, begun = latest_visits(session, stops), visited_among(session, stops)
    held = approvals(session, plans.values())
    return [_day(officer, plans.get(officer.id), visits, begun, held) for officer in officers]


def _day(
    officer: User,
    plan: DayPlan | None,
    visits: dict[uuid.UUID, Visit],
    begun: set[uuid.UUID],
    held: Mapping[uuid.UUID, Approval],
) -> OfficerDay:
    if plan is None:
        return OfficerDay(officer, None, [], frozenset(), None)
    own = frozenset(stop.id for stop in plan.stops if stop.id in begun)
    return OfficerDay(officer, plan, states(plan.stops, visits), own, held.get(plan.id))
