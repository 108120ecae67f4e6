"""Approval of itineraries: what waits, what an approval covers, what comes back with words."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.itineraries.approval import Approval
from fieldapp.domain.itineraries.approval import approval_of
from fieldapp.domain.itineraries.approval import approve
from fieldapp.domain.itineraries.approval import mark_of
from fieldapp.domain.itineraries.approval import send_back
from fieldapp.domain.itineraries.approval import teams_plan
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.change import move
from fieldapp.domain.plans.in_and_out import add_stop
from fieldapp.domain.plans.in_and_out import remove_stop
from fieldapp.domain.plans.wish import Pick
from fieldapp.models.audit import AuditEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests.domain.itineraries.teams_day import in_use
from tests.domain.itineraries.teams_day import person
from tests.domain.plans.days import Straight

NOW, TRAVEL = people.NOW, Straight()


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session, itinerary_approval="required")
    return people.officer(session, name="L. Grant")


@pytest.fixture
def plan(session: Session, officer: User) -> DayPlan:
    return in_use(session, officer, person(session, officer, "Ann"), person(session, officer, "Bob", 2))


def state(session: Session, plan: DayPlan) -> str:
    found = approval_of(session, plan)
    return found.state if found else ""


def say_yes(session: Session, supervisor: User, plan: DayPlan) -> None:
    approve(session, people.actor(supervisor), plan, mark_of(plan), now=NOW)


def events(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence)))


def test_only_plans_in_use_wait_and_only_where_the_agency_asks(session: Session, plan: DayPlan) -> None:
    assert approval_of(session, plan) == Approval("waiting")

    plan.state = "draft"
    assert approval_of(session, plan) is None
    plan.state = "accepted"
    people.agency(session, itinerary_approval="none")
    assert approval_of(session, plan) is None


def test_an_approval_names_who_gave_it_and_is_audited(session: Session, supervisor: User, plan: DayPlan) -> None:
    say_yes(session, supervisor, plan)
    say_yes(session, supervisor, plan)

    assert approval_of(session, plan) == Approval("approved", "S. Kowalski", NOW)
    assert events(session).count("plan.approved") == 1


def test_a_new_order_and_fewer_stops_stay_approved_but_a_new_stop_waits(
    session: Session, officer: User, supervisor: User, plan: DayPlan
) -> None:
    actor = people.actor(officer)
    say_yes(session, supervisor, plan)
    move(session, actor, plan, plan.stops[0].id, 1, TRAVEL, now=NOW)
    remove_stop(session, actor, plan, plan.stops[0].id, TRAVEL, now=NOW)
    assert state(session, plan) == "approved"

    cat = person(session, officer, "Cat", 3)
    add_stop(session, actor, plan, Pick(cat.id, "home", 15), TRAVEL, now=NOW)
    found = approval_of(session, plan)
    assert found == Approval("waiting", "S. Kowalski", NOW, new=frozenset({f"{cat.id}:home"}))

    say_yes(session, supervisor, plan)
    assert state(session, plan) == "approved"


def test_a_plan_sent_back_stays_in_use_until_the_officer_asks_again(
    session: Session, officer: User, supervisor: User, plan: DayPlan
) -> None:
    send_back(session, people.actor(supervisor), plan, mark_of(plan), " Bob first,\n please ", now=NOW)
    assert approval_of(session, plan) == Approval("sent_back", "S. Kowalski", NOW, "Bob first, please")
    assert plan.state == "accepted"

    accept(session, people.actor(officer), plan, now=NOW)
    assert state(session, plan) == "waiting"
    accept(session, people.actor(officer), plan, now=NOW)
    say_yes(session, supervisor, plan)
    accept(session, people.actor(officer), plan, now=NOW)
    assert state(session, plan) == "approved"
    assert [event for event in events(session) if event.startswith("plan.sent")] == [
        "plan.sent_back",
        "plan.sent_again",
    ]


def test_what_was_not_read_as_it_is_now_cannot_be_approved(
    session: Session, officer: User, supervisor: User, plan: DayPlan
) -> None:
    read = mark_of(plan)
    move(session, people.actor(officer), plan, plan.stops[0].id, 1, TRAVEL, now=NOW)
    with pytest.raises(Conflict, match="changed since you opened it"):
        approve(session, people.actor(supervisor), plan, read, now=NOW)
    with pytest.raises(Conflict, match="changed since you opened it"):
        send_back(session, people.actor(supervisor), plan, read, "Why?", now=NOW)


def test_drafts_and_agencies_that_do_not_ask_have_nothing_to_approve(
    session: Session, supervisor: User, plan: DayPlan
) -> None:
    plan.state = "draft"
    with pytest.raises(Conflict, match="not put this plan into use"):
        say_yes(session, supervisor, plan)
    people.agency(session, itinerary_approval="none")
    with pytest.raises(Conflict, match="does not ask for approval"):
        say_yes(session, supervisor, plan)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 501])
def test_sending_back_needs_words_that_can_be_read(
    session: Session, supervisor: User, plan: DayPlan, words: str
) -> None:
    with pytest.raises(Invalid, match="Write what is to be changed"):
        send_back(session, people.actor(supervisor), plan, mark_of(plan), words, now=NOW)


def test_officers_and_other_teams_decide_nothing(session: Session, officer: User, plan: DayPlan) -> None:
    with pytest.raises(Forbidden):
        teams_plan(session, people.actor(officer), plan.id)
    with pytest.raises(NotFound):
        teams_plan(session, people.actor(people.supervisor(session, people.team(session))), plan.id)
