"""Changing a plan by hand: order, windows, stops in and out; and using it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.change import keep_outside
from fieldapp.domain.plans.change import move
from fieldapp.domain.plans.change import move_to_fit
from fieldapp.domain.plans.change import own_plan
from fieldapp.domain.plans.change import reorder
from fieldapp.domain.plans.in_and_out import add_stop
from fieldapp.domain.plans.in_and_out import remove_stop
from fieldapp.domain.plans.wish import Pick
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.plans.days import names
from tests.domain.plans.days import planned

TRAVEL, NOW = Straight(), people.NOW
HOUR = 3600


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def crew(session: Session, officer: User) -> list[Supervisee]:
    """Ann, Bob, Cat and Dan, each two minutes' drive further north."""
    made = [people.supervisee(session, officer, first_name=name) for name in ("Ann", "Bob", "Cat", "Dan")]
    for i, person in enumerate(made, start=1):
        people.home(person).lat = people.HOME[0] + i / 100
    session.flush()
    return made


@pytest.fixture
def plan(session: Session, officer: User, crew: list[Supervisee]) -> DayPlan:
    return planned(session, officer, *crew)


def times(plan: DayPlan) -> list[str]:
    return [f"{stop.arrive_at:%H:%M}" for stop in plan.stops if stop.arrive_at]


def ids(plan: DayPlan) -> list[uuid.UUID]:
    return [stop.id for stop in plan.stops]


def test_a_new_order_is_timed_again(session: Session, officer: User, plan: DayPlan) -> None:
    assert times(plan) == ["14:02", "14:19", "14:36", "14:53"]
    travel, back = plan.travel_m, plan.back_at
    reorder(session, people.actor(officer), plan, list(reversed(ids(plan))), TRAVEL, now=NOW)
    session.expire_all()

    assert names(plan) == ["Dan", "Cat", "Bob", "Ann"]
    assert times(plan) == ["14:08", "14:25", "14:42", "14:59"]
    assert (plan.travel_m, plan.back_at) == (travel, back)
    assert [stop.position for stop in plan.stops] == [0, 1, 2, 3]


def test_a_stale_order_is_refused(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    for stale in (ids(plan)[:3], [*ids(plan), uuid.uuid4()], [*ids(plan)[:3], ids(plan)[0]], []):
        with pytest.raises(Invalid, match="changed meanwhile"):
            reorder(session, actor, plan, stale, TRAVEL, now=NOW)
    assert names(plan) == ["Ann", "Bob", "Cat", "Dan"]


@pytest.mark.parametrize(
    ("who", "by", "order"), [(0, 1, "BACD"), (2, -1, "ACBD"), (0, -1, "ABCD"), (3, 1, "ABCD"), (3, -1, "ABDC")]
)
def test_one_stop_moves_one_place(
    session: Session, officer: User, plan: DayPlan, who: int, by: int, order: str
) -> None:
    move(session, people.actor(officer), plan, ids(plan)[who], by, TRAVEL, now=NOW)

    assert "".join(name[0] for name in names(plan)) == order


def test_visited_stops_stay_where_they_are_and_others_pass_them(
    session: Session, officer: User, plan: DayPlan, crew: list[Supervisee]
) -> None:
    actor = people.actor(officer)
    visits.visit(session, officer, crew[1], stop_id=ids(plan)[1])
    move(session, actor, plan, ids(plan)[2], -1, TRAVEL, now=NOW)
    assert names(plan) == ["Cat", "Bob", "Ann", "Dan"]

    reorder(session, actor, plan, list(reversed(ids(plan))), TRAVEL, now=NOW)
    assert names(plan) == ["Dan", "Bob", "Ann", "Cat"]

    move(session, actor, plan, ids(plan)[1], -1, TRAVEL, now=NOW)
    assert names(plan) == ["Dan", "Bob", "Ann", "Cat"]
    with pytest.raises(Conflict, match="was visited"):
        remove_stop(session, actor, plan, ids(plan)[1], TRAVEL, now=NOW)


def test_a_stop_where_the_officer_has_arrived_stays_and_can_still_be_visited(
    session: Session, officer: User, plan: DayPlan, crew: list[Supervisee]
) -> None:
    actor = people.actor(officer)
    visits.check_in(session, officer, crew[1], stop_id=ids(plan)[1])
    with pytest.raises(Conflict, match="was visited"):
        remove_stop(session, actor, plan, ids(plan)[1], TRAVEL, now=NOW)
    with pytest.raises(Conflict, match="already made"):
        planned(session, officer, *crew[2:])
    assert names(plan) == ["Ann", "Bob", "Cat", "Dan"]


def test_a_stop_outside_its_window_says_so_and_moves_to_where_it_fits(
    session: Session, officer: User, plan: DayPlan
) -> None:
    actor = people.actor(officer)
    plan.stops[3].windows = [[9 * HOUR, 9 * HOUR + 900]]
    dan = ids(plan)[3]
    reorder(session, actor, plan, ids(plan), TRAVEL, now=NOW)
    assert [stop.outside for stop in plan.stops] == ["", "", "", "late"]

    move_to_fit(session, actor, plan, dan, TRAVEL, now=NOW)
    assert names(plan) == ["Dan", "Ann", "Bob", "Cat"]
    assert [stop.outside for stop in plan.stops] == ["", "", "", ""]


def test_a_kept_stop_stays_kept_until_it_is_inside_again(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    keep_outside(session, actor, plan, ids(plan)[0], now=NOW)
    assert plan.stops[0].outside == "", "what is inside cannot be kept outside"

    plan.stops[3].windows = [[9 * HOUR, 9 * HOUR + 900]]
    dan = ids(plan)[3]
    reorder(session, actor, plan, ids(plan), TRAVEL, now=NOW)
    keep_outside(session, actor, plan, dan, now=NOW)
    move(session, actor, plan, ids(plan)[0], 1, TRAVEL, now=NOW)
    assert plan.stops[3].outside == "kept"

    move_to_fit(session, actor, plan, dan, TRAVEL, now=NOW)
    assert plan.stops[0].outside == ""


def test_an_added_stop_goes_where_it_costs_least(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    eve = people.supervisee(session, officer, first_name="Eve")
    people.home(eve).lat = people.HOME[0] + 0.025
    add_stop(session, actor, plan, Pick(eve.id, "home", 30), TRAVEL, now=NOW)
    session.expire_all()

    assert names(plan) == ["Ann", "Bob", "Eve", "Cat", "Dan"]
    with pytest.raises(Conflict, match="in this plan already"):
        add_stop(session, actor, plan, Pick(eve.id, "home", 30), TRAVEL, now=NOW)


def test_who_was_left_out_can_be_added_anyway(session: Session, officer: User, crew: list[Supervisee]) -> None:
    plan = planned(session, officer, *crew, solver=InOrderGiven(3))
    assert len(plan.left_out) == 1
    add_stop(session, people.actor(officer), plan, Pick(crew[3].id, "home", 15), TRAVEL, now=NOW)
    session.expire_all()

    assert (sorted(names(plan)), plan.left_out) == (["Ann", "Bob", "Cat", "Dan"], [])


def test_adding_names_what_is_missing_and_hides_other_caseloads(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    nowhere = people.supervisee(session, officer, first_name="Finn")
    people.home(nowhere).lat = None
    theirs = people.supervisee(session, people.officer(session))
    with pytest.raises(Invalid, match=r"Finn .* no home address with a position"):
        add_stop(session, actor, plan, Pick(nowhere.id, "home", 15), TRAVEL, now=NOW)
    with pytest.raises(NotFound):
        add_stop(session, actor, plan, Pick(theirs.id, "home", 15), TRAVEL, now=NOW)


def test_a_removed_stop_is_gone_and_the_rest_is_timed_again(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    remove_stop(session, actor, plan, ids(plan)[0], TRAVEL, now=NOW)
    session.expire_all()

    assert names(plan) == ["Bob", "Cat", "Dan"]
    assert times(plan) == ["14:04", "14:21", "14:38"]
    with pytest.raises(NotFound, match="no longer in the plan"):
        remove_stop(session, actor, plan, uuid.uuid4(), TRAVEL, now=NOW)


def test_a_plan_is_used_once_and_an_empty_one_never(session: Session, officer: User, plan: DayPlan) -> None:
    actor = people.actor(officer)
    accept(session, actor, plan, now=NOW)
    accept(session, actor, plan, now=NOW + dt.timedelta(hours=1))
    assert (plan.state, plan.accepted_at) == ("accepted", NOW)
    events = session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence)).all()
    assert events == ["plan.made", "plan.accepted"]

    plan.stops.clear()
    with pytest.raises(Conflict, match="no stops"):
        accept(session, actor, plan, now=NOW)


def test_nobody_but_its_officer_changes_a_plan(session: Session, officer: User, plan: DayPlan) -> None:
    assert own_plan(session, people.actor(officer), plan.id) is plan
    for other in (people.officer(session), people.supervisor(session), people.administrator(session)):
        with pytest.raises(NotFound):
            own_plan(session, people.actor(other), plan.id)
