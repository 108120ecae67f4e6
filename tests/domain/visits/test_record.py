"""What a signed visit becomes: facts, credit, flags, and what a supervisor must decide."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.contact import Contact
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Answer
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.models.visit import VisitRow
from fieldapp.models.wire import FieldException
from tests import people
from tests.desk import Desk
from tests.phone import answer
from tests.phone import iso
from tests.phone import photo
from tests.phone import position

HOUR = dt.timedelta(hours=1)
FOUND = answer(
    "compliance.paraphernalia", "yes", note="Pipe on the table.", discovery="plain_view", no_photo_reason="Dark."
)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.fixture
def person(session: Session, desk: Desk) -> Supervisee:
    return people.supervisee(session, desk.officer, ["no_alcohol", "no_drugs", "treatment"], work=True)


def visited(desk: Desk, person: Supervisee, **changes: Any) -> Visit:
    sent = desk.phone.visit(person, **changes)
    (result,) = desk.take(sent)
    assert result.state == "stored", result.reason
    return desk.session.get_one(Visit, uuid.UUID(sent.id))


def test_answers_and_rows_keep_their_order_and_shape(desk: Desk, person: Supervisee, session: Session) -> None:
    row = {"id": str(uuid.uuid4()), "name": "A neighbor", "relation": "next door"}
    given = [answer("safety.animals_loose", "no", answered_by="rest"), answer("residence.evidence", ["mail", "lease"])]

    visit = visited(desk, person, outcome="contact_inside", answers=given, rows={"people.persons": [row]})

    assert [(found.item, found.value, found.answered_by) for found in visit.answers] == [
        ("safety.animals_loose", "no", "rest"),
        ("residence.evidence", ["mail", "lease"], "tap"),
    ]
    assert session.scalars(select(VisitRow.data)).all() == [{"name": "A neighbor", "relation": "next door"}]
    assert session.scalars(select(Answer.at)).first() == people.NOW


def test_mark_raises_a_potential_violation_only_where_a_condition_matches(
    desk: Desk, person: Supervisee, session: Session
) -> None:
    free = people.supervisee(session, desk.officer, ["curfew"])

    bound = visited(desk, person, outcome="contact_inside", answers=[FOUND])
    unbound = visited(desk, free, outcome="contact_inside", answers=[FOUND])

    flags = {flag.visit_id: flag for flag in session.scalars(select(VisitFlag))}
    assert (flags[bound.id].kind, flags[bound.id].note) == ("potential_violation", "Pipe on the table.")
    assert flags[bound.id].condition is not None
    assert flags[bound.id].condition.kind == "no_drugs"
    assert (flags[unbound.id].kind, flags[unbound.id].condition_id) == ("observation", None)


def test_condition_that_ended_before_the_visit_does_not_match(desk: Desk, person: Supervisee, session: Session) -> None:
    for condition in person.conditions:
        condition.to_on = dt.date(2026, 11, 18)
    session.flush()

    visited(desk, person, outcome="contact_inside", answers=[FOUND])

    assert session.scalars(select(VisitFlag.kind)).all() == ["observation"]


def test_what_the_checklist_demands_and_is_not_there_is_told_not_refused(desk: Desk, person: Supervisee) -> None:
    bare = answer("compliance.paraphernalia", "yes")

    visited(desk, person, outcome="contact_inside", answers=[bare])

    assert "note needed" in desk.told()["incomplete"]
    assert "Narrative" in desk.told()["incomplete"]


def test_photo_of_an_item_meets_its_demand(desk: Desk, person: Supervisee) -> None:
    shown = [photo(b"1", item="compliance.paraphernalia")]
    visited(desk, person, outcome="contact_inside", answers=[{**FOUND, "no_photo_reason": ""}], photos=shown)

    assert "photo" not in desk.told()["incomplete"]


@pytest.mark.parametrize(
    ("outcome", "place", "expected"),
    [
        ("contact_inside", "home", ("residence", "direct", "completed")),
        ("collateral_only", "home", ("residence", "collateral", "completed")),
        ("moved", "home", ("residence", "direct", "attempted")),
        ("absent_from_work", "work", ("employment", "direct", "attempted")),
        ("cancelled", "home", None),
    ],
)
def test_outcome_decides_the_contact(
    desk: Desk, person: Supervisee, session: Session, outcome: str, place: str, expected: tuple[str, str, str] | None
) -> None:
    address = next(found for found in person.addresses if found.place == place)
    where = {"place": place, "address": str(address.id), "checklist": {"key": place, "version": 1}}
    visit = visited(desk, person, outcome=outcome, scheduled=True, **where)

    contacts = session.scalars(select(Contact)).all()
    facts = [(contact.location, contact.party, contact.status) for contact in contacts]
    assert facts == ([expected] if expected else [])
    assert all(contact.scheduled and contact.visit_id == visit.id for contact in contacts)


def test_contact_counts_on_the_agencys_date(desk: Desk, person: Supervisee, session: Session) -> None:
    late = dt.datetime(2026, 11, 19, 3, 30, tzinfo=dt.UTC)  # 22:30 of the day before in Baltimore

    visited(desk, person, arrived_at=iso(late), left_at=iso(late))

    assert session.scalars(select(Contact.on)).all() == [dt.date(2026, 11, 18)]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("refused_entry", "refused"),
        ("refused_contact", "refused"),
        ("moved", "address-unverified"),
        ("wrong_address", "address-unverified"),
        ("unsafe_aborted", "unsafe-aborted"),
        ("in_custody", "status-unverified"),
    ],
)
def test_outcome_that_needs_a_decision_is_told(desk: Desk, person: Supervisee, outcome: str, code: str) -> None:
    visited(desk, person, outcome=outcome)

    assert list(desk.told()) == [code]


def test_leaving_because_it_was_unsafe_raises_a_safety_flag(desk: Desk, person: Supervisee, session: Session) -> None:
    visited(desk, person, outcome="unsafe_aborted", outcome_note="A man with a knife.")

    flag = session.scalars(select(VisitFlag)).one()
    assert (flag.kind, flag.item, flag.note) == ("safety", "outcome", "A man with a knife.")


def test_answer_that_alerts_is_told_once(desk: Desk, person: Supervisee, session: Session) -> None:
    given = [answer("people.protected_victim", "yes", note="She sat there.")]
    visit = visited(desk, person, outcome="contact_inside", answers=given)

    alerts = session.scalars(select(FieldException).where(FieldException.code == "alert")).all()
    assert [alert.subject for alert in alerts] == [f"{visit.id}:people.protected_victim"]


def test_position_is_measured_against_the_address_less_its_accuracy(desk: Desk, person: Supervisee) -> None:
    lat, lon = people.HOME
    north = lat + 300 / 111_195  # 300 m on the mean sphere

    near = visited(desk, person, position=position("poor", north, lon, accuracy_m=151))
    assert near.distance_m == pytest.approx(300, abs=1)
    assert "position-far" not in desk.told()
    visited(desk, person, position=position("fix", north, lon, accuracy_m=149))
    assert "300 m from the address" in desk.told()["position-far"]


def test_poor_position_is_told_with_its_accuracy_and_kept(desk: Desk, person: Supervisee) -> None:
    visit = visited(desk, person, position=position("poor", accuracy_m=850))

    assert (visit.position_state, visit.position_accuracy_m) == ("poor", 850)
    assert list(desk.told()) == ["position-poor"]
    assert "850 m" in desk.told()["position-poor"]


@pytest.mark.parametrize(("minutes", "told"), [(4, []), (6, ["position-late"])])
def test_position_that_was_taken_minutes_after_the_arrival_is_told(
    desk: Desk, person: Supervisee, minutes: int, told: list[str]
) -> None:
    arrived = people.NOW - HOUR
    taken_at = iso(arrived + dt.timedelta(minutes=minutes))
    visited(desk, person, arrived_at=iso(arrived), position=position(taken_at=taken_at))

    assert list(desk.told()) == told
    if told:
        assert "6 minutes after the arrival" in desk.told()["position-late"]


@pytest.mark.parametrize("state", ["refused", "unavailable"])
def test_missing_position_is_told_and_never_blocks(desk: Desk, person: Supervisee, state: str) -> None:
    visit = visited(desk, person, position=position(state))

    assert (visit.position_state, visit.lat, visit.distance_m) == (state, None, None)
    assert list(desk.told()) == ["position-missing"]


def test_visit_that_was_not_attempted_needs_no_position(desk: Desk, person: Supervisee) -> None:
    visited(desk, person, outcome="hospital", position=position("unavailable"))

    assert desk.told() == {}


def test_address_without_a_position_makes_no_distance(desk: Desk, person: Supervisee, session: Session) -> None:
    people.home(person).lat = people.home(person).lon = None
    session.flush()

    assert visited(desk, person).distance_m is None


@pytest.mark.parametrize(
    ("hours", "skew", "late"), [(23.9, 0, False), (24.1, 0, True), (23, -7200, False), (23, 7200, True)]
)
def test_entry_is_late_after_a_day_by_the_offices_clock(
    desk: Desk, person: Supervisee, hours: float, skew: int, late: bool
) -> None:
    # a phone two hours ahead says that the visit ended two hours later than it did
    left = people.NOW - dt.timedelta(hours=hours)
    sent = desk.phone.visit(person, arrived_at=iso(left), left_at=iso(left))

    desk.take(sent, skew=dt.timedelta(seconds=skew))

    visit = desk.session.get_one(Visit, uuid.UUID(sent.id))
    assert (visit.late_entry, "late-entry" in desk.told()) == (late, late)
    assert visit.clock_skew_s == skew


@pytest.mark.parametrize(
    ("skew_minutes", "changes", "words"),
    [
        (6, {}, "6 minutes ahead of"),
        (-90, {}, "90 minutes behind"),
        (0, {"left_at": iso(people.NOW - HOUR)}, "ended before it began"),
        (
            0,
            {"arrived_at": iso(people.NOW + dt.timedelta(hours=1)), "left_at": iso(people.NOW + dt.timedelta(hours=2))},
            "future",
        ),
    ],
)
def test_wrong_clock_is_told(
    desk: Desk, person: Supervisee, skew_minutes: int, changes: dict[str, Any], words: str
) -> None:
    (result,) = desk.take(desk.phone.visit(person, **changes), skew=dt.timedelta(minutes=skew_minutes))

    assert result.state == "stored"
    assert words in desk.told()["clock-wrong"]


def test_clock_off_by_less_than_five_minutes_is_taken_at_its_word(
    desk: Desk, person: Supervisee, session: Session
) -> None:
    (result,) = desk.take(desk.phone.visit(person), skew=dt.timedelta(minutes=4))

    assert (result.state, desk.told()) == ("stored", {})
    assert session.scalars(select(Contact.at)).one() == people.NOW - dt.timedelta(minutes=20)


def test_contact_is_dated_by_the_offices_clock_where_the_phones_is_wrong(
    desk: Desk, person: Supervisee, session: Session
) -> None:
    ahead = dt.timedelta(days=40)
    arrived = people.NOW + ahead - dt.timedelta(minutes=20)

    desk.take(desk.phone.visit(person, arrived_at=iso(arrived), left_at=iso(arrived)), skew=ahead)

    assert session.scalars(select(Contact.on)).all() == [dt.date(2026, 11, 19)]
