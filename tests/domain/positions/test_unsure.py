"""An approximate position is nowhere to drive to and nothing to measure from, until somebody has confirmed it."""

from sqlalchemy.orm import Session

from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import distance_m
from tests import people
from tests.domain.plans.days import planned


def test_route_goes_to_an_address_only_once_its_position_is_sure(session: Session) -> None:
    people.agency(session)
    officer = people.officer(session)
    sure, unsure = people.supervisee(session, officer), people.supervisee(session, officer)
    people.home(unsure).position_quality = "approximate"
    session.flush()
    plan = planned(session, officer, sure, unsure)
    assert [stop.supervisee_id for stop in plan.stops] == [sure.id]
    assert [(entry["reason"], "approximate" in entry["words"]) for entry in plan.left_out] == [("no_position", True)]
    people.home(unsure).position_quality = "pinned"
    session.flush()
    assert len(planned(session, officer, sure, unsure).stops) == 2


def test_distance_from_a_guess_is_not_known(session: Session) -> None:
    home = people.home(people.supervisee(session))
    here = Position("fix", *people.HOME)
    assert distance_m(here, *home.sure_position) == 0
    home.position_quality = "approximate"
    assert distance_m(here, *home.sure_position) is None
