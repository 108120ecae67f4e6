"""Visits by two officers: shared out and moved to those alone to whom a partner comes along that day."""

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.itineraries.move import move_stops
from fieldapp.domain.itineraries.share import solve_share
from fieldapp.domain.itineraries.share_keep import keep_share
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from tests import people
from tests.domain.itineraries.teams_day import asked
from tests.domain.itineraries.teams_day import found
from tests.domain.itineraries.teams_day import goes_in_twos
from tests.domain.itineraries.teams_day import keep
from tests.domain.itineraries.teams_day import plan_of
from tests.domain.itineraries.teams_day import shared_out
from tests.domain.itineraries.teams_day import visited
from tests.domain.plans.days import InOrderGiven
from tests.domain.plans.days import Straight
from tests.domain.routing.teams import ByTurns

NOW = people.NOW


def moved(session: Session, supervisor: User, plan: DayPlan, to: User, *stops: Stop) -> None:
    ids = [stop.id for stop in stops]
    move_stops(session, people.actor(supervisor), plan.id, ids, to.id, Straight(), now=NOW)


def test_a_visit_by_two_goes_to_who_has_a_partner_be_it_known_from_the_stop_or_a_caution(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    ann, bob = plans[0].stops
    ann.two_officers = True
    goes_in_twos(session, bob.supervisee)
    plans[1].with_partner = True
    session.flush()
    shared_out(session, supervisor, ill)

    assert visited(session, ill, busy, free) == [[], ["Ann", "Bob", "Cat"], []]


def test_a_visit_by_two_is_left_out_where_nobody_has_a_partner_and_still_needs_two(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    plans[0].stops[0].two_officers = plans[0].with_partner = True
    session.flush()
    shared_out(session, supervisor, ill)

    left = plan_of(session, ill)
    assert left is not None
    assert visited(session, ill, busy, free) == [[], ["Cat"], ["Bob"]]
    (out,) = left.left_out
    assert (out["reason"], out["words"], out["two_officers"]) == ("needs_partner", NEEDS_PARTNER, True)


def test_a_preview_that_sends_two_officers_to_who_is_alone_by_now_is_refused(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], ill: User, busy: User, free: User
) -> None:
    ann, bob = plans[0].stops
    plans[1].with_partner = ann.two_officers = True
    share = found(session, supervisor, ill)
    read, orders = share.mark, solve_share(share, Straight(), ByTurns(), InOrderGiven()).orders
    alone = {str(busy.id): [], str(free.id): [str(ann.id)]}
    with pytest.raises(Invalid, match="do not belong"):
        keep(session, supervisor, share, alone, ill)

    goes_in_twos(session, bob.supervisee)
    with pytest.raises(Invalid, match="do not belong"):
        keep(session, supervisor, share, {str(busy.id): [str(ann.id)], str(free.id): [str(bob.id)]}, ill)
    plans[1].with_partner = False
    session.flush()
    with pytest.raises(Conflict, match="changed a plan"):
        keep_share(session, people.actor(supervisor), asked(supervisor, ill), orders, read, Straight(), now=NOW)
    assert visited(session, ill, busy, free) == [["Ann", "Bob"], ["Cat"], []]


@pytest.mark.parametrize("known_from", ["stop", "caution"])
def test_a_visit_by_two_moves_only_to_who_has_a_partner_that_day(
    session: Session, supervisor: User, plans: tuple[DayPlan, DayPlan], busy: User, free: User, known_from: str
) -> None:
    plan, other = plans
    ann, bob = plan.stops
    if known_from == "stop":
        ann.two_officers = True
    else:
        goes_in_twos(session, ann.supervisee)
    for officer in (busy, free):
        with pytest.raises(Conflict, match=r"Ann .* by two officers.*Choose an officer who has one, or ask"):
            moved(session, supervisor, plan, officer, bob, ann)
    assert visited(session, plan.officer, busy, free) == [["Ann", "Bob"], ["Cat"], []]

    other.with_partner = True
    moved(session, supervisor, plan, busy, ann)
    assert visited(session, plan.officer, busy, free) == [["Bob"], ["Ann", "Cat"], []]
