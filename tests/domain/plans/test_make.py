"""Planning a day: whom it takes, whom it leaves out and why, and what happens to an earlier plan."""

import datetime as dt

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.make import plan_day
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.plans.wish import filled_up
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.models.address import Employment
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard
from tests.domain.plans.days import Broken
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names
from tests.domain.plans.days import planned
from tests.domain.plans.days import wish


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def test_a_plan_is_a_draft_with_times_and_what_is_due(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer, first_name="Ann")
    contact(session, person, people.TODAY - dt.timedelta(days=34))
    plan = planned(session, officer, person)
    (stop,) = plan.stops

    assert (plan.state, plan.on, plan.travel_source) == ("draft", people.TODAY, "estimate")
    assert (stop.purpose, stop.due_on) == ("Home contact", people.TODAY - dt.timedelta(days=4))
    assert stop.arrive_at == dt.datetime(2026, 11, 19, 14, 0, tzinfo=dt.UTC)
    assert stop.leave_at == stop.arrive_at + dt.timedelta(minutes=15) == plan.back_at
    assert stop.windows == [[8 * 3600, 20 * 3600]]
    assert session.scalars(select(AuditEntry.event)).all() == ["plan.made"]


def test_who_does_not_fit_is_left_out_with_the_reason(session: Session, officer: User) -> None:
    ann, bob, cat, dan = (people.supervisee(session, officer, first_name=name) for name in ("Ann", "Bob", "Cat", "Dan"))
    people.home(cat).lat = people.home(cat).lon = None
    plan = planned(session, officer, ann, bob, cat, Pick(dan.id, "work", 15), solver=InOrderGiven(1))

    assert names(plan) == ["Ann"]
    assert {entry["supervisee"]: entry["reason"] for entry in plan.left_out} == {
        str(bob.id): "no_time", str(cat.id): "no_position", str(dan.id): "no_position",
    }  # fmt: skip
    assert all(entry["words"].endswith(".") for entry in plan.left_out)


def test_a_workplace_is_closed_on_days_without_a_shift(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer, work=True)
    work = next(found for found in person.addresses if found.place == "work")
    times = {"start": dt.time(7), "end": dt.time(15), "from_on": dt.date(2026, 1, 5)}
    session.add(Employment(supervisee_id=person.id, address_id=work.id, employer="Bakery", days="67", **times))
    session.flush()
    session.refresh(person)
    plan = planned(session, officer, Pick(person.id, "work", 15))

    assert [entry["reason"] for entry in plan.left_out] == ["window_closed"]


def test_the_old_plan_stays_when_the_solver_fails(session: Session, officer: User) -> None:
    ann, bob = (people.supervisee(session, officer, first_name=name) for name in ("Ann", "Bob"))
    old = planned(session, officer, ann)
    accept(session, people.actor(officer), old, now=people.NOW)
    with pytest.raises(RouteSolverFailed):
        planned(session, officer, bob, solver=Broken())
    session.flush()
    session.expire_all()

    assert (names(old), old.state) == (["Ann"], "accepted")


def test_planning_anew_replaces_the_day_and_keeps_the_ids_that_phones_may_name(session: Session, officer: User) -> None:
    ann, bob, cat = (people.supervisee(session, officer, first_name=name) for name in ("Ann", "Bob", "Cat"))
    old = planned(session, officer, ann, bob)
    accept(session, people.actor(officer), old, now=people.NOW)
    id, of_bob = old.id, old.stops[1].id
    new = planned(session, officer, cat, bob)
    session.expire_all()

    assert (new.id, new.state, new.accepted_at) == (id, "draft", None)
    assert names(new) == ["Cat", "Bob"]
    assert new.stops[1].id == of_bob
    assert session.scalar(select(func.count()).select_from(Stop)) == 2


def test_a_day_with_visits_is_not_planned_anew(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    plan = planned(session, officer, person)
    visits.visit(session, officer, person, stop_id=plan.stops[0].id)
    with pytest.raises(Conflict, match="already made"):
        planned(session, officer, person)


def test_only_people_on_the_officers_caseload_can_be_planned(session: Session, officer: User) -> None:
    theirs = people.supervisee(session, people.officer(session))
    with pytest.raises(Invalid, match="not on your caseload"):
        planned(session, officer, theirs)


@pytest.mark.parametrize("days", [-1, 61])
def test_a_day_that_is_over_or_far_ahead_is_refused(session: Session, officer: User, days: int) -> None:
    person = people.supervisee(session, officer)
    with pytest.raises(Invalid, match="Choose a day"):
        planned(session, officer, person, on=people.TODAY + dt.timedelta(days=days))


def test_a_wish_without_people_says_what_to_do(session: Session, officer: User) -> None:
    with pytest.raises(Invalid, match="Pick at least one person"):
        planned(session, officer)


def test_two_officers_have_plans_of_their_own_for_one_day(session: Session, officer: User) -> None:
    other = people.officer(session)
    first = planned(session, officer, people.supervisee(session, officer))
    second = planned(session, other, people.supervisee(session, other))

    assert first.id != second.id
    assert session.scalar(select(func.count()).select_from(DayPlan)) == 2


@pytest.mark.parametrize(
    ("on", "utc_hour"), [(dt.date(2026, 10, 31), 13), (dt.date(2026, 11, 1), 14), (dt.date(2026, 11, 2), 14)]
)
def test_nine_in_the_morning_is_nine_on_the_day_the_clocks_change(
    session: Session, officer: User, on: dt.date, utc_hour: int
) -> None:
    person = people.supervisee(session, officer)
    now = dt.datetime(2026, 10, 30, 12, tzinfo=dt.UTC)
    plan = plan_day(session, people.actor(officer), wish(person, on=on), Straight(), InOrderGiven(), now=now)

    assert plan.stops[0].arrive_at == dt.datetime.combine(on, dt.time(utc_hour), dt.UTC)


def test_filling_up_takes_the_most_urgent_beside_the_officers_own_picks(session: Session, officer: User) -> None:
    standard(session)
    own, late, later, far = (
        people.supervisee(session, officer, first_name=name) for name in ("Own", "Late", "Later", "Far")
    )
    for person, days in ((late, 50), (later, 20), (own, 1)):
        contact(session, person, people.TODAY - dt.timedelta(days=days))
    contact(session, far, people.TODAY)
    rows = due_rows(session, people.actor(officer), people.TODAY)
    full = filled_up(wish(own), rows, 20)
    solver = InOrderGiven(2)
    plan = planned(session, officer, *full.picks, solver=solver)

    assert [(pick.supervisee_id, pick.sure) for pick in full.picks][:3] == [
        (own.id, True),
        (late.id, False),
        (later.id, False),
    ]
    assert names(plan) == ["Own", "Late"]
    assert solver.asked is not None
    assert [stop.required for stop in solver.asked.stops][:2] == [True, False]
    assert [(out["supervisee"], out["first"]) for out in plan.left_out] == [
        (str(later.id), False),
        (str(far.id), False),
    ]


def test_who_is_overdue_and_does_not_fit_is_named_though_nobody_picked_them(session: Session, officer: User) -> None:
    standard(session)
    own, late = (people.supervisee(session, officer, first_name=name) for name in ("Own", "Late"))
    full = filled_up(wish(own), due_rows(session, people.actor(officer), people.TODAY), 20)
    plan = planned(session, officer, *full.picks, solver=InOrderGiven(1))

    assert [entry["supervisee"] for entry in plan.left_out] == [str(late.id)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"end": dt.time(8)}, "end"), ({"lunch_minutes": 500}, "lunch_minutes")],
)
def test_a_day_that_cannot_be_is_refused_by_field(fields: dict[str, object], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        wish(**fields)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [name]
