"""Runs that look positions up: what is wanted, what is asked, what is written, and who may work on it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.positions.answers import keep_answer
from fieldapp.domain.positions.answers import known_answer
from fieldapp.domain.positions.missing import count_unplaced
from fieldapp.domain.positions.missing import count_worth_asking
from fieldapp.domain.positions.runs import Progress
from fieldapp.domain.positions.runs import begin_run
from fieldapp.domain.positions.runs import latest_progress
from fieldapp.domain.positions.runs import stop_run
from fieldapp.domain.positions.work import claim
from fieldapp.domain.positions.work import give_up
from fieldapp.domain.positions.work import put_off
from fieldapp.domain.positions.work import release
from fieldapp.models.address import Address
from fieldapp.models.audit import AuditEntry
from fieldapp.models.lookup import AddressLookup
from fieldapp.models.lookup import GeocoderAnswer
from tests import people
from tests.domain.positions.addresses import LEASE
from tests.domain.positions.addresses import SERVICE
from tests.domain.positions.addresses import WORKER
from tests.domain.positions.addresses import answered
from tests.domain.positions.addresses import claimed
from tests.domain.positions.addresses import house
from tests.domain.positions.addresses import without_position
from tests.people import NOW
from tests.people import TODAY


@pytest.fixture(autouse=True)
def agency(session: Session) -> None:
    people.agency(session)


def begin(session: Session, now: dt.datetime = NOW, **more: int) -> None:
    begin_run(session, None, SERVICE, now=now, **more)


def progress(session: Session) -> Progress:
    found = latest_progress(session)
    assert found
    return found


def wanted(session: Session) -> set[uuid.UUID]:
    return set(session.scalars(select(AddressLookup.address_id).where(AddressLookup.state == "wanted")))


def events(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence)))


def test_addresses_in_use_without_a_position_are_wanted_and_no_others(session: Session) -> None:
    missing = without_position(session)
    without_position(session, to_on=TODAY.replace(day=1))
    over = session.get_one(Address, without_position(session).id)
    ended = people.supervisee(session)
    ended.terms[0].end_on = TODAY - dt.timedelta(days=1)
    over.supervisee_id = ended.id
    people.supervisee(session)
    session.flush()
    assert count_unplaced(session, TODAY) == 1
    begin(session)
    assert wanted(session) == {missing.id}


def test_with_nothing_to_look_up_no_run_begins(session: Session) -> None:
    people.supervisee(session)
    assert begin_run(session, None, SERVICE, now=NOW) is None
    assert latest_progress(session) is None


def test_found_position_is_kept_with_its_quality_and_an_audit_entry_without_the_address(session: Session) -> None:
    address = without_position(session, "1 Sample Street", state="MD", zip="21201")
    begin(session)
    assert answered(session, house()).line == "1 Sample Street, Baltimore, MD 21201"
    assert (address.lat, address.lon, address.position_quality) == (39.3, -76.6, "exact")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "address.located")).one()
    assert (entry.subject, entry.details) == (str(address.id), {"quality": "exact", "service": SERVICE})


def test_house_far_from_the_office_is_only_approximate(session: Session) -> None:
    address = without_position(session)
    begin(session)
    answered(session, house(lat=45.0))
    assert (address.lat, address.position_quality) == (45.0, "approximate")
    assert progress(session).approximate == 1


def test_unknown_address_stays_without_position(session: Session) -> None:
    address = without_position(session)
    begin(session)
    answered(session, None)
    assert (address.lat, address.position_quality, progress(session).unknown) == (None, "none", 1)


def test_position_that_somebody_set_meanwhile_stays(session: Session) -> None:
    address = without_position(session)
    begin(session)
    question = claimed(session)
    address.lat, address.lon, address.position_quality = 39.1, -76.1, "pinned"
    session.flush()
    assert answered(session, house()) == question
    assert (address.lat, address.position_quality, progress(session).placed) == (39.1, "pinned", 1)


def test_people_at_one_address_are_one_question(session: Session) -> None:
    rows = [without_position(session, line) for line in ("1 Sample Street", "1  SAMPLE street")]
    begin(session)
    answered(session, house())
    answered(session, house(quality="approximate", lat=1.0))
    assert {(row.lat, row.position_quality) for row in rows} == {(39.3, "exact")}


def test_run_ends_with_its_last_address_and_says_how_it_went(session: Session) -> None:
    for number in range(3):
        without_position(session, f"{number} Sample Street")
    begin(session)
    for found in (house(), house(quality="approximate"), None):
        assert progress(session).open
        answered(session, found)
    assert claim(session, WORKER, SERVICE, now=NOW, lease=LEASE) == "nothing"
    end = progress(session)
    assert (end.open, end.done, end.total, end.exact, end.approximate, end.unknown) == (False, 3, 3, 1, 1, 1)
    assert events(session) == ["lookup.begun", "address.located", "address.located", "lookup.ended"]


def test_limit_wants_no_more_than_so_many(session: Session) -> None:
    for _ in range(3):
        without_position(session)
    begin(session, limit=2)
    assert progress(session).total == 2


def test_second_begin_joins_the_run_that_is_open(session: Session) -> None:
    without_position(session)
    begin(session)
    without_position(session)
    begin(session)
    begin(session)
    assert (progress(session).total, events(session)) == (2, ["lookup.begun", "lookup.begun"])


def test_another_worker_waits_until_the_lease_is_over(session: Session) -> None:
    without_position(session)
    begin(session)
    other = uuid.uuid4()
    question = claimed(session)
    assert claim(session, other, SERVICE, now=NOW + LEASE / 2, lease=LEASE) == "held"
    assert claim(session, other, SERVICE, now=NOW + LEASE, lease=LEASE) == question
    assert claim(session, WORKER, SERVICE, now=NOW + LEASE, lease=LEASE) == "held"


def test_worker_that_leaves_lets_another_go_on_at_once(session: Session) -> None:
    without_position(session)
    begin(session)
    question, other = claimed(session), uuid.uuid4()
    release(session, other)
    assert claim(session, other, SERVICE, now=NOW, lease=LEASE) == "held"
    release(session, WORKER)
    assert claim(session, other, SERVICE, now=NOW, lease=LEASE) == question


def test_silent_service_gets_longer_pauses_and_the_other_addresses_come_first(session: Session) -> None:
    for _ in range(2):
        without_position(session)
    begin(session)
    first = claimed(session)
    put_off(session, first, now=NOW)
    session.flush()
    assert claim(session, WORKER, SERVICE, now=NOW + dt.timedelta(seconds=4), lease=LEASE) == "paused"
    later = NOW + dt.timedelta(seconds=5)
    second = claimed(session, later)
    assert second.address_id != first.address_id
    put_off(session, second, now=later)
    session.flush()
    assert claim(session, WORKER, SERVICE, now=later + dt.timedelta(seconds=9), lease=LEASE) == "paused"
    assert progress(session).run.trouble == "unavailable"
    answered(session, house(), later + dt.timedelta(seconds=10))
    assert (progress(session).run.trouble, progress(session).run.failures) == ("", 0)


def test_pause_ends_when_somebody_asks_again(session: Session) -> None:
    without_position(session)
    begin(session)
    put_off(session, claimed(session), now=NOW)
    begin(session)
    assert claimed(session)


def test_refused_key_ends_the_run_and_what_is_left_can_be_asked_for_again(session: Session) -> None:
    for _ in range(2):
        without_position(session)
    begin(session)
    give_up(session, claimed(session), now=NOW)
    session.flush()
    assert (progress(session).open, progress(session).left, progress(session).run.trouble) == (False, 2, "refused")
    assert count_worth_asking(session, TODAY, SERVICE, NOW) == 2


def test_stopped_run_keeps_what_it_found(session: Session) -> None:
    for number in range(2):
        without_position(session, f"{number} Sample Street")
    begin(session)
    answered(session, house())
    stop_run(session, None, now=NOW)
    session.expire_all()
    assert (progress(session).exact, progress(session).left, progress(session).total) == (1, 1, 2)
    with pytest.raises(Conflict, match="No lookup is under way"):
        stop_run(session, None, now=NOW)
    begin(session)
    assert progress(session).total == 1


def test_answer_that_comes_after_the_stop_is_kept(session: Session) -> None:
    address = without_position(session)
    begin(session)
    question = claimed(session)
    stop_run(session, None, now=NOW)
    session.expire_all()
    begin(session)
    assert answered(session, house()) != question
    assert address.lat == 39.3


def test_unknown_address_is_offered_again_after_30_days_or_to_another_service(session: Session) -> None:
    without_position(session)
    begin(session)
    answered(session, None)
    assert begin_run(session, None, SERVICE, now=NOW + dt.timedelta(days=29)) is None
    assert wanted(session) == set()
    assert count_worth_asking(session, TODAY, SERVICE, NOW + dt.timedelta(days=29)) == 0
    assert count_worth_asking(session, TODAY, SERVICE, NOW + dt.timedelta(days=31)) == 1
    assert count_worth_asking(session, TODAY, "another", NOW) == 1


@pytest.mark.parametrize(("found", "days"), [(house(), 180), (None, 30)])
def test_answers_are_kept_for_a_time_each_service_its_own(session: Session, found: object, days: int) -> None:
    keep_answer(session, SERVICE, "1 Sample Street", found, now=NOW)  # type: ignore[arg-type]  # a geocoder may say this
    session.flush()
    before, after = NOW + dt.timedelta(days=days - 1), NOW + dt.timedelta(days=days)
    assert known_answer(session, SERVICE, "1 sample  street", now=before)
    assert known_answer(session, "another", "1 Sample Street", now=before) is None
    assert known_answer(session, SERVICE, "1 Sample Street", now=after) is None


def test_old_answers_go_when_a_run_ends_and_no_answer_holds_the_question(session: Session) -> None:
    keep_answer(session, SERVICE, "9 Gone Street", house(), now=NOW - dt.timedelta(days=181))
    without_position(session, "1 Sample Street")
    begin(session)
    answered(session, None)
    claim(session, WORKER, SERVICE, now=NOW, lease=LEASE)
    (kept,) = session.scalars(select(GeocoderAnswer))
    assert (kept.quality, kept.matched, "Sample" in kept.question) == ("none", "", False)
