"""A team's day in the database: officers with plans on one line north, and people at known places."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.itineraries.share import Share
from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.share import find_share
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.domain.plans.days import planned

TOMORROW = people.TODAY.replace(day=people.TODAY.day + 1)


def person(session: Session, officer: User, name: str, north: float = 1) -> Supervisee:
    """Somebody on the officer's caseload, so many times two minutes' drive north of the office."""
    made = people.supervisee(session, officer, first_name=name)
    people.home(made).lat = people.HOME[0] + north / 100
    session.flush()
    return made


def in_use(session: Session, officer: User, *visited: Supervisee, **fields: object) -> DayPlan:
    """The officer's plan of tomorrow, in use, in the order given."""
    plan = planned(session, officer, *visited, on=TOMORROW, **fields)  # type: ignore[arg-type]
    plan.state, plan.accepted_at = "accepted", people.NOW
    session.flush()
    return plan


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
