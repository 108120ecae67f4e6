"""A team's day in the database: officers with plans on one line north, and people at known places."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.itineraries.share import Share
from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.share import find_share
from fieldapp.domain.itineraries.share import solve_share
from fieldapp.domain.itineraries.share_keep import keep_share
from fieldapp.models.case import CautionFlag
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names
from tests.domain.plans.days import planned
from tests.domain.routing.teams import ByTurns

TOMORROW = people.TODAY.replace(day=people.TODAY.day + 1)


def person(session: Session, officer: User, name: str, north: float = 1) -> Supervisee:
    """Somebody on the officer's caseload, so many times two minutes' drive north of the office."""
    made = people.supervisee(session, officer, first_name=name)
    people.home(made).lat = people.HOME[0] + north / 100
    session.flush()
    return made


def in_use(session: Session, officer: User, *visited: Supervisee, **fields: Any) -> DayPlan:
    """The officer's plan of tomorrow, in use, in the order given."""
    plan = planned(session, officer, *visited, on=TOMORROW, **fields)
    plan.state, plan.accepted_at = "accepted", people.NOW
    session.flush()
    return plan


def goes_in_twos(session: Session, visited: Supervisee) -> None:
    """Note on file that two officers go to this person."""
    since = {"noted_on": people.TODAY, "review_on": people.TODAY}
    session.add(CautionFlag(supervisee_id=visited.id, subject="partner", text="Two officers", source="file", **since))
    session.flush()
    session.expire(visited, ["cautions"])


def plan_of(session: Session, officer: User) -> DayPlan | None:
    """What is stored for tomorrow."""
    session.expire_all()
    return session.scalars(select(DayPlan).where(DayPlan.officer_id == officer.id, DayPlan.on == TOMORROW)).first()


def asked(supervisor: User, *away: User) -> ShareAsked:
    """Tomorrow of the supervisor's team with these away."""
    return ShareAsked(TOMORROW, supervisor.team_id, frozenset(officer.id for officer in away))


def found(session: Session, supervisor: User, *away: User) -> Share:
    """What there is to share out."""
    return find_share(session, people.actor(supervisor), asked(supervisor, *away), now=people.NOW)


def shared_out(session: Session, supervisor: User, *away: User) -> Share:
    """Solve by turns, keep what comes of it, and return what was shared out."""
    share = found(session, supervisor, *away)
    orders = solve_share(share, Straight(), ByTurns(), InOrderGiven()).orders
    keep(session, supervisor, share, orders, *away)
    return share


def keep(session: Session, supervisor: User, share: Share, orders: dict[str, list[str]], *away: User) -> None:
    """Keep these orders, read as they are now."""
    actor = people.actor(supervisor)
    keep_share(session, actor, asked(supervisor, *away), orders, share.mark, Straight(), now=people.NOW)


def visited(session: Session, *officers: User) -> list[list[str]]:
    """Whom each officer's plan of tomorrow visits, by first names."""
    made = [plan_of(session, officer) for officer in officers]
    return [names(plan) if plan else [] for plan in made]
