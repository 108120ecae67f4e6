"""Pins: set by hand, or a guess confirmed; refused where a number is wrong or the position changed meanwhile."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.positions.pin import seen
from fieldapp.domain.positions.pin import set_pin
from fieldapp.domain.positions.review import count_to_review
from fieldapp.domain.positions.review import review
from fieldapp.domain.positions.runs import begin_run
from fieldapp.models.address import Address
from fieldapp.models.audit import AuditEntry
from tests import people
from tests.domain.positions.addresses import answered
from tests.domain.positions.addresses import approximate
from tests.domain.positions.addresses import house
from tests.domain.positions.addresses import without_position
from tests.people import NOW
from tests.people import TODAY


@pytest.fixture
def office(session: Session) -> Actor:
    people.agency(session)
    return people.actor(people.administrator(session))


def put(session: Session, actor: Actor, address: Address, lat: str, lon: str = "", **more: str) -> Address:
    return set_pin(session, actor, address.id, {"lat": lat, "lon": lon, "seen": seen(address), **more}, now=NOW)


def last_entry(session: Session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()  # type: ignore[return-value]  # never empty


def test_pin_is_set_and_audited_without_the_place(session: Session, office: Actor) -> None:
    address = without_position(session)
    put(session, office, address, "39.29038", " -76.61219 ")
    assert (address.lat, address.lon, address.position_quality) == (39.29038, -76.61219, "pinned")
    entry = last_entry(session)
    assert (entry.event, entry.subject, entry.actor_id) == ("address.pinned", str(address.id), office.id)
    assert entry.details == {"was": "none", "moved_m": None}


def test_approximate_position_saved_as_it_is_is_confirmed(session: Session, office: Actor) -> None:
    address = approximate(session)
    assert address.sure_position == (None, None)
    put(session, office, address, "39.3", "-76.6")
    assert (address.sure_position, address.position_quality) == ((39.3, -76.6), "pinned")
    assert (last_entry(session).event, last_entry(session).details["moved_m"]) == ("address.confirmed", 0)


def test_approximate_position_moved_is_a_pin(session: Session, office: Actor) -> None:
    put(session, office, approximate(session), "39.301", "-76.6")
    assert (last_entry(session).event, last_entry(session).details) == (
        "address.pinned",
        {"was": "approximate", "moved_m": 111},
    )


def test_pair_may_be_pasted_as_map_programs_copy_it(session: Session, office: Actor) -> None:
    assert put(session, office, without_position(session), "39.29038, -76.61219").lon == -76.61219


@pytest.mark.parametrize(
    ("lat", "lon", "field"),
    [
        ("", "-76.6", "lat"),
        ("north", "-76.6", "lat"),
        ("91", "-76.6", "lat"),
        ("nan", "-76.6", "lat"),
        ("39.3", "", "lon"),
        ("39.3", "-181", "lon"),
        ("39.3", "inf", "lon"),
        ("39.3", "76.6", "lon"),
        ("1,2,3", "", "lat"),
    ],
)
def test_what_is_no_position_near_here_is_refused_and_changes_nothing(
    session: Session, office: Actor, lat: str, lon: str, field: str
) -> None:
    address = without_position(session)
    with pytest.raises(Invalid) as refused:
        put(session, office, address, lat, lon)
    assert field in refused.value.errors
    assert address.lat is None


def test_position_that_changed_since_it_was_seen_is_not_overwritten(session: Session, office: Actor) -> None:
    address = approximate(session)
    with pytest.raises(Conflict, match="changed meanwhile"):
        put(session, office, address, "39.3", "-76.6", seen="")
    assert address.position_quality == "approximate"


def test_supervisors_see_and_set_those_of_their_team_alone(session: Session, office: Actor) -> None:
    own, other = approximate(session), approximate(session)
    people.assign(session, own_person(session, own), people.officer(session))
    people.assign(session, own_person(session, other), people.officer(session, people.team(session)))
    supervisor = people.actor(people.supervisor(session))
    assert [line.address.id for line in review(session, supervisor, now=NOW).approximate] == [own.id]
    with pytest.raises(NotFound):
        put(session, supervisor, other, "39.3", "-76.6")
    assert put(session, supervisor, own, "39.3", "-76.6").position_quality == "pinned"


def test_review_lists_what_is_approximate_unknown_or_missing_and_nothing_else(session: Session, office: Actor) -> None:
    guess = approximate(session)
    unknown = without_position(session, "1 Unknown Street")
    begin_run(session, office, "town", now=NOW)
    answered(session, None)
    found = without_position(session, "2 Sample Street")
    begin_run(session, office, "town", now=NOW)
    answered(session, house("2, Sample St", "approximate"))
    new = without_position(session)
    people.supervisee(session)
    without_position(session, to_on=TODAY.replace(day=1))
    listed = review(session, office, now=NOW)
    assert {(line.address.id, line.state, line.matched) for line in listed.approximate} == {
        (guess.id, "approximate", ""),
        (found.id, "approximate", "2, Sample St"),
    }
    assert {(line.address.id, line.state) for line in listed.without} == {(unknown.id, "unknown"), (new.id, "none")}
    assert (listed.approximate_count, listed.without_count) == (2, 2)
    assert count_to_review(session, office, now=NOW) == 3


def own_person(session: Session, address: Address) -> people.Supervisee:
    return session.get_one(people.Supervisee, address.supervisee_id)
