"""A small demo on both databases: everything is there, dated from the day on which it is made."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.adapters.blob_store import memory_store
from fieldapp.adapters.demo_drawings import DemoDrawings
from fieldapp.adapters.images import PillowPictures
from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.domain.actor import actor_of
from fieldapp.domain.audit import first_broken
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import in_buckets
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.clock import local_date
from fieldapp.domain.demo.agency import ZONE
from fieldapp.domain.demo.make import Made
from fieldapp.domain.demo.make import make_demo
from fieldapp.domain.demo.outside import Outside
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.models.contact import Contact
from fieldapp.models.field import CheckIn
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission

SOME, FEW = 48, 12
# local times in Baltimore: a Monday afternoon, a Sunday before dawn, the last evening of a year, just after midnight
MONDAY = dt.datetime(2026, 11, 23, 19, 10, tzinfo=dt.UTC)
SUNDAY = dt.datetime(2026, 11, 22, 10, 40, tzinfo=dt.UTC)
LAST = dt.datetime(2027, 1, 1, 3, 20, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 11, 24, 5, 4, tzinfo=dt.UTC)
OFFICER = "officer1@demo.example"


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    solver = PyvrpRouteSolver()
    yield Outside(
        shipped_library(), memory_store(), PillowPictures(), new_office_key(), GeodesicTravelTimes(), solver,
        DemoDrawings(),
    )  # fmt: skip
    solver.close()


def make(session: Session, outside: Outside, now: dt.datetime, people: int = SOME) -> Made:
    return make_demo(session, outside, now=now, people=people)


def test_small_demo_is_whole(session: Session, outside: Outside) -> None:
    made = make(session, outside, MONDAY)

    assert (made.people, made.plans) == (SOME, 5)
    assert made.contacts > 300
    assert made.visits > 40
    assert Counter(session.scalars(select(Submission.state))) == {"stored": made.visits + checked_in(session)}
    assert first_broken(session) is None


def checked_in(session: Session) -> int:
    return len(session.scalars(select(CheckIn.id)).all())


@pytest.mark.parametrize("now", [MONDAY, SUNDAY, LAST])
def test_everything_is_dated_from_the_day_of_making(session: Session, outside: Outside, now: dt.datetime) -> None:
    make(session, outside, now)
    today = local_date(ZONE, now)

    assert set(session.scalars(select(DayPlan.on))) == {today}
    assert max(session.scalars(select(Contact.on))) == today
    assert all(moment < now for moment in session.scalars(select(Visit.received_at)))
    assert all(moment < now for moment in session.scalars(select(CheckIn.at)))
    done, stops = half_done(session)
    assert (done, stops) == ((stops + 1) // 2, stops)
    assert stops > 4
    admin = session.scalars(select(User).where(User.role == "administrator")).one()
    buckets = in_buckets(due_rows(session, actor_of(admin), today))
    assert buckets["overdue"]
    assert sum(len(rows) for rows in buckets.values()) > SOME / 2


def half_done(session: Session) -> tuple[int, int]:
    """How many stops of officer 1 were visited today, and how many there are."""
    plan = session.scalars(select(DayPlan).join(DayPlan.officer).where(User.email == OFFICER)).one()
    visited = set(session.scalars(select(Visit.stop_id)))
    return sum(stop.id in visited for stop in plan.stops), len(plan.stops)


def test_demo_made_just_after_midnight_has_nothing_of_a_future(session: Session, outside: Outside) -> None:
    make(session, outside, MIDNIGHT, FEW)

    assert set(session.scalars(select(Visit.stop_id))) == {None}
    assert all(moment < MIDNIGHT for moment in session.scalars(select(Visit.received_at)))
    assert all(moment < MIDNIGHT for moment in session.scalars(select(CheckIn.at)))


def test_demo_is_the_same_for_the_same_moment(session: Session, outside: Outside) -> None:
    told = []
    for _ in range(2):
        with session.begin_nested() as made:
            make(session, outside, MONDAY, FEW)
            told.append(facts(session))
            made.rollback()
        session.expunge_all()

    assert told[0] == told[1]


def facts(session: Session) -> list[tuple[object, ...]]:
    """What the demo tells, without the ids that the office made."""
    visits = select(Visit.id, Visit.arrived_at, Visit.outcome, Visit.lat, Supervisee.case_number)
    joined = visits.join(Supervisee, Supervisee.id == Visit.supervisee_id).order_by(Visit.id)
    contacts = select(Contact.at, Contact.outcome, Supervisee.case_number)
    others = contacts.join(Supervisee, Supervisee.id == Contact.supervisee_id)
    return [*map(tuple, session.execute(joined)), *sorted(map(tuple, session.execute(others)))]
