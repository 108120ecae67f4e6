"""Makes the demo agency in an empty database: people, a year of work, and today half done."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import actor_of
from fieldapp.domain.demo.agency import make_agency
from fieldapp.domain.demo.agency import make_users
from fieldapp.domain.demo.caseload import EVERYBODY
from fieldapp.domain.demo.caseload import FIRST_IMPORT
from fieldapp.domain.demo.caseload import demo_people
from fieldapp.domain.demo.clock import field_day
from fieldapp.domain.demo.outside import Outside
from fieldapp.domain.demo.phones import new_phone
from fieldapp.domain.demo.standards import make_standards
from fieldapp.domain.demo.telling import Telling
from fieldapp.domain.demo.today import tell_today
from fieldapp.domain.demo.year import tell_year
from fieldapp.domain.wire.received import Office
from fieldapp.models.agency import Agency
from fieldapp.models.case import CaseAssignment
from fieldapp.models.contact import Contact
from fieldapp.models.evidence import Photo
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit

SEED = 2026
BEFORE_ALL = dt.timedelta(days=FIRST_IMPORT + 30)
# officer 2 looks after these people of officer 1 for two weeks
COVERED = ("S1-100000", "S1-100006", "S1-100012")
COVERED_FOR = dt.timedelta(days=14)


@dataclass(frozen=True)
class Made:
    """How much there is."""

    people: int
    contacts: int
    visits: int
    photos: int
    plans: int


def make_demo(
    session: Session, outside: Outside, *, now: dt.datetime, people: int = EVERYBODY, seed: int = SEED
) -> Made:
    """Write the demo agency as it would stand at `now`, the first `people` of its caseload; commits nothing.

    Everything is dated from the agency's today, and the same for the same seed and moment except for ids that the
    office makes and for signatures, whose keys are fresh and thrown away. The last 60 days of visits are signed
    submissions that the office received; visits before them and all calls are contacts as imported.
    Raises Invalid or DemoFailed where the demo's own data is wrong, TryLater where the solver fails.
    """
    day = field_day(now)
    began = now - BEFORE_ALL
    agency = make_agency(session, day.on, now=began)
    make_standards(session, agency, (began - dt.timedelta(days=365)).date())
    users = make_users(session, now=began)
    telling = _telling(session, outside, agency, users, seed, began)
    clerk = actor_of(next(user for user in users.values() if user.role == "administrator"))
    tell_year(telling, clerk, demo_people(day.on, people), day.on, now=now)
    _cover(session, users["officer2@demo.example"], day.on)
    tell_today(telling, day)
    return Made(*(_count(session, table) for table in (Supervisee, Contact, Visit, Photo, DayPlan)))


def _telling(
    session: Session, outside: Outside, agency: Agency, users: dict[str, User], seed: int, began: dt.datetime
) -> Telling:
    officers = [user for user in users.values() if user.role == "officer"]
    phones = {
        officer.email: new_phone(session, actor_of(officer), dt.timedelta(seconds=place - 2), now=began)
        for place, officer in enumerate(officers)
    }
    office = Office(agency, outside.library, outside.blobs, outside.pictures, outside.travel)
    return Telling(session, outside, office, phones, seed)


def _cover(session: Session, officer: User, today: dt.date) -> None:
    """Have an officer look after some people of another one."""
    ids = session.scalars(select(Supervisee.id).where(Supervisee.case_number.in_(COVERED)))
    session.add_all(
        CaseAssignment(
            supervisee_id=id, officer_id=officer.id, kind="cover", from_on=today - dt.timedelta(days=3),
            to_on=today + COVERED_FOR,
        )
        for id in ids
    )  # fmt: skip
    session.flush()


def _count(session: Session, table: type[Supervisee | Contact | Visit | Photo | DayPlan]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
